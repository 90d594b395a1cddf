"""A sheet's rows as text and tables: blank rows part tables, lines of notes end them.

What stands in a sheet of a workbook, in a file of separated values or in a picture of a grid is
written here, so that the same table reads the same from each.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.document import column_letters
from ingest.readers.linear_text import GridCell, LinearText
from ingest.readers.sheet_styles import SheetStyles
from project.language import say

Rows = list[list[GridCell]]

_LOOK_AHEAD: Final = 3
_UNNAMED: Final = re.compile(r"(?:Sheet|工作表|Chart|表)\s*\d+", re.I)
_MOST_NAMED: Final = 10
"""Cells that a remark names one by one."""


def write_sheet(out: LinearText, rows: Rows, *, sheet: str = "", caption: str = "") -> None:
    """Append the rows of a sheet, whose cells count from its corner, under its name.

    sheet: its name, which one like Sheet1 keeps for the locators alone. caption: what the file's
    name says, given to every table behind its own title.
    """
    if sheet and not _UNNAMED.fullmatch(sheet):
        out.add(sheet + "\n")
    for block in _blocks(rows):
        _write_block(out, block, sheet, caption)


def _write_block(out: LinearText, block: Rows, sheet: str, caption: str) -> None:
    body, notes = _without_notes(block)
    if len({cell.column for row in body for cell in row}) < 2:
        body, notes = [], block
    if body:
        top = body[0][0].row
        left = min(row[0].column for row in body)
        bottom = max(cell.row + cell.row_span for row in body for cell in row)
        right = max(cell.column + cell.column_span for row in body for cell in row)
        out.add_sheet_table(body, (top, left, bottom, right), sheet=sheet, caption=caption)
    for row in notes:
        out.add("\t".join(cell.text for cell in row) + "\n")


def _without_notes(block: Rows) -> tuple[Rows, Rows]:
    """The rows of a block, and those at its end that stand alone in its first column.

    A row with a name and no values is written as a note too: it states nothing.
    """
    end = len(block)
    left = min(row[0].column for row in block)
    while end and len(block[end - 1]) == 1 and block[end - 1][0].column == left:
        end -= 1
    if not any(len(row) > 1 for row in block[:end]):
        return block, []
    return block[:end], block[end:]


def _blocks(rows: Rows) -> Iterator[Rows]:
    """Rows up to a blank one; a block that begins with numbers goes on with the one before."""
    block: Rows = []
    gap = False
    for number, row in enumerate(rows):
        if not row:
            gap = bool(block)
            continue
        if gap and not _goes_on(rows[number : number + _LOOK_AHEAD]):
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


def remarks_on(path: Path, sheet: str, styles: SheetStyles) -> list[str]:
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


def visible(
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


def column_of(cell: GridCell) -> int:
    """The column by which the cells of a row are sorted."""
    return cell.column
