"""What the locked-down connection promises: whoever writes the SQL, it only reads the file."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from project.errors import ExitCode
from query.connection import Limits, Warehouse, open_warehouse
from query.faults import QueryFault

# Each must be stopped by the settings alone, even if our own code ran it.
STOPPED_BY_SETTINGS = [
    "copy (select 1) to 'out.csv'",
    "copy births to 'out.parquet'",
    "copy births from 'in.csv'",
    "export database 'out'",
    "import database 'out'",
    "select * from read_csv('/etc/passwd')",
    "select * from read_csv_auto('/etc/passwd')",
    "select * from read_json('/etc/passwd')",
    "select * from read_parquet('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from glob('/*')",
    "select * from '/etc/passwd'",
    "select * from 'https://example.org/x.csv'",
    "select getenv('HOME')",
    "attach 'other.duckdb'",
    "attach ':memory:' as other",
    "install httpfs",
    "load httpfs",
    "load '/tmp/evil.duckdb_extension'",
    "set memory_limit = '64GB'",
    "set enable_external_access = true",
    "set temp_directory = '/tmp'",
    "reset lock_configuration",
    "pragma memory_limit = '64GB'",
    "create table mine as select 1",
    "create or replace view births as select 1",
    "insert into births select * from births",
    "update births set births = 0",
    "delete from births",
    "drop table births",
    "alter table births rename to deaths",
    "comment on table births is 'mine'",
]

# What the settings let through, and what ends the process or waits unasked: refused before it runs.
STOPPED_BY_STATEMENT = [
    "select 1; select 2",
    "",
    "pragma enable_profiling",
    "call enable_logging(storage = 'file', storage_config = {'path': 'logs'})",
    "from enable_logging(storage = 'file', storage_config = {'path': 'logs'})",
    "select 1 in (from enable_logging())",
    "with logged as materialized (from enable_logging()) from logged",
    "from pandas_scan(1, 2, 3)",
    "from arrow_scan(1, 2, 3)",
    "from query('select 1')",
    "from query_table('births')",
    "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "from duckdb_settings()",
    "from duckdb_secrets()",
    "from checkpoint()",
    "from force_checkpoint()",
    "select sleep_ms(1)",
    "select write_log('x')",
    "create temp table mine as select 1",
    "explain analyze copy (select 1) to 'out.csv'",
    "prepare mine as select 1",
    "begin transaction",
    "use memory",
    "load icu",
]

READING = [
    "select count(*) from births",
    "from births order by year",
    "with newest as (select max(year) as year from births) from newest",
    "describe births",
    "summarize births",
    "show tables",
    "pragma table_info('births')",
    "pivot births on year in (2020, 2021) using max(births)",
    "select comment from duckdb_tables() where table_name = 'births'",
    "select unnest([1, 2]) as number",
    "from range(3)",
    "values (1)",
]


@pytest.fixture
def opened(warehouse: Path) -> Iterator[Warehouse]:
    with open_warehouse(warehouse, Limits(seconds=20)) as connection:
        yield connection


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("sql", STOPPED_BY_SETTINGS)
def test_the_settings_alone_stop_it(sql: str, opened: Warehouse, empty_folder: Path) -> None:
    with pytest.raises(QueryFault):
        opened.rows(sql)
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize("sql", [*STOPPED_BY_SETTINGS, *STOPPED_BY_STATEMENT])
def test_what_does_more_than_read_is_refused(
    sql: str, opened: Warehouse, empty_folder: Path
) -> None:
    with pytest.raises(QueryFault) as refused:
        opened.ask(sql)
    assert refused.value.exit_code is ExitCode.USAGE
    assert list(empty_folder.iterdir()) == []
    assert opened.ask("select 1").rows == ((1,),)


@pytest.mark.parametrize("sql", READING)
def test_what_only_reads_is_allowed(sql: str, opened: Warehouse) -> None:
    assert opened.ask(sql).rows


def test_table_macros_that_the_file_brings_are_allowed(warehouse: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(warehouse, tmp_path / "with-macro.duckdb"))
    with duckdb.connect(file) as writing:
        writing.execute(
            "create macro newest(least) as table select * from births where year >= least"
        )
    with open_warehouse(file) as reading:
        assert reading.ask("from newest(2022)").rows


def test_variables_of_python_are_out_of_reach(opened: Warehouse) -> None:
    frame = pd.DataFrame({"secret": [1]})
    with pytest.raises(QueryFault, match="frame does not exist"):
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
    with open_warehouse(warehouse, Limits(seconds=0.3)) as opened:
        opened.ask("select 1")
        time.sleep(0.5)
        assert opened.ask("select 2").rows == ((2,),)


def test_a_statement_that_needs_too_much_memory_is_stopped(warehouse: Path) -> None:
    with (
        open_warehouse(warehouse, Limits(memory="64MB")) as opened,
        pytest.raises(QueryFault, match="more than 64MB of memory"),
    ):
        opened.ask("select array_agg(range) from range(100000000)")


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
