"""Old workbooks, encrypted ones, and pages that only call themselves workbooks."""

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from ingest.readers import ReaderError, read
from tests.ingest.readers.made_files import headings
from tests.ingest.readers.old_books import (
    hidden_column,
    hidden_row,
    number,
    old_workbook,
    text,
)

CELLS = (
    hidden_column(2)
    + hidden_row(2)
    + text(0, 0, "地区")
    + text(0, 1, "毛入园率")
    + text(0, 2, "底稿")
    + text(1, 0, "甲区")
    + number(1, 1, 0.5191, 1)
    + number(1, 2, 7)
    + text(2, 0, "草稿")
    + number(2, 1, 9999)
    + text(3, 0, "乙区")
    + number(3, 1, 0.871, 1)
)


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_an_old_workbook_reads_as_it_shows(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(old_workbook([("学前", False, CELLS), ("内部", True, CELLS)], ["0.00%"]))
    document = read(file)
    assert document.reader == "xls"
    assert document.text == "学前\n地区\t毛入园率\n甲区\t51.91%\n\t\n乙区\t87.10%\n"
    assert headings(document, "87.10%") == (("毛入园率",), ("乙区",))
    (table,) = document.tables
    assert table.locator(table.cells[-1]) == "学前!B4"
    said = " ".join(document.remarks)
    assert "内部" in said and "1 hidden rows and 1 hidden columns" in said


def workbook_bytes() -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row("A1", ["学位", 300])
    book.close()
    return out.getvalue()


def encrypted(password: str) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(workbook_bytes())).encrypt(password, out)
    return out.getvalue()


def test_a_book_with_the_password_of_read_only_books_is_opened_as_excel_does(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(encrypted("VelvetSweatshop"))
    assert read(file).text == "学位\t300\n"
    file.write_bytes(encrypted("another"))
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert caught.value.problem_key == "encrypted"


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
@pytest.mark.parametrize("head", ["<html><body>", "<!DOCTYPE html>", "<meta charset=gbk>", ""])
def test_a_web_page_that_calls_itself_a_workbook_is_read_as_a_page(
    tmp_path: Path, name: str, head: str
) -> None:
    page = f"{head}<table><tr><td>地区<td>学位</tr><tr><td>甲区<td>300</tr></table>"
    file = tmp_path / name
    file.write_bytes(page.encode("gbk" if "gbk" in head else "utf-8"))
    document = read(file)
    assert document.reader == "html"
    assert headings(document, "300") == (("学位",), ("甲区",))


def test_tabs_that_call_themselves_a_workbook_are_read_as_a_sheet(tmp_path: Path) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes("地区\t学位\n甲区\t300\n".encode("gbk"))
    assert headings(read(file), "300") == (("学位",), ("甲区",))
