"""What the locked-down connection promises: whoever writes the SQL, it only reads the file."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from query.connection import Limits, open_warehouse
from query.faults import QueryFault


def test_table_macros_that_the_file_brings_are_allowed(warehouse: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(warehouse, tmp_path / "with-macro.duckdb"))
    with duckdb.connect(file) as writing:
        writing.execute(
            "create macro newest(least) as table select * from births where year >= least"
        )
    with open_warehouse(file) as reading:
        assert reading.ask("from newest(2022)").rows


def test_variables_of_python_are_out_of_reach(warehouse: Path) -> None:
    frame = pd.DataFrame({"secret": [1]})
    with (
        open_warehouse(warehouse) as opened,
        pytest.raises(QueryFault, match="frame does not exist"),
    ):
        opened.ask("from frame")
    assert len(frame) == 1


def test_nothing_is_written_beside_the_file(warehouse: Path) -> None:
    before = sorted(warehouse.parent.iterdir())
    changed = warehouse.stat().st_mtime_ns
    with open_warehouse(warehouse) as opened:
        opened.ask("select * from regions order by name_zh")
        assert sorted(warehouse.parent.iterdir()) == before
    assert sorted(warehouse.parent.iterdir()) == before
    assert warehouse.stat().st_mtime_ns == changed


def test_a_statement_that_runs_too_long_is_stopped(warehouse: Path) -> None:
    begin = time.monotonic()
    with (
        open_warehouse(warehouse, Limits(seconds=0.3)) as opened,
        pytest.raises(QueryFault, match=r"more than 0\.3 seconds"),
    ):
        opened.ask(
            "select count(*) from range(1000000) as a (x), range(1000000) as b (y) where x + y = 7"
        )
    assert time.monotonic() - begin < 10


def test_the_time_limit_does_not_reach_the_next_statement(warehouse: Path) -> None:
    with open_warehouse(warehouse, Limits(seconds=2)) as opened:
        opened.ask("select 1")
        time.sleep(2.1)
        assert opened.ask("select 2").rows == ((2,),)


def test_a_statement_that_needs_too_much_memory_is_stopped(warehouse: Path) -> None:
    with (
        open_warehouse(warehouse, Limits(memory="64MB")) as opened,
        pytest.raises(QueryFault, match="more than 64MB of memory"),
    ):
        opened.ask("select array_agg(range) from range(100000000)")


def test_what_does_not_fit_into_the_memory_is_spilled_where_a_folder_is_named(
    warehouse: Path, tmp_path: Path
) -> None:
    sql = "select range as number, hash(range) as sign from range(3000000) order by sign"
    with (
        open_warehouse(warehouse, Limits(memory="40MB", threads=1)) as opened,
        pytest.raises(QueryFault, match="more than 40MB of memory and was stopped"),
    ):
        list(opened.arrow(sql, 50_000))
    spill = tmp_path / "spilled"
    with open_warehouse(warehouse, Limits(memory="40MB", threads=1, spill=spill)) as opened:
        assert sum(batch.num_rows for batch in opened.arrow(sql, 50_000)) == 3_000_000


def test_where_the_spilled_find_no_room_the_sentence_names_the_folder(
    warehouse: Path, tmp_path: Path
) -> None:
    limits = Limits(memory="64MB", spill=tmp_path / "spilled")
    with (
        open_warehouse(warehouse, limits) as opened,
        pytest.raises(QueryFault, match="spilled has no room for the rest"),
    ):
        opened.ask("select array_agg(range) from range(100000000)")


def test_batches_of_arrow_hold_the_rows_of_the_statement(warehouse: Path) -> None:
    with open_warehouse(warehouse) as opened:
        batches = list(opened.arrow("from range(25000)", 10_000))
        assert [row["range"] for batch in batches for row in batch.to_pylist()] == [*range(25_000)]
        assert max(batch.num_rows for batch in batches) <= 12_048
        assert not sum(batch.num_rows for batch in opened.arrow("from births where false", 10))


@pytest.mark.parametrize(
    ("sql", "seconds", "sentence"),
    [
        ("from range(1000000000000)", 0.5, r"more than 0\.5 seconds"),
        ("select error('boo') from range(200000)", 60, "boo"),
        ("select error('boo') from range(200000) where range = 199999", 60, "boo"),
        ("from nowhere", 60, "nowhere does not exist"),
    ],
)
def test_what_goes_wrong_among_batches_is_one_sentence(
    sql: str, seconds: float, sentence: str, warehouse: Path
) -> None:
    with (
        open_warehouse(warehouse, Limits(seconds=seconds)) as opened,
        pytest.raises(QueryFault, match=sentence) as refused,
    ):
        for _ in opened.arrow(sql, 1000):
            pass
    assert "\n" not in refused.value.message


def test_rows_are_capped_and_the_result_says_so(warehouse: Path) -> None:
    with open_warehouse(warehouse, Limits(rows=3)) as opened:
        cut = opened.ask("from range(1000000000000)")
        whole = opened.ask("from range(3)")
    assert cut.rows == ((0,), (1,), (2,))
    assert cut.is_cut
    assert whole.rows == cut.rows
    assert not whole.is_cut


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(QueryFault, match="make warehouse"), open_warehouse(tmp_path / "none"):
        pass


def test_a_file_that_is_no_warehouse_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "text.duckdb"
    file.write_text("no database " * 1000)
    with pytest.raises(QueryFault, match=r"text\.duckdb can't be opened"), open_warehouse(file):
        pass


def test_hostile_sql_does_not_end_the_process(warehouse: Path) -> None:
    """One that ran it would abort, which no exception could catch."""
    script = f"""
from pathlib import Path
from query.connection import open_warehouse
from query.faults import QueryFault
with open_warehouse(Path({str(warehouse)!r})) as opened:
    try:
        opened.ask("from enable_logging(storage = 'file', storage_config = {{'path': '/x/y'}})")
    except QueryFault:
        print(opened.ask("select 1").rows)
"""
    ended = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert (ended.returncode, ended.stdout) == (0, "((1,),)\n")
