"""Which cells of a table head which others.

A table seldom says so: headings are the leading rows that hold no numbers (years and months are
names here), row headings the columns without numbers to the left of a cell. Where the format
does say so (<th>, a repeated header row), that is followed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from ingest.quantities.units import is_unit_code
from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.document import Cell, Table
from ingest.readers.linear_text import PlacedCell, PlacedTable

_INDEX_HEADING: Final = re.compile(r"\s*(?:序\s*号|编\s*号|行\s*次|No\.?|代\s*码)\s*", re.I)
_INFORMS: Final = re.compile(
    r"\s*(?:[^:：]{2,8}[:：]|[（(]?单位|(?:19|20)\d\d\s*[年/.-]\s*\d{1,2}\s*[月/.-])"
)
_COLUMN_LETTER: Final = re.compile(r"[甲乙丙丁]")
_SECTION: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]).*|.*[:：]\s*"
)
_digits: Final = re.compile(r"\d")
_HAN_GAP: Final = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])"
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a table: captions, then `header_rows` (both from row 0), then the body.

    label_columns: columns whose body holds no number; index_columns: those that only count rows.
    sections: rows of the body that head the rows under them.
    """

    caption_rows: int
    header_rows: int
    label_columns: frozenset[int]
    index_columns: frozenset[int]
    has_numbers: bool
    sections: frozenset[int]


def outline(table: PlacedTable, text: str) -> Outline:
    """The shape of `table`, which stands in `text`."""
    rows = _rows(table)
    kinds = [[kind_of_cell(text[cell.char_start : cell.char_end]) for cell in row] for row in rows]
    captions = _caption_rows(rows, kinds, table.column_count, text)
    headers = _header_rows(rows, kinds, captions, table, text)
    index = frozenset(
        cell.column
        for row in rows[captions:headers]
        for cell in row
        if _INDEX_HEADING.fullmatch(text[cell.char_start : cell.char_end])
    )
    labels: set[int] = set()
    numbers: set[int] = set()
    for row, row_kinds in zip(rows[headers:], kinds[headers:], strict=True):
        for cell, kind in zip(row, row_kinds, strict=True):
            if kind == "number":
                numbers.add(cell.column)
            elif kind != "blank":
                labels.add(cell.column)
    sections = frozenset(
        number
        for number, row in enumerate(rows[headers:-1], start=headers)
        if _is_section(row, kinds[number], table, text)
    )
    return Outline(
        captions,
        headers,
        frozenset(labels - numbers | index),
        index,
        bool(numbers - index),
        sections,
    )


def finished(table: PlacedTable, shape: Outline, text: str) -> Table:
    """The table with its cells' headings, read from `text` (contact data masked)."""
    headers = _column_headers(table, shape, text)
    above = [tuple(dict.fromkeys(filter(None, column))) for column in headers]
    stubs = _Stubs(table, shape, text)
    cells: list[Cell] = []
    for cell in table.cells:
        in_header = cell.row < shape.header_rows
        depth = max(cell.row - shape.caption_rows, 0)
        heads = shape.has_numbers and cell.column in shape.label_columns
        cells.append(
            Cell(
                cell.char_start,
                cell.char_end,
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                tuple(filter(None, headers[cell.column][:depth]))
                if in_header
                else above[cell.column],
                () if in_header else stubs.left_of(cell),
                cell.is_header or in_header or heads or cell.row in shape.sections,
            )
        )
    captions = [_slice(text, cell) for cell in table.cells if cell.row < shape.caption_rows]
    # What a file's name says stands behind what the sheet itself says.
    captions.insert(len(captions) if table.origin else 0, table.caption)
    return Table(
        table.cells[0].char_start if table.cells else 0,
        max((cell.char_end for cell in table.cells), default=0),
        tuple(cells),
        table.row_count,
        table.column_count,
        shape.header_rows,
        " ".join(filter(None, captions)),
        table.sheet,
        table.origin,
    )


class _Stubs:
    """The row headings of a table, taken up row by row as its cells are passed in reading order."""

    def __init__(self, table: PlacedTable, shape: Outline, text: str) -> None:
        self._table, self._shape, self._text = table, shape, text
        self._row = -1
        self._section = ""
        self._now: dict[int, tuple[int, str]] = {}
        self._rows = _rows(table)
        self._nearest: dict[int, tuple[int, ...]] = {}
        # One tuple for all cells of a row that have the same headings: a million cells are many.
        self._found: dict[tuple[int, ...], tuple[str, ...]] = {}
        first = sorted(shape.label_columns - shape.index_columns)[:1]
        self._columns = shape.label_columns if shape.has_numbers else frozenset(first)

    def left_of(self, cell: PlacedCell) -> tuple[str, ...]:
        """The section and the texts of the nearest label columns to the left of `cell`."""
        while self._row < cell.row:
            self._enter(self._row + 1)
            self._found = {}
        if cell.column not in self._nearest:
            self._nearest[cell.column] = self._columns_left_of(cell.column)
        columns = self._nearest[cell.column]
        if columns not in self._found:
            section = self._section if cell.row not in self._shape.sections else ""
            texts = (self._now[column][1] for column in columns if column in self._now)
            self._found[columns] = tuple(dict.fromkeys(filter(None, (section, *texts))))
        return self._found[columns]

    def _columns_left_of(self, column: int) -> tuple[int, ...]:
        left = sorted((one for one in self._columns if one < column), reverse=True)
        near = [one for distance, one in enumerate(left) if left[0] - one == distance]
        return tuple(one for one in reversed(near) if one not in self._shape.index_columns)

    def _enter(self, row: int) -> None:
        self._row = row
        repeats = self._table.blank_repeats
        self._now = {
            column: (until, heading)
            for column, (until, heading) in self._now.items()
            if until > row or repeats
        }
        is_section = row in self._shape.sections
        for cell in self._rows[row]:
            if not is_section and not self._heads(cell):
                continue
            heading = _slice(self._text, cell)
            if is_section and heading:
                self._section = heading
                self._now = {}
            elif heading or not repeats:
                self._now[cell.column] = (row + cell.row_span, heading)

    def _heads(self, cell: PlacedCell) -> bool:
        return cell.column in self._columns and cell.row >= self._shape.header_rows


def _rows(table: PlacedTable) -> list[list[PlacedCell]]:
    rows: list[list[PlacedCell]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return rows


def _slice(text: str, cell: PlacedCell) -> str:
    printed = " ".join(text[cell.char_start : cell.char_end].split())
    return _HAN_GAP.sub("", printed)


def _caption_rows(
    rows: list[list[PlacedCell]], kinds: Sequence[Sequence[str]], width: int, text: str
) -> int:
    """Leading rows with one text only, a title or a unit, or with who filled them in and when."""
    if width < 2:
        return 0
    lone = takewhile(
        lambda at: "number" not in kinds[at] and _is_caption(rows[at], kinds[at], width, text),
        range(len(rows) - 1),
    )
    return sum(1 for _ in lone)


def _is_caption(row: list[PlacedCell], kinds: Sequence[str], width: int, text: str) -> bool:
    filled = [cell for cell, kind in zip(row, kinds, strict=True) if kind != "blank"]
    if len(filled) <= 1:
        return True
    told = [_INFORMS.match(text, cell.char_start, cell.char_end) for cell in filled]
    return 2 * len(filled) <= width and all(told)


def _header_rows(
    rows: list[list[PlacedCell]],
    kinds: list[list[str]],
    captions: int,
    table: PlacedTable,
    text: str,
) -> int:
    """The number of rows up to the end of the headings, captions included."""
    declared = sum(1 for _ in takewhile(lambda row: row and all(c.is_header for c in row), rows))
    end = max(declared, captions)
    if declared <= captions and captions < len(rows) - 1 and _can_head(kinds[captions]):
        end = captions + 1
        while end < len(rows) - 1 and _can_head(kinds[end]) and _goes_on(rows, kinds, end, table):
            end += 1
    if captions < end < len(rows) - 1 and _holds_units(rows[end], text):
        end += 1
    if captions < end < len(rows):
        counted = [text[c.char_start : c.char_end].strip() for c in rows[end]]
        ordinals = [word for word in counted if word and not _COLUMN_LETTER.fullmatch(word)]
        if len(ordinals) > 1 and ordinals == [str(n + 1) for n in range(len(ordinals))]:
            end += 1
    return end


def _holds_units(row: list[PlacedCell], text: str) -> bool:
    """Whether a row says nothing but the units of the columns: 所, 万人."""
    words = [text[cell.char_start : cell.char_end].strip(" （()）") for cell in row]
    units = [one for one in words[1:] if one]
    return len(units) > 0 and not _digits.search("".join(words)) and all(map(is_unit_code, units))


def _can_head(row: Sequence[str]) -> bool:
    return "number" not in row and any(kind != "blank" for kind in row)


def _goes_on(
    rows: list[list[PlacedCell]], kinds: list[list[str]], row: int, table: PlacedTable
) -> bool:
    """Whether the heading over `row` is a group's: it spans columns, or leaves blanks for them."""
    above = rows[row - 1]
    if any(cell.column_span > 1 for cell in above):
        return True
    deep = any(cell.row + cell.row_span > row for cells in rows[:row] for cell in cells)
    named = [kind != "blank" for kind in kinds[row - 1]]
    return deep or (table.blank_repeats and "year" in kinds[row] and not all(named))


def _is_section(row: list[PlacedCell], kinds: Sequence[str], table: PlacedTable, text: str) -> bool:
    named = [cell for cell, kind in zip(row, kinds, strict=True) if kind == "label"]
    if len(named) != 1 or any(kind not in {"label", "blank"} for kind in kinds):
        return False
    if named[0].column_span >= max(2, table.column_count - 1):
        return True
    printed = text[named[0].char_start : named[0].char_end]
    return named[0].column == 0 and table.column_count > 1 and bool(_SECTION.fullmatch(printed))


def _column_headers(table: PlacedTable, shape: Outline, text: str) -> list[list[str]]:
    """The headings of each column, one text for each heading row, the outermost first."""
    depth = shape.header_rows - shape.caption_rows
    headers = [[""] * depth for _ in range(table.column_count)]
    for cell in table.cells:
        if shape.caption_rows <= cell.row < shape.header_rows:
            heading = _slice(text, cell)
            for column in range(cell.column, min(cell.column + cell.column_span, len(headers))):
                for row in range(cell.row, min(cell.row + cell.row_span, shape.header_rows)):
                    headers[column][row - shape.caption_rows] = heading
    if table.blank_repeats:
        for left, here in pairwise(headers):
            for level in range(depth - 1):
                here[level] = here[level] or left[level]
    return headers
