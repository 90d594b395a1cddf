"""The linear text of a document that is more than text, and where in it each cell stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_BREAKS: Final = re.compile(r"[\t\r\n\f\v\u2028\u2029]+")


class GridCell(NamedTuple):
    """A cell of a grid, its upper left corner at (row, column) from 0, spans at least 1."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False


class PlacedCell(NamedTuple):
    """A grid's cell with its half-open span in the text."""

    char_start: int
    char_end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table's cells in reading order; `blank_repeats`: merged cells show as blank ones.

    origin: row and column of its corner in the sheet named `sheet`; None outside of sheets.
    """

    cells: tuple[PlacedCell, ...]
    row_count: int
    column_count: int
    blank_repeats: bool = False
    caption: str = ""
    sheet: str = ""
    origin: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader found, contact data not yet masked; `remarks`: a sentence for each
    part of the file that is no part of the text."""

    reader: str
    text: str
    tables: tuple[PlacedTable, ...] = ()
    is_draft: bool = False
    remarks: tuple[str, ...] = ()


class LinearText:
    """A text under construction: lines, and grids with rows on lines and tabs between cells."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.tables: list[PlacedTable] = []

    def add(self, text: str) -> None:
        """Append `text` as it is."""
        self._parts.append(text)
        self._length += len(text)

    def add_table(
        self,
        cells: Sequence[GridCell],
        row_count: int,
        column_count: int,
        *,
        blank_repeats: bool = False,
        caption: str = "",
    ) -> None:
        """Append a grid and remember where its cells stand."""
        placed = self.place_rows(cells, row_count, column_count)
        self.tables.append(
            PlacedTable(tuple(placed), row_count, column_count, blank_repeats, caption)
        )

    def add_sheet_table(
        self,
        rows: Sequence[Sequence[GridCell]],
        area: tuple[int, int, int, int],
        *,
        sheet: str = "",
        caption: str = "",
    ) -> None:
        """Append rows of a sheet, each with its cells from left to right.

        area: first row and column of the table in the sheet, and the row and column behind it.
        """
        top, left, bottom, right = area
        placed: list[PlacedCell] = []
        # A yearbook's sheet holds a million places: one line is joined and added at a time.
        below = top
        for row in rows:
            self.add(("\t" * (right - left - 1) + "\n") * (row[0].row - below))
            below = row[0].row + 1
            self.add(self._placed_line(row, (top, left, right), placed))
        self.add(("\t" * (right - left - 1) + "\n") * (bottom - below))
        self.tables.append(
            PlacedTable(
                tuple(placed),
                bottom - top,
                right - left,
                caption=caption,
                sheet=sheet,
                origin=(top, left),
            )
        )

    def _placed_line(
        self, row: Sequence[GridCell], area: tuple[int, int, int], placed: list[PlacedCell]
    ) -> str:
        top, left, right = area
        start = self._length
        parts: list[str] = []
        column = left
        for cell in row:
            text = cell.text
            if not text.isprintable():
                text = _BREAKS.sub(" ", text)
            text = text.strip()
            if gap := cell.column - column:
                parts.append("\t" * gap)
                start += gap
                column = cell.column
            end = start + len(text)
            parts.append(text)
            spans = cell.row_span, cell.column_span
            placed.append(PlacedCell(start, end, cell.row - top, column - left, *spans))
            start = end
        parts.append("\t" * (right - 1 - column) + "\n")
        return "".join(parts)

    def place_rows(
        self, cells: Iterable[GridCell], row_count: int, column_count: int, first_row: int = 0
    ) -> list[PlacedCell]:
        """Append the rows of a grid; a place that a merged cell covers is an empty field.

        The placed cells count their rows from `first_row`, for a table that goes on.
        """
        rows: list[list[GridCell]] = [[] for _ in range(row_count)]
        for cell in cells:
            rows[cell.row].append(cell)
        placed: list[PlacedCell] = []
        for row in rows:
            column = 0
            for cell in sorted(row, key=lambda cell: cell.column):
                self.add("\t" * (cell.column - column))
                column = cell.column
                text = _BREAKS.sub(" ", cell.text).strip()
                start = self._length
                self.add(text)
                placed.append(
                    PlacedCell(
                        start,
                        self._length,
                        cell.row + first_row,
                        cell.column,
                        cell.row_span,
                        cell.column_span,
                        cell.is_header,
                    )
                )
            self.add("\t" * (column_count - 1 - column) + "\n")
        return placed

    def finish(
        self, reader: str, *, is_draft: bool = False, remarks: Iterable[str] = ()
    ) -> Extract:
        """The whole text, its ends trimmed of nothing, and its tables."""
        text = "".join(self._parts)
        return Extract(reader, text, tuple(self.tables), is_draft, tuple(remarks))
