"""The exports say what the marts say, the same each time, and harm no spreadsheet."""

import csv
import json
import shutil
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from export import release, workbook
from export.flat_files import harmless, plain
from export.release import build
from export.tables import read_holdings
from project.errors import InputFault, XueweiError
from query.connection import open_warehouse
from tests.conftest import Once

KINDS = ("csv", "parquet")


@pytest.fixture(scope="module")
def exports(warehouse: Path, once: Once) -> Path:
    return once("exports", lambda folder: build(warehouse, folder / "exports")) / "exports"


@pytest.fixture(scope="module")
def marts(warehouse: Path) -> list[str]:
    with duckdb.connect(warehouse, read_only=True) as connection:
        rows = connection.execute("select distinct mart from data_dictionary").fetchall()
    return sorted(name for (name,) in rows)


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


def test_csv_holds_the_numbers_of_the_mart_and_a_mark_for_excel(
    exports: Path, warehouse: Path
) -> None:
    file = exports / "csv" / "fee_waivers.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    amounts = {row["region_code"]: Decimal(row["amount_waived_yuan"]) for row in rows}
    with duckdb.connect(warehouse, read_only=True) as connection:
        sql = "select region_code, amount_waived_yuan from fee_waivers"
        assert amounts == dict(connection.execute(sql).fetchall())


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


def test_the_data_package_is_valid_with_its_keys(exports: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the extra report is not installed")
    report = frictionless.validate(str(exports / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    package = json.loads((exports / "datapackage.json").read_text(encoding="utf-8"))
    keyed = [resource for resource in package["resources"] if resource["schema"]["primaryKey"]]
    assert len(keyed) == len(package["resources"])
    assert any("foreignKeys" in resource["schema"] for resource in package["resources"])


def test_a_number_changed_in_the_csv_makes_the_data_package_invalid(
    exports: Path, tmp_path: Path
) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the extra report is not installed")
    copy = shutil.copytree(exports, tmp_path / "copy")
    births = frictionless.Package(str(copy / "datapackage.json")).get_resource("births")
    assert births.validate().valid
    file = copy / "csv" / "births.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("31542", "many"), "utf-8-sig")
    assert not births.validate().valid


def test_the_workbook_shows_every_mart_and_starts_no_formula(
    exports: Path, marts: list[str]
) -> None:
    book = CalamineWorkbook.from_path(str(exports / "xuewei.xlsx"))
    assert book.sheet_names[0].startswith("cover")
    assert set(book.sheet_names[2:]) == set(marts)
    rows = book.get_sheet_by_name("births").to_python()
    assert [row[-1] for row in rows[1:]] and 31542 in [cell for row in rows for cell in row]


def test_a_sheet_that_is_cut_says_so_on_the_cover(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 12)
    with open_warehouse(warehouse) as opened:
        holdings = read_holdings(opened)
        places = holdings.table("kindergarten_places")
        short = holdings.table("births")
        file = workbook.write_workbook(replace(holdings, tables=(places, short)), tmp_path)
    book = CalamineWorkbook.from_path(str(file))
    cut = book.get_sheet_by_name("kindergarten_places").to_python()
    assert places.size > 12
    assert len(cut) == 1 + 12
    cover = book.get_sheet_by_index(0).to_python()
    assert [row[4] for row in cover if row[4:] and row[4]] == [
        "本表只列前 12 行，全部见 CSV 与 Parquet 文件"
        " / The sheet holds the first 12 rows; the CSV and Parquet files hold all"
    ]


def test_the_workbook_holds_no_formula(exports: Path) -> None:
    with zipfile.ZipFile(exports / "xuewei.xlsx") as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert [name for name in sheets if b"<f>" in archive.read(name)] == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_a_text_that_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_other_texts_stay_as_they_are() -> None:
    assert harmless("醴陵市 = 430281") == "醴陵市 = 430281"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("46927.000000", "46927"), ("1208967.50", "1208967.5"), ("0.000000", "0"), ("1E+3", "1000")],
)
def test_a_decimal_is_written_plainly(value: str, shown: str) -> None:
    assert plain(Decimal(value)) == shown


def test_sdmx_is_read_back_by_pysdmx_and_by_sdmx1(exports: Path, warehouse: Path) -> None:
    pytest.importorskip("pysdmx", reason="the extra sdmx is not installed")
    sdmx = pytest.importorskip("sdmx", reason="the extra sdmx is not installed")
    from pysdmx.io import get_datasets

    structure, data = exports / "sdmx" / "structure.xml", exports / "sdmx" / "observations.csv"
    with duckdb.connect(warehouse, read_only=True) as connection:
        sql = "select count(*) from observations.reconciled_observations"
        (count,) = connection.execute(sql).fetchone() or (0,)
    (read,) = get_datasets(str(data), str(structure))
    assert len(read.data) == count
    message = sdmx.read_sdmx(BytesIO(structure.read_bytes()))
    definition = message.structure["OBSERVATIONS"]
    assert [part.id for part in definition.dimensions.components][-1] == "TIME_PERIOD"
    (again,) = sdmx.read_sdmx(BytesIO(data.read_bytes()), structure=definition, format="CSV").data
    assert len(again.obs) == count
    codes = {item.id for item in message.codelist["CL_AREA"]}
    assert {str(obs.key["REF_AREA"].value) for obs in again.obs} <= codes


def test_web_metadata_names_every_column_in_both_languages(exports: Path) -> None:
    described = json.loads((exports / "csv-metadata.json").read_text(encoding="utf-8"))
    columns = [
        column for table in described["tables"] for column in table["tableSchema"]["columns"]
    ]
    assert all(
        column["dc:description"]["zh"] and column["dc:description"]["en"] for column in columns
    )
    croissant = json.loads((exports / "croissant.json").read_text(encoding="utf-8"))
    assert {entry["@id"] for entry in croissant["distribution"]} == {
        path.name for kind in KINDS for path in (exports / kind).iterdir()
    }
    catalogue = json.loads((exports / "dcat.jsonld").read_text(encoding="utf-8"))
    assert len(catalogue["dcat:dataset"]) == len(described["tables"])


def test_croissant_names_columns_that_its_files_hold(exports: Path) -> None:
    croissant = json.loads((exports / "croissant.json").read_text(encoding="utf-8"))
    assert croissant["@context"]["@language"] == "en"
    files = {entry["@id"]: entry["contentUrl"] for entry in croissant["distribution"]}
    read = 0
    for records in croissant["recordSet"]:
        for field in records["field"]:
            file = exports / files[field["source"]["fileObject"]["@id"]]
            names = pq.read_schema(file).names
            assert field["source"]["extract"]["column"] in names
            read += 1
        assert {key["@id"] for key in records["key"]} <= {f["@id"] for f in records["field"]}
    assert read > 300


def test_the_earlier_exports_stay_where_a_new_one_fails(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "exports"
    into.mkdir()
    (into / "earlier.txt").write_text("whole", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release, "write_workbook", fail)
    with pytest.raises(InputFault, match="No space left"):
        build(warehouse, into)
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]
    assert (into / "earlier.txt").read_text(encoding="utf-8") == "whole"


def test_a_file_that_is_no_warehouse_is_refused_in_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(empty).close()
    with pytest.raises(XueweiError) as refused:
        build(empty, tmp_path / "exports")
    assert "\n" not in refused.value.message
    assert not (tmp_path / "exports").exists()
