"""Workbooks: numbers as the cells show them, sheets, merged cells, blank rows."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from ingest.readers import Document, Limits, ReaderError, read
from ingest.readers.cell_formats import Value, shown
from tests.ingest.readers.made_files import headings, rewrite_member


@pytest.fixture
def document(tmp_path: Path) -> Document:
    file = tmp_path / "tables.xlsx"
    book = xlsxwriter.Workbook(str(file))
    percent = book.add_format({"num_format": "0.00%"})
    sheet = book.add_worksheet("学前教育")
    sheet.merge_range("A1:D1", "2022年幼儿园情况")
    sheet.write("D2", "单位：人")
    sheet.merge_range("A3:A4", "地区")
    sheet.merge_range("B3:C3", "在园幼儿")
    sheet.write("D3", "占比")
    sheet.write_row("B4", ["公办", "民办"])
    sheet.write_row("A5", ["甲区", 5120, 0.1 + 0.2])
    sheet.write("D5", 0.5191, percent)
    sheet.write_row("A7", ["乙区", 810, 77])
    sheet.write_row("A9", ["类别", "数"])
    sheet.write_row("A10", ["小学", 64])
    hidden = book.add_worksheet("草稿")
    hidden.write("A1", "不公开")
    hidden.hide()
    plain = book.add_worksheet("Sheet3")
    plain.write("B2", "只有一句话，共 3 所。")
    book.close()
    return read(file)


def test_numbers_stand_as_the_cells_show_them(document: Document) -> None:
    assert "甲区\t5120\t0.3\t51.91%\n" in document.text


def test_visible_sheets_follow_each_other_under_their_names(document: Document) -> None:
    lines = document.text.splitlines()
    assert lines[0] == "学前教育"
    assert lines[-1] == "只有一句话，共 3 所。"
    assert "不公开" not in document.text and "Sheet3" not in document.text


def test_merged_headings_head_all_their_columns(document: Document) -> None:
    assert headings(document, "5120") == (("在园幼儿", "公办"), ("甲区",))
    assert headings(document, "51.91%") == (("占比",), ("甲区",))
    assert document.tables[0].caption == "2022年幼儿园情况 单位：人"


def test_a_blank_row_parts_tables_unless_the_rows_go_on(document: Document) -> None:
    assert len(document.tables) == 2
    assert headings(document, "810") == (("在园幼儿", "公办"), ("乙区",))
    assert headings(document, "64") == (("数",), ("小学",))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (5120.0, "", "5120"),
        (51.91, "", "51.91"),
        (1e15, "", "1000000000000000"),
        (1234567, "#,##0", "1,234,567"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.5, "0%", "50%"),
        (0.005, "0.00%", "0.50%"),
        (2.345, "0.00", "2.35"),
        (2.5, '0.00"万人"', "2.50万人"),
        (1234567, "0.0,", "1234.6"),
        (7, "000", "007"),
        (-3, "0;[Red](0)", "(3)"),
        (-3.5, "0.0", "-3.5"),
        (0, '0;-0;"—"', "—"),
        (1.5, "0.##", "1.5"),
        (2, "0.##", "2"),
        (3.14, "0.00E+00", "3.14"),
        (0.25, "# ?/?", "0.25"),
        (44805, 'yyyy"年"m"月"', "2022年9月"),
        (datetime(2022, 9, 1), "yyyy/m/d", "2022/9/1"),
        (datetime(2022, 9, 1), "yyyy-mm-dd;@", "2022-09-01"),
        (date(2022, 9, 1), "d-mmm-yy", "2022-09-01"),
        (datetime(2022, 9, 1, 8, 30), "yyyy/m/d h:mm", "2022-09-01 08:30"),
        (True, "", "TRUE"),
        ("七所", "@", "七所"),
    ],
)
def test_a_number_format_shows_what_excel_shows(value: Value, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_sheet_that_reaches_into_its_last_corner_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "corner.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1_048_575, 16_383, 1)
    book.close()
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert caught.value.problem_key == "table_cells"
    assert "XUEWEI_LIMIT_TABLE_CELLS" in str(caught.value)


def test_a_limit_is_moved_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row("A1", [1, 2, 3])
    book.close()
    file = tmp_path / "small.xlsx"
    file.write_bytes(out.getvalue())
    monkeypatch.setenv("XUEWEI_LIMIT_TABLE_CELLS", "2")
    assert Limits.from_environment().table_cells == 2
    with pytest.raises(ReaderError):
        read(file)
    monkeypatch.setenv("XUEWEI_LIMIT_TABLE_CELLS", "many")
    assert read(file).text == "1\t2\t3\n"


def test_what_a_sheet_hides_is_left_out_and_said(tmp_path: Path) -> None:
    file = tmp_path / "hidden.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("学校")
    sheet.write_row("A1", ["地区", "底稿", "小学"])
    sheet.write_row("A2", ["甲区", 1, 52])
    sheet.write_row("A3", ["草稿", 2, 9999])
    sheet.merge_range("A4:A5", "乙区")
    sheet.write_row("B4", [3, 47])
    sheet.write_row("B5", [4, 48])
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column("B:B", None, None, {"hidden": True})
    book.close()
    document = read(file)
    assert document.text == "学校\n地区\t\t小学\n甲区\t\t52\n\t\t\n\t\t\n乙区\t\t48\n"
    assert headings(document, "48") == (("小学",), ("乙区",))
    assert document.tables[0].locator(document.tables[0].cells[-1]) == "学校!C5"
    assert "2 hidden rows and 1 hidden columns" in document.remarks[0]


def test_a_formula_without_a_stored_value_is_named(tmp_path: Path) -> None:
    file = tmp_path / "formula.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("学校")
    sheet.write_row("A1", ["小学", 52])
    sheet.write_formula("B2", "=B1+1", None, 53)
    sheet.write_formula("B3", "=B1+2", None, 54)
    book.close()
    part = "xl/worksheets/sheet1.xml"
    rewrite_member(file.read_bytes(), file, part, lambda xml: xml.replace(b"<v>54</v>", b""))
    document = read(file)
    assert "53" in document.text and "54" not in document.text
    assert "(B3)" in document.remarks[0] and "Excel" in document.remarks[0]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (175716, r'0\.0,"万"', "17.6万"),
        (175716, '0!.0,"万"', "17.6万"),
        (-175716, '0!.0,"万"', "-17.6万"),
        (400, '0!.0,"万"', "0.0万"),
        (123456789, "000-000-000", "123-456-789"),
        (2, "[<1]0.0%;0", "2"),
        (0.25, "[<1]0.0%;0", "25.0%"),
        (12000, '[>=10000]0!.0,"万";0', "1.2万"),
        (9000, '[>=10000]0!.0,"万";0', "9000"),
        (-3, "[<1]0;0.0", "-3"),
        (-3, "0;(0)", "(3)"),
        (44927, 'e"年"', "2023年"),
        (44927, 'e"年"m"月"d"日"', "2023年1月1日"),
        (44927, '[$-404]e"年"', "2023-01-01"),
        (44927, '[Green]e"年"', "2023年"),
        (44927, 'ge"年"', "2023-01-01"),
        (12.5, "0.00E+00", "12.5"),
    ],
)
def test_what_a_cell_displays_is_what_is_printed(value: Value, code: str, text: str) -> None:
    assert shown(value, code) == text
