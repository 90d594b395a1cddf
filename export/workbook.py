"""One Excel workbook: a bilingual cover, the dictionary, and a sheet per mart."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from export.cells import texts_of
from export.data_types import WHOLE, words_of
from export.flat_files import file_of
from export.sheet_rows import write_rows
from export.tables import Holdings, Table
from export.texts import in_both, text
from query.dictionary import Column

if TYPE_CHECKING:
    import pyarrow as pa
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COVER: Final = "cover 封面"
DICTIONARY: Final = "dictionary 数据字典"
LONGEST_SHEET_NAME: Final = 31
# Excel keeps this name for itself.
RESERVED: Final = "history"
# More than a person reads in a sheet, and fewer than make a workbook slow; the flat files hold all.
MOST_ROWS: Final = 20_000
# A whole number that names something, as a year does, is shown without commas.
NAMING: Final = re.compile("(.*_)?(year|number|position|start|end)")
# Documents on the cover; the sheet `documents` goes on.
MOST_SOURCES: Final = 1_000
# Rows in memory at a time, many times as large in the words of a sheet.
BATCH: Final = 5_000
# Rows by which the width of a column is chosen.
MEASURED_ROWS: Final = 200
WIDEST: Final = 48
# Row by row to disk, whatever the size; a text stays a text, whatever it looks like.
OPTIONS: Final = MappingProxyType(
    {
        "constant_memory": True,
        "default_date_format": "yyyy-mm-dd",
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
)


def write_workbook(holdings: Holdings, folder: Path) -> Path:
    """`xuewei.xlsx`, from the Parquet files of the folder; the same ones give the same bytes."""
    import xlsxwriter

    file = folder / "xuewei.xlsx"
    with xlsxwriter.Workbook(file, dict(OPTIONS)) as book:
        day = holdings.as_of
        book.set_properties(
            {"title": in_both("cover.title"), "created": datetime(day.year, day.month, day.day)}
        )
        formats = _Formats(book)
        _write_cover(book, formats, holdings)
        _write_dictionary(book, formats, holdings)
        for table, name in zip(holdings.tables, _sheet_names(holdings.tables), strict=True):
            _write_table(book.add_worksheet(name), formats, table, folder)
    return file


def _first_rows(table: Table, folder: Path, most: int) -> "Iterator[pa.RecordBatch]":
    import pyarrow.parquet as pq

    with pq.ParquetFile(file_of(table, "parquet", folder)) as file:
        for batch in file.iter_batches(min(most, BATCH), use_threads=False):
            yield batch.slice(0, most)
            most -= batch.num_rows
            if most <= 0:
                return


def _is_cut(table: Table) -> bool:
    return table.size > MOST_ROWS


def _cut_note(table: Table) -> str:
    return in_both("cover.cut").format(most=f"{MOST_ROWS:,}", name=table.name)


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

    def of(self, column: Column) -> "Format | None":
        """The number format of a column, None for text."""
        shown = words_of(column.data_type).number_format
        if shown == WHOLE.number_format and (column.key_position or NAMING.fullmatch(column.name)):
            shown = "0"
        if shown is None:
            return None
        if shown not in self._numbers:
            self._numbers[shown] = self._book.add_format({"num_format": shown})
        return self._numbers[shown]


def _write_cover(book: "Workbook", formats: _Formats, holdings: Holdings) -> None:
    sheet = book.add_worksheet(COVER)
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
    names = _sheet_names(holdings.tables)
    for row, (table, name) in enumerate(zip(holdings.tables, names, strict=True), 7):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=table.name)
        sheet.write_string(row, 1, table.description.zh, formats.wrapped)
        sheet.write_string(row, 2, table.description.en, formats.wrapped)
        sheet.write_number(row, 3, table.size)
        if _is_cut(table):
            sheet.write_string(row, 4, _cut_note(table))
    first = 8 + len(holdings.tables)
    sheet.write_string(first, 0, in_both("cover.sources"), formats.head)
    for row, source in enumerate(holdings.sources[:MOST_SOURCES], first + 1):
        sheet.write_string(row, 0, source.document_id)
        sheet.write_string(row, 1, source.title, formats.wrapped)
        sheet.write_string(row, 2, " ".join(filter(None, (source.issuer, source.number))))
    if len(holdings.sources) > MOST_SOURCES:
        count = f"{len(holdings.sources):,}"
        note = in_both("cover.more_sources").format(count=count)
        sheet.write_string(first + 1 + MOST_SOURCES, 0, note)


def _write_dictionary(book: "Workbook", formats: _Formats, holdings: Holdings) -> None:
    sheet = book.add_worksheet(DICTIONARY)
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


def _write_table(sheet: "Worksheet", formats: _Formats, table: Table, folder: Path) -> None:
    widths = _widths(table, folder)
    for position, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(position, position, width, formats.of(column))
        sheet.write_string(0, position, column.name, formats.head)
        sheet.write_comment(0, position, f"{column.description.zh}\n{column.description.en}")
    line = 1
    for batch in _first_rows(table, folder, MOST_ROWS):
        write_rows(sheet, batch, line)
        line += batch.num_rows
    _freeze(sheet, line - 1, len(table.columns))
    if _is_cut(table):
        # An empty row stands between, so that Excel takes the note for no part of the table.
        sheet.write_string(line + 1, 0, _cut_note(table))


def _freeze(sheet: "Worksheet", rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(rows, 1), columns - 1)


def _widths(table: Table, folder: Path) -> list[int]:
    """Characters that each column needs for its name and its first rows."""
    widths = [len(column.name) for column in table.columns]
    for batch in _first_rows(table, folder, MEASURED_ROWS):
        shown = [_breadth(column) for column in batch.columns]
        widths = [max(pair) for pair in zip(widths, shown, strict=True)]
    return [min(width + 2, WIDEST) for width in widths]


def _breadth(column: "pa.Array") -> int:
    """Of the longest value: a Chinese character, three bytes, takes two; a number has commas."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = texts_of(column)
    longest = pc.max(pc.add(pc.binary_length(texts), pc.utf8_length(texts))).as_py() or 0
    is_number = pa.types.is_decimal(column.type) or pa.types.is_integer(column.type)
    return int(longest) // 2 * 4 // 3 if is_number else int(longest) // 2


def _sheet_names(tables: Sequence[Table]) -> list[str]:
    """The names of the marts as Excel takes them: short, unlike each other in any case."""
    names: list[str] = []
    taken = {COVER, DICTIONARY, RESERVED}
    for table in tables:
        name, number = table.name[:LONGEST_SHEET_NAME], 1
        while name.casefold() in taken:
            number += 1
            name = f"{table.name[: LONGEST_SHEET_NAME - 4]} {number}"
        names.append(name)
        taken.add(name.casefold())
    return names
