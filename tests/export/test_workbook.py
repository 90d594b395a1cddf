"""The workbook shows every mart, keeps numbers as numbers, and starts no formula."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from export import workbook
from export.flat_files import write_flat_files
from export.tables import Holdings, read_holdings
from export.workbook import MOST_ROWS, write_workbook
from query.connection import open_warehouse
from tests.export.conftest import HARMFUL, Harm

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_back(file: Path) -> CalamineWorkbook:
    return CalamineWorkbook.from_path(str(file))


def written(warehouse: Path, folder: Path, *names: str) -> tuple[Holdings, Path]:
    """A workbook of some marts alone."""
    with open_warehouse(warehouse) as opened:
        holdings = read_holdings(opened)
        holdings = replace(holdings, tables=tuple(holdings.table(name) for name in names))
        for table in holdings.tables:
            list(write_flat_files(table, folder))
    return holdings, write_workbook(holdings, folder)


def test_the_workbook_shows_every_row_of_every_mart(
    exports: Path, warehouse: Path, marts: list[str]
) -> None:
    book = read_back(exports / "xuewei.xlsx")
    assert book.sheet_names[0].startswith("cover")
    assert set(book.sheet_names[2:]) == set(marts)
    with duckdb.connect(warehouse, read_only=True) as connection:
        for mart in marts:
            whole = connection.table(mart)
            rows = book.get_sheet_by_name(mart).to_python()
            if len(whole) > MOST_ROWS:
                rows = rows[: MOST_ROWS + 1]
            assert len(rows) == min(len(whole), MOST_ROWS) + 1, mart
            assert rows[0] == whole.columns, mart


def test_numbers_days_and_truths_stay_what_they_are(exports: Path, warehouse: Path) -> None:
    book = read_back(exports / "xuewei.xlsx")
    with duckdb.connect(warehouse, read_only=True) as connection:
        sql = "select document_id, figures, published_on from documents order by document_id"
        expected = connection.execute(sql).fetchall()
        sql = "select is_key from data_dictionary order by mart, column_name"
        truths = [row[0] for row in connection.execute(sql).fetchall()]
    head, *rows = book.get_sheet_by_name("documents").to_python()
    places = [head.index(name) for name in ("document_id", "figures", "published_on")]
    assert [tuple(row[place] for place in places) for row in rows] == expected
    assert isinstance(rows[0][places[2]], date)
    head, *rows = book.get_sheet_by_name("data_dictionary").to_python()
    assert [row[head.index("is_key")] for row in rows] == truths


def test_a_sheet_has_frozen_and_filtered_heads_with_their_meaning(exports: Path) -> None:
    with zipfile.ZipFile(exports / "xuewei.xlsx") as archive:
        sheet = Xml.fromstring(archive.read("xl/worksheets/sheet3.xml"))  # noqa: S314 - ours
        comments = archive.read("xl/comments1.xml").decode()
    pane = next(sheet.iter(f"{SHEET}pane"))
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "A2")
    size = next(sheet.iter(f"{SHEET}dimension")).get("ref")
    assert next(sheet.iter(f"{SHEET}autoFilter")).get("ref") == size
    assert len(list(sheet.iter(f"{SHEET}row"))) == int((size or "").rpartition("J")[2])
    assert "代码" in comments and "ode" in comments


def test_a_year_is_shown_without_a_comma_and_an_amount_with_one(exports: Path) -> None:
    assert formats_of(exports / "xuewei.xlsx", "births")["year"] == "0"
    assert formats_of(exports / "xuewei.xlsx", "births")["births"] == "#,##0"
    assert formats_of(exports / "xuewei.xlsx", "fee_waivers")["amount_waived_yuan"] == "#,##0.##"
    assert formats_of(exports / "xuewei.xlsx", "documents")["published_on"] == "yyyy-mm-dd"


def formats_of(file: Path, mart: str) -> dict[str, str]:
    """The number format of the cells of a sheet's second row, by the names in its first."""
    place = read_back(file).sheet_names.index(mart) + 1
    head, first = read_back(file).get_sheet_by_name(mart).to_python()[:2]
    with zipfile.ZipFile(file) as archive:
        styles = Xml.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 - ours
        sheet = Xml.fromstring(archive.read(f"xl/worksheets/sheet{place}.xml"))  # noqa: S314 - ours
    own = {form.get("numFmtId"): form.get("formatCode") for form in styles.iter(f"{SHEET}numFmt")}
    known = {"0": "General", "1": "0", "3": "#,##0", **own}
    [cells] = styles.iter(f"{SHEET}cellXfs")
    codes = [known[form.get("numFmtId")] for form in cells]
    row = list(sheet.iter(f"{SHEET}row"))[1]
    filled = [name for name, value in zip(head, first, strict=True) if value != ""]
    shown = [codes[int(cell.get("s", "0"))] for cell in row]
    return dict(zip(map(str, filled), map(str, shown), strict=True))


def test_a_sheet_that_is_cut_says_so_on_the_cover_and_under_its_rows(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 12)
    holdings, file = written(warehouse, tmp_path, "kindergarten_places", "births")
    assert holdings.table("kindergarten_places").size > 12
    note = (
        "本表只列前 12 行，全部见 csv/kindergarten_places.csv"
        " 与 parquet/kindergarten_places.parquet"
        " / The sheet holds the first 12 rows;"
        " csv/kindergarten_places.csv and parquet/kindergarten_places.parquet hold all"
    )
    cut = read_back(file).get_sheet_by_name("kindergarten_places").to_python()
    assert len(cut) == 1 + 12 + 2
    assert not any(cut[-2])
    assert cut[-1][0] == note
    cover = read_back(file).get_sheet_by_index(0).to_python()
    assert [row[4] for row in cover if row[4:] and row[4]] == [note]


def test_many_documents_stand_on_the_cover_as_a_number(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_SOURCES", 2)
    holdings, file = written(warehouse, tmp_path, "births", "documents")
    cover = read_back(file).get_sheet_by_index(0).to_python()
    assert f"{len(holdings.sources)} documents" in str(cover[-1][0])
    assert cover[-2][0] == holdings.sources[1].document_id


def test_sheets_have_names_that_excel_takes(warehouse: Path, tmp_path: Path) -> None:
    with open_warehouse(warehouse) as opened:
        births = read_holdings(opened).table("births")
    names = ["history", "A" * 40, "a" * 41, "b" * 31]
    tables = [replace(births, mart=replace(births.mart, name=name)) for name in names]
    made = workbook._sheet_names(tables)
    assert len({name.casefold() for name in made}) == len(names)
    assert max(len(name) for name in made) <= 31
    assert "history" not in made


def test_harmful_titles_are_text_in_the_sheet_and_no_formula(harm: Harm) -> None:
    file = harm.exported.folder / "xuewei.xlsx"
    head, *rows = read_back(file).get_sheet_by_name("documents").to_python()
    shown = {row[head.index("document_id")]: row[head.index("title_zh")] for row in rows}
    assert [shown[f"harm-{number}"] for number in range(len(HARMFUL))] == [*HARMFUL]
    assert len(read_back(file).get_sheet_by_name("births").to_python()) == 1


def test_the_workbook_holds_no_formula(harm: Harm, exports: Path) -> None:
    for folder in (harm.exported.folder, exports):
        with zipfile.ZipFile(folder / "xuewei.xlsx") as archive:
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            assert names
            assert [name for name in names if b"<f>" in archive.read(name)] == []
