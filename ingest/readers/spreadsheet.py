"""Workbooks: every visible sheet, its cells as they show, merged ones once."""

import re
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from ingest.readers.cell_formats import shown
from ingest.readers.delimited import name_as_caption
from ingest.readers.document import column_letters
from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, GridCell, LinearText
from ingest.readers.problems import ReaderError
from ingest.readers.sheet_styles import SheetStyles, WorkbookStyles
from ingest.readers.sheets import Rows, write_sheet
from project.language import say

_UNNAMED: Final = re.compile(r"(?:Sheet|工作表|Chart|表)\s*\d+", re.I)
_MOST_NAMED: Final = 10
"""Cells that a remark names one by one."""


class Styles(Protocol):
    """What a workbook's own parts tell of each sheet."""

    def sheet(self, name: str) -> SheetStyles: ...


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
        known = styles.sheet(sheet.name)
        if sheet.visible != SheetVisibleEnum.Visible:
            remarks.append(say("readers.remark_hidden_sheet", file=path.name, sheet=sheet.name))
            continue
        remarks += _remarks(path, sheet.name, known)
        if known.bottom < 0:
            continue
        if known.area > limits.table_cells:
            raise ReaderError(
                path, "table_cells", limit=limits.table_cells, variable=variable("table_cells")
            )
        if not _UNNAMED.fullmatch(sheet.name):
            out.add(sheet.name + "\n")
        rows = _rows(workbook.get_sheet_by_name(sheet.name), known)
        write_sheet(out, rows, sheet=sheet.name, caption=name_as_caption(path))
    return out.finish(reader, remarks=remarks)


def _remarks(path: Path, sheet: str, styles: SheetStyles) -> list[str]:
    """What of a sheet is no text: hidden rows and columns, formulas without a result."""
    rows = sum(styles.top <= row <= styles.bottom for row in styles.hidden_rows)
    columns = sum(styles.left <= column <= styles.right for column in styles.hidden_columns)
    remarks = []
    if rows or columns:
        fields = {"rows": rows, "columns": columns}
        remarks.append(say("readers.remark_hidden", file=path.name, sheet=sheet, **fields))
    if styles.unstored:
        places = [f"{column_letters(column)}{row + 1}" for row, column in styles.unstored]
        named = " ".join(places[:_MOST_NAMED]) + (" …" if len(places) > _MOST_NAMED else "")
        count = len(places)
        remarks.append(
            say("readers.remark_unstored", file=path.name, sheet=sheet, count=count, cells=named)
        )
    return remarks


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
                cell = _visible(number, column, text, merged.get(place, place), styles)
                if cell is not None:
                    (row if cell.row == number else moved).append(cell)
            else:
                row.append(GridCell(number, column, text))
        rows.append(row)
    for cell in moved:
        rows[cell.row - top] = sorted([*rows[cell.row - top], cell], key=_column)
    return rows


def _column(cell: GridCell) -> int:
    return cell.column


def _visible(
    row: int, column: int, text: str, last: tuple[int, int], styles: SheetStyles
) -> GridCell | None:
    """The cell; a merged one from its first visible place on, a hidden one not at all."""
    bottom, right = max(min(last[0], styles.bottom), row), max(min(last[1], styles.right), column)
    rows = [at for at in range(row, bottom + 1) if at not in styles.hidden_rows]
    columns = [at for at in range(column, right + 1) if at not in styles.hidden_columns]
    if not rows or not columns:
        return None
    down, across = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return GridCell(rows[0], columns[0], text, down, across)
