"""The exports say what the marts say, the same each time, and are all put in place or none."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from export import release
from export.release import build
from export.tables import BATCH, read_holdings
from project.errors import InputFault, XueweiError
from query.connection import open_warehouse
from tests.export.conftest import HARMFUL, Harm

KINDS = ("csv", "parquet")


def test_every_mart_leaves_as_csv_and_parquet(exports: Path, marts: list[str]) -> None:
    for kind in KINDS:
        assert sorted(path.stem for path in (exports / kind).iterdir()) == marts


def test_parquet_holds_the_rows_and_types_of_the_mart(
    exports: Path, warehouse: Path, marts: list[str]
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as built (read_only)")
        for mart in marts:
            file = exports / "parquet" / f"{mart}.parquet"
            pair = (f'from built.main."{mart}"', f"from '{file}'")
            for here, there in (pair, pair[::-1]):
                left = connection.execute(f"{here} except all {there}").fetchall()
                assert left == [], mart
            described = [connection.execute(f"describe {side}").fetchall() for side in pair]
            names = [[(row[0]) for row in side] for side in described]
            assert names[0] == names[1], mart


def test_csv_holds_the_values_of_every_mart_and_a_mark_for_excel(
    exports: Path, marts: list[str]
) -> None:
    for mart in marts:
        file = exports / "csv" / f"{mart}.csv"
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
        expected = pq.read_table(exports / "parquet" / f"{mart}.parquet")
        assert rows[0] == expected.column_names
        for position, name in enumerate(expected.column_names):
            column = expected.column(name)
            meant = [read_as(row[position], column.type) for row in rows[1:]]
            assert meant == column.to_pylist(), f"{mart}.{name}"


def test_the_same_warehouse_gives_the_same_bytes(
    exports: Path, warehouse: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    build(warehouse, again)
    files = sorted(path.relative_to(exports) for path in exports.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    differing = [
        file for file in files if (exports / file).read_bytes() != (again / file).read_bytes()
    ]
    assert differing == []


def test_rows_that_lie_in_another_order_leave_in_that_of_the_key(
    exports: Path, warehouse: Path, tmp_path: Path
) -> None:
    shuffled = tmp_path / "shuffled.duckdb"
    shutil.copyfile(warehouse, shuffled)
    with duckdb.connect(shuffled) as connection:
        for mart, key in (("figures", "figure_id"), ("kindergarten_places", "region_code")):
            connection.execute(f"create temp table rows as from {mart} order by hash({key})")
            connection.execute(f"truncate {mart}; insert into {mart} from rows; drop table rows")
    build(shuffled, tmp_path / "exports")
    for kind in KINDS:
        for mart in ("figures", "kindergarten_places"):
            name = Path(kind) / f"{mart}.{kind}"
            assert (tmp_path / "exports" / name).read_bytes() == (exports / name).read_bytes()


def test_a_table_of_many_batches_leaves_whole_and_in_order(warehouse: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.duckdb"
    shutil.copyfile(warehouse, long)
    count = 3 * BATCH + 7
    with duckdb.connect(long) as connection:
        connection.execute("truncate births")
        connection.execute(
            "insert into births select '430200', '株洲市', 'Zhuzhou', range, range, null, null"
            " from range($1) order by hash(range)",
            [count],
        )
    build(long, tmp_path / "exports")
    with (tmp_path / "exports" / "csv" / "births.csv").open(encoding="utf-8-sig") as lines:
        assert [int(row["year"]) for row in csv.DictReader(lines)] == list(range(count))


def test_harmful_titles_stay_text_in_csv(harm: Harm) -> None:
    with (harm.exported.folder / "csv" / "documents.csv").open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        titles = {row["document_id"]: row["title_zh"] for row in csv.DictReader(lines)}
    shown = [titles[f"harm-{number}"] for number in range(len(HARMFUL))]
    assert shown == [f"'{title}" if title[0] in "=@＝" else title for title in HARMFUL]


def test_an_empty_mart_leaves_as_its_header(harm: Harm) -> None:
    file = harm.exported.folder / "csv" / "births.csv"
    assert file.read_text(encoding="utf-8-sig").split(",")[0] == "region_code"
    assert file.read_bytes().count(b"\n") == 1


def test_what_cannot_become_a_file_is_left_out_in_one_sentence_each(harm: Harm) -> None:
    reasons = {line.partition(" ")[0]: line for line in harm.exported.left_out}
    assert "the file lacks it" in reasons["digital_resources"]
    assert "it is a view" in reasons["fee_waivers"]
    assert "can't be a file's" in reasons["../../away"]
    written = {path.stem for path in (harm.exported.folder / "csv").iterdir()}
    assert written.isdisjoint(reasons)
    package = json.loads((harm.exported.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"] for resource in package["resources"]} == written


def test_a_warehouse_without_documents_leaves_without_a_date(
    warehouse: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.duckdb"
    shutil.copyfile(warehouse, bare)
    with duckdb.connect(bare) as connection:
        connection.execute("drop table documents")
    exported = build(bare, tmp_path / "exports")
    assert [line for line in exported.left_out if line.startswith("documents")]
    with open_warehouse(bare) as opened:
        assert read_holdings(opened).sources == ()


def test_the_earlier_exports_stay_where_a_new_one_fails(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = earlier_exports(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release, "write_workbook", fail)
    with pytest.raises(InputFault, match="No space left"):
        build(warehouse, into)
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]
    assert (into / "datapackage.json").read_text(encoding="utf-8") == "whole"


def test_a_disk_without_room_is_one_sentence_and_leaves_the_earlier_exports(
    warehouse: Path, tmp_path: Path
) -> None:
    into = earlier_exports(tmp_path)
    script = f"""
import resource
from pathlib import Path
from export.release import build
from project.errors import InputFault
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    build(Path({str(warehouse)!r}), Path({str(into)!r}))
except InputFault as fault:
    print(fault.message)
"""
    ended = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    [sentence] = ended.stdout.splitlines()
    assert "File too large; check its permissions and free space" in sentence
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]
    assert (into / "datapackage.json").read_text(encoding="utf-8") == "whole"


def test_the_earlier_exports_come_back_where_the_new_cannot_take_their_place(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = earlier_exports(tmp_path)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name.endswith("-new"):
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(InputFault, match="Permission denied"):
        build(warehouse, into)
    assert (into / "datapackage.json").read_text(encoding="utf-8") == "whole"


def test_a_folder_of_other_files_is_never_replaced(warehouse: Path, tmp_path: Path) -> None:
    into = tmp_path / "papers"
    into.mkdir()
    (into / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(InputFault, match="no exports"):
        build(warehouse, into)
    assert [path.name for path in into.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(warehouse: Path, tmp_path: Path) -> None:
    into = tmp_path / "exports"
    into.write_text("a file", encoding="utf-8")
    with pytest.raises(InputFault):
        build(warehouse, into)
    assert into.read_text(encoding="utf-8") == "a file"


def test_a_file_that_is_no_warehouse_is_refused_in_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(empty).close()
    with pytest.raises(XueweiError) as refused:
        build(empty, tmp_path / "exports")
    assert "\n" not in refused.value.message
    assert not (tmp_path / "exports").exists()


def test_amounts_are_written_to_the_cent(exports: Path, warehouse: Path) -> None:
    with (exports / "csv" / "fee_waivers.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    amounts = {row["region_code"]: Decimal(row["amount_waived_yuan"]) for row in rows}
    with duckdb.connect(warehouse, read_only=True) as connection:
        sql = "select region_code, amount_waived_yuan from fee_waivers"
        assert amounts == dict(connection.execute(sql).fetchall())


def earlier_exports(folder: Path) -> Path:
    """A folder that looks like exports of another day."""
    into = folder / "exports"
    into.mkdir()
    (into / "datapackage.json").write_text("whole", encoding="utf-8")
    return into


def read_as(shown: str, kind: pa.DataType) -> object:
    """What a field of CSV means in a column of a type; an apostrophe only wards off a formula."""
    if not shown:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(shown).quantize(Decimal(1).scaleb(-kind.scale))
    if pa.types.is_integer(kind):
        return int(shown)
    if pa.types.is_boolean(kind):
        return {"true": True, "false": False}[shown]
    if pa.types.is_date(kind):
        return date.fromisoformat(shown)
    return re.sub(r"^'(?=[=+\-@])", "", shown)
