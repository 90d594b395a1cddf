"""Text files: exactly their characters, and the tables that tabs, bars or blanks draw in them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.readers.aligned_tables import aligned_tables
from ingest.readers.encodings import decode
from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract, PlacedCell, PlacedTable
from ingest.readers.listed_tables import listed_tables
from ingest.readers.text_lines import caption_above

_TABBED: Final = re.compile(r"(?m:^)(?:[^\t\r\n]*\t[^\r\n]*(?:\r?\n|\Z)){2,}")
_BARRED: Final = re.compile(r"(?m:^)(?:[^|｜│┃├┣╠\r\n]*[|｜│┃├┣╠][^\r\n]*(?:\r?\n|\Z)){2,}")
_BAR: Final = re.compile(r"[|｜│┃]")
_RULE: Final = re.compile(r"[-:|｜│┃\s─━═├┼┤┣╋┫╠╬╣+=]+")
_FULL_STOPS: Final = re.compile(r"[。；！？]")
_LINE: Final = re.compile(r"[^\r\n]+")


def read_plain_text(path: Path, data: bytes, limits: Limits) -> Extract:
    """The file's characters, newlines untouched.

    Lines in a row with tabs or bars, or with columns that stand under each other, are a table
    too, as is a cell a line where the lines have a rhythm, unless it would have more places than
    a table may.
    Raises ReaderError: binary, truncated, encoding.
    """
    text = decode(path, data)
    return Extract("txt", text, tuple(tables_in(text, limits.table_cells)))


def tables_in(text: str, most_cells: int) -> list[PlacedTable]:
    """The tables drawn in a text, each of at most so many places."""
    found: list[PlacedTable] = []
    if "\t" in text:
        found += _separated(text, _TABBED, re.compile("\t"), most_cells)
    if _BAR.search(text):
        found += _separated(text, _BARRED, _BAR, most_cells)
    spans = [_span(table) for table in found]
    found += aligned_tables(text, spans)
    spans = [_span(table) for table in found]
    found += listed_tables(text, spans)
    return sorted(found, key=_span)


def _span(table: PlacedTable) -> tuple[int, int]:
    return table.cells[0].char_start, table.cells[-1].char_end


def _separated(
    text: str, lines: re.Pattern[str], separator: re.Pattern[str], most_cells: int
) -> Iterator[PlacedTable]:
    for match in lines.finditer(text):
        start, end = match.span()
        if sum(1 for _ in separator.finditer(text, start, end)) <= most_cells:
            yield from _table(text, start, end, separator)


def _table(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[PlacedTable]:
    is_barred = separator is _BAR
    rows: list[list[PlacedCell]] = []
    for line in _LINE.finditer(text, start, end):
        if is_barred and _FULL_STOPS.search(line[0]):
            return
        if not is_barred or not _RULE.fullmatch(line[0]):
            rows.append(list(_cells(text, line.start(), line.end(), separator, len(rows))))
    filled = sum(1 for row in rows if sum(cell.char_end > cell.char_start for cell in row) > 1)
    # Lines that only begin with a tab are indented prose.
    if len(rows) > 1 and filled * 2 > len(rows):
        cells = tuple(cell for row in rows for cell in row)
        caption = caption_above(text, text.rfind("\n", 0, start) + 1)
        yield PlacedTable(
            cells, len(rows), max(map(len, rows)), blank_repeats=True, caption=caption
        )


def _cells(
    text: str, start: int, end: int, separator: re.Pattern[str], row: int
) -> Iterator[PlacedCell]:
    if separator is _BAR:
        start, end = _inside(text, start, end)
    column = 0
    while start <= end:
        found = separator.search(text, start, end)
        stop = found.start() if found else end
        left, right = start, stop
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        yield PlacedCell(left, right, row, column)
        column += 1
        start = stop + 1


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """The line without the bars at its ends, where it has them."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    opens = _BAR.match(text, start, end)
    closes = _BAR.match(text, end - 1, end)
    return start + bool(opens), end - bool(closes and end - start > 1)
