"""One Excel workbook: a bilingual cover, the dictionary, and a sheet per mart."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from export.data_types import words_of
from export.tables import Holdings, Table
from export.texts import in_both, text
from query.connection import Row

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_SHEET_NAME: Final = 31
# More than a person reads in a sheet, and fewer than make Excel slow; the other files hold all.
MOST_ROWS: Final = 100_000
# Rows by which the width of a column is chosen.
MEASURED_ROWS: Final = 200
WIDEST: Final = 48
# Excel keeps fifteen digits; a longer number is written as text, so that none is lost.
MOST_DIGITS: Final = 15


def write_workbook(holdings: Holdings, folder: Path) -> Path:
    """`xuewei.xlsx`; the same holdings give the same bytes."""
    import xlsxwriter

    file = folder / "xuewei.xlsx"
    # Row by row to disk, whatever the size; texts then stand in their cells.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        day = holdings.as_of
        book.set_properties(
            {"title": in_both("cover.title"), "created": datetime(day.year, day.month, day.day)}
        )
        formats = _Formats(book)
        _write_cover(book, formats, holdings)
        _write_dictionary(book, formats, holdings)
        for table in holdings.tables:
            _write_table(book, formats, table)
    return file


class _Formats:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, data_type: str) -> "Format | None":
        """The number format of a column, None for text."""
        shown = words_of(data_type).number_format
        if shown is None:
            return None
        if shown not in self._numbers:
            self._numbers[shown] = self._book.add_format({"num_format": shown})
        return self._numbers[shown]


def _write_cover(book: "Workbook", formats: _Formats, holdings: Holdings) -> None:
    sheet = book.add_worksheet("cover 封面")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, WIDEST, formats.wrapped)
    sheet.set_column(3, 3, 10)
    sheet.write_string(0, 0, in_both("cover.title"), formats.title)
    for row, key in enumerate(("cover.what", "cover.intervals", "cover.licence"), 1):
        sheet.write_string(row, 0, text(f"{key}.head", "zh") + " / " + text(f"{key}.head", "en"))
        sheet.write_string(row, 1, text(key, "zh"), formats.wrapped)
        sheet.write_string(row, 2, text(key, "en"), formats.wrapped)
    sheet.write_string(4, 0, in_both("cover.as_of"))
    sheet.write_string(4, 1, holdings.as_of.isoformat())
    for column, key in enumerate(("sheet", "meaning_zh", "meaning_en", "rows")):
        sheet.write_string(6, column, in_both(f"cover.{key}"), formats.head)
    for row, table in enumerate(holdings.tables, 7):
        sheet.write_url(row, 0, f"internal:'{_sheet_name(table)}'!A1", string=table.name)
        sheet.write_string(row, 1, table.description.zh, formats.wrapped)
        sheet.write_string(row, 2, table.description.en, formats.wrapped)
        sheet.write_number(row, 3, table.size)
        if table.size > MOST_ROWS:
            sheet.write_string(row, 4, in_both("cover.cut").replace("MOST", f"{MOST_ROWS:,}"))
    first = 8 + len(holdings.tables)
    sheet.write_string(first, 0, in_both("cover.sources"), formats.head)
    for row, source in enumerate(holdings.sources, first + 1):
        sheet.write_string(row, 0, source.document_id)
        sheet.write_string(row, 1, source.title, formats.wrapped)
        sheet.write_string(row, 2, " ".join(filter(None, (source.issuer, source.number))))


def _write_dictionary(book: "Workbook", formats: _Formats, holdings: Holdings) -> None:
    sheet = book.add_worksheet("dictionary 数据字典")
    keys = ("table", "column", "type", "key", "unit", "meaning_zh", "meaning_en")
    for position, key in enumerate(keys):
        sheet.write_string(0, position, in_both(f"dictionary.{key}"), formats.head)
    row = 0
    for table in holdings.tables:
        for column in table.columns:
            row += 1
            cells = (
                table.name,
                column.name,
                column.data_type,
                str(column.key_position or ""),
                column.unit_code or "",
                column.description.zh,
                column.description.en,
            )
            for position, cell in enumerate(cells):
                sheet.write_string(row, position, cell)
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 4, 12)
    sheet.set_column(5, 6, WIDEST)
    _freeze(sheet, row, len(keys))


def _write_table(book: "Workbook", formats: _Formats, table: Table) -> None:
    sheet = book.add_worksheet(_sheet_name(table))
    rows = table.rows()
    first = list(islice(rows, MEASURED_ROWS))
    for position, column in enumerate(table.columns):
        width = _width(column.name, [row[position] for row in first])
        sheet.set_column(position, position, width, formats.of(column.data_type))
        sheet.write_string(0, position, column.name, formats.head)
        sheet.write_comment(0, position, f"{column.description.zh}\n{column.description.en}")
    for line, values in enumerate(islice(chain(first, rows), MOST_ROWS), 1):
        _write_row(sheet, line, values)
    _freeze(sheet, min(table.size, MOST_ROWS), len(table.columns))


def _write_row(sheet: "Worksheet", line: int, values: Row) -> None:
    for position, value in enumerate(values):
        match value:
            case None:
                continue
            case bool():
                sheet.write_boolean(line, position, value)
            case int() | float() | Decimal() if _digits(value) <= MOST_DIGITS:
                sheet.write_number(line, position, value)
            case datetime():
                sheet.write_string(line, position, value.isoformat(sep=" "))
            case date():
                sheet.write_datetime(line, position, value)
            case _:
                sheet.write_string(line, position, str(value))


def _digits(value: float | Decimal) -> int:
    return len(str(abs(value)).replace(".", "").strip("0"))


def _freeze(sheet: "Worksheet", rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(rows, 1), columns - 1)


def _width(name: str, values: Sequence[object]) -> int:
    """Characters that the column needs; a Chinese character takes two."""
    longest = max((_breadth(str(value)) for value in values if value is not None), default=0)
    return min(max(longest, len(name)) + 2, WIDEST)


def _breadth(words: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in words)


def _sheet_name(table: Table) -> str:
    return table.name[:LONGEST_SHEET_NAME]
