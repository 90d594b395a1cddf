"""A sheet's rows as text and tables: blank rows part tables, lines of notes end them.

What stands in a sheet of a workbook, in a file of separated values or in a picture of a grid is
written here, so that the same table reads the same from each.
"""

from collections.abc import Iterator
from typing import Final

from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.linear_text import GridCell, LinearText

Rows = list[list[GridCell]]

_LOOK_AHEAD: Final = 3


def write_sheet(out: LinearText, rows: Rows, *, sheet: str = "", caption: str = "") -> None:
    """Append the rows of a sheet, whose cells count from its corner.

    sheet: its name, for the locator of each cell. caption: what the file's name says over a
    table that has no title of its own, given to every table.
    """
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
