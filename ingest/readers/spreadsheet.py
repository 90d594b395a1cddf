"""Workbooks: every visible sheet, its cells as they show, merged ones once."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ingest.readers.cell_formats import shown
from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, GridCell, LinearText
from ingest.readers.problems import ReaderError
from ingest.readers.sheet_styles import SheetStyles, WorkbookStyles
from ingest.readers.tables import kind_of_cell

_UNNAMED: Final = re.compile(r"(?:Sheet|工作表|Chart|表)\s*\d+", re.I)

Rows = list[list[GridCell]]


def read_spreadsheet(path: Path, data: bytes, limits: Limits) -> Extract:
    """The sheets one after the other, each under its name unless it is one like Sheet1.

    Blank rows part a sheet into tables, except before rows that go on without headings. Hidden
    sheets are no text. Raises ReaderError: encrypted, table_cells.
    """
    out = LinearText()
    styles = WorkbookStyles(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError:
        raise ReaderError(path, "encrypted") from None
    for sheet in workbook.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible:
            continue
        known = styles.sheet(sheet.name)
        if known.bottom < 0:
            continue
        if known.area > limits.table_cells:
            raise ReaderError(
                path, "table_cells", limit=limits.table_cells, variable=variable("table_cells")
            )
        if not _UNNAMED.fullmatch(sheet.name):
            out.add(sheet.name + "\n")
        _write(out, _rows(workbook.get_sheet_by_name(sheet.name), known))
    return out.finish("xlsx")


def _rows(sheet: CalamineSheet, styles: SheetStyles) -> Rows:
    """The sheet's cells that show something, row by row from its first one."""
    top, left = sheet.start or (0, 0)
    merged = {
        first: (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    }
    rows: Rows = []
    for number, values in enumerate(sheet.iter_rows(), start=top):
        row: list[GridCell] = []
        for column, value in enumerate(values, start=left):
            text = shown(value, styles.formats.get((number, column), "")) if value != "" else ""
            if text.strip():
                down, across = merged.get((number, column), (1, 1))
                down = min(down, styles.bottom - number + 1)
                across = min(across, styles.right - column + 1)
                row.append(GridCell(number, column, text, max(down, 1), max(across, 1)))
        rows.append(row)
    return rows


def _write(out: LinearText, rows: Rows) -> None:
    for block in _blocks(rows):
        cells = [cell for row in block for cell in row]
        top, left = cells[0].row, min(cell.column for cell in cells)
        height = max(cell.row + cell.row_span for cell in cells) - top
        width = max(cell.column + cell.column_span for cell in cells) - left
        if len({cell.column for cell in cells}) < 2:
            out.add("".join(cell.text + "\n" for cell in cells))
            continue
        moved = [
            GridCell(c.row - top, c.column - left, c.text, c.row_span, c.column_span) for c in cells
        ]
        out.add_table(moved, height, width)


def _blocks(rows: Rows) -> Iterator[Rows]:
    """Rows up to a blank one; a block that begins with numbers goes on with the one before."""
    block: Rows = []
    gap = False
    for number, row in enumerate(rows):
        if not row:
            gap = bool(block)
            continue
        if gap and not _goes_on(rows[number : number + 3]):
            yield block
            block = []
        block.append(row)
        gap = False
    if block:
        yield block


def _goes_on(rows: Rows) -> bool:
    """Whether the first row with more than one cell holds numbers, not headings."""
    first = next((row for row in rows if len(row) > 1), [])
    return any(kind_of_cell(cell.text) == "number" for cell in first)
