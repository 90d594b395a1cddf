"""Workbooks: every visible sheet, its cells as they show, merged ones once."""

from io import BytesIO
from pathlib import Path
from typing import Protocol

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from ingest.readers.cell_formats import shown
from ingest.readers.delimited import name_as_caption
from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, GridCell, LinearText
from ingest.readers.problems import ReaderError
from ingest.readers.sheet_styles import SheetStyles, WorkbookStyles
from ingest.readers.sheets import Rows, column_of, remarks_on, visible, write_sheet
from project.language import say


class Styles(Protocol):
    """What a workbook's own parts tell of each sheet."""

    def sheet(self, name: str, most_places: int) -> SheetStyles: ...


def read_spreadsheet(path: Path, data: bytes, limits: Limits) -> Extract:
    """The sheets one after the other, each under its name unless it is one like Sheet1.

    Blank rows part a sheet into tables, except before rows that go on without headings. Hidden
    sheets, rows and columns are no text, and a remark says so.
    Raises ReaderError: table_cells.
    """
    return _read(path, data, WorkbookStyles(data), limits, "xlsx")


def read_binary_spreadsheet(path: Path, data: bytes, limits: Limits) -> Extract:
    """The same of an old workbook (.xls, .et). Raises ReaderError: encrypted, table_cells."""
    from ingest.readers.binary_workbook import BinaryStyles
    from ingest.readers.locked_books import unlocked

    styles = BinaryStyles(data)
    if styles.is_encrypted:
        data = unlocked(path, data)
        styles = BinaryStyles(data)
    return _read(path, data, styles, limits, "xls")


def _read(path: Path, data: bytes, styles: Styles, limits: Limits, reader: str) -> Extract:
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    out = LinearText()
    remarks: list[str] = []
    for sheet in workbook.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible:
            remarks.append(say("readers.remark_hidden_sheet", file=path.name, sheet=sheet.name))
            continue
        known = styles.sheet(sheet.name, limits.table_cells)
        remarks += remarks_on(path, sheet.name, known)
        if known.bottom < 0:
            continue
        if known.area > limits.table_cells:
            raise ReaderError(
                path, "table_cells", limit=limits.table_cells, variable=variable("table_cells")
            )
        rows = _rows(workbook.get_sheet_by_name(sheet.name), known)
        write_sheet(out, rows, sheet=sheet.name, caption=name_as_caption(path))
    return out.finish(reader, remarks=remarks)


def _rows(sheet: CalamineSheet, styles: SheetStyles) -> Rows:
    """The sheet's visible cells that show something, row by row from its first one."""
    top, left = sheet.start or (0, 0)
    merged = dict(sheet.merged_cell_ranges or ())
    formats = styles.formats
    hidden = bool(styles.hidden_rows or styles.hidden_columns)
    rows: Rows = []
    moved: list[GridCell] = []
    for number, values in enumerate(sheet.iter_rows(), start=top):
        row: list[GridCell] = []
        for column, value in enumerate(values, start=left):
            if value == "":
                continue
            place = number, column
            text = shown(value, formats.get(place, ""))
            if not text or text.isspace():
                continue
            if place in merged or hidden:
                cell = visible(number, column, text, merged.get(place, place), styles)
                if cell is not None:
                    (row if cell.row == number else moved).append(cell)
            else:
                row.append(GridCell(number, column, text))
        rows.append(row)
    for cell in moved:
        rows[cell.row - top] = sorted([*rows[cell.row - top], cell], key=column_of)
    return rows
