"""What a reader hands on: a text that offsets index, and the tables that stand in it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: `text[char_start:char_end]` of its document, merged cells once.

    row, column: place of the upper left corner in the table, from 0; the spans are at least 1.
    column_headers: texts above the cell, the outermost first; row_headers: texts to its left,
    a section's heading row first. Both are empty for what heads the table itself.
    """

    char_start: int
    char_end: int
    row: int
    column: int
    row_span: int
    column_span: int
    column_headers: tuple[str, ...]
    row_headers: tuple[str, ...]
    is_header: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table: half-open span in the text, cells in reading order, the first `header_rows` of
    its rows being headings; `caption` is what stands over it in one cell (title, unit).

    origin: row and column of its corner in the sheet named `sheet`, from 0; None in prose.
    """

    char_start: int
    char_end: int
    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    header_rows: int
    caption: str
    sheet: str = ""
    origin: tuple[int, int] | None = None

    def locator(self, cell: Cell) -> str:
        """Sheet and cell as a workbook names them, Sheet1!B7; empty outside of sheets."""
        if self.origin is None:
            return ""
        row, column = self.origin[0] + cell.row, self.origin[1] + cell.column
        place = f"{column_letters(column)}{row + 1}"
        return f"{self.sheet}!{place}" if self.sheet else place

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells row by row; a cell that spans several rows stands in its first one only."""
        rows: list[list[Cell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return tuple(tuple(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read, contact data masked.

    text: the evidence text; all offsets are indices into it (Unicode code points).
    reader: txt, html, docx, doc, rtf, pdf, xlsx, xls, ods, csv, ocr. sha256: of the text in UTF-8,
    as hexadecimal. is_draft: read by optical character recognition; all of it needs review.
    remarks: a sentence for each part of the file that could not be read or is hidden in it.
    """

    path: Path
    reader: str
    text: str
    tables: tuple[Table, ...]
    sha256: str
    is_draft: bool
    remarks: tuple[str, ...] = ()


def column_letters(column: int) -> str:
    """A, B ... Z, AA ...: how workbooks name the column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
