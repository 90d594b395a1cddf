"""Text files: exactly their characters, and the tables that tabs or bars draw in them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.readers.encodings import decode
from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract, PlacedCell, PlacedTable

_TABBED: Final = re.compile(r"(?m:^)(?:[^\t\r\n]*\t[^\r\n]*(?:\r?\n|\Z)){2,}")
_BARRED: Final = re.compile(r"(?m:^)(?:[ ]{0,3}\|[^\r\n]*\|[ ]*(?:\r?\n|\Z)){2,}")
_RULE: Final = re.compile(r"[ ]*\|[-:|\s]+\|[ ]*")
_LINE: Final = re.compile(r"[^\r\n]+")


def read_plain_text(path: Path, data: bytes, limits: Limits) -> Extract:
    """The file's characters, newlines untouched.

    Lines in a row with tabs, or between bars as in Markdown, are a table too, unless it would
    have more places than a table may.
    Raises ReaderError: binary, truncated, encoding.
    """
    text = decode(path, data)
    return Extract("txt", text, tuple(_tables(text, limits.table_cells)))


def _tables(text: str, most_cells: int) -> Iterator[PlacedTable]:
    found = []
    if "\t" in text:
        found += [(match.span(), "\t") for match in _TABBED.finditer(text)]
    if "|" in text:
        found += [(match.span(), "|") for match in _BARRED.finditer(text)]
    for (start, end), separator in sorted(found):
        if text.count(separator, start, end) > most_cells:
            continue
        yield from _table(text, start, end, separator)


def _table(text: str, start: int, end: int, separator: str) -> Iterator[PlacedTable]:
    rows: list[list[PlacedCell]] = []
    for line in _LINE.finditer(text, start, end):
        if separator == "\t" or not _RULE.fullmatch(line[0]):
            rows.append(list(_cells(text, line.start(), line.end(), separator, len(rows))))
    filled = sum(1 for row in rows if sum(cell.char_end > cell.char_start for cell in row) > 1)
    # Lines that only begin with a tab are indented prose.
    if len(rows) > 1 and filled * 2 > len(rows):
        cells = tuple(cell for row in rows for cell in row)
        yield PlacedTable(cells, len(rows), max(map(len, rows)), blank_repeats=True)


def _cells(text: str, start: int, end: int, separator: str, row: int) -> Iterator[PlacedCell]:
    if separator == "|":
        start, end = text.index("|", start) + 1, text.rindex("|", start, end)
    column = 0
    while start <= end:
        stop = text.find(separator, start, end)
        stop = end if stop < 0 else stop
        left, right = start, stop
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        yield PlacedCell(left, right, row, column)
        column += 1
        start = stop + 1
