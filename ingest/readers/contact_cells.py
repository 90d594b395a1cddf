"""Cells that hold contact data, or surely do not, told by the headings of their table."""

import re
from typing import Final

from ingest.privacy import Span, is_contact_heading, is_person_heading
from ingest.readers.linear_text import PlacedCell, PlacedTable
from ingest.readers.tables import Outline

_STATISTIC_HEADING: Final = re.compile(
    r"元|数$|额|产值|合计|总计|投资|[（(](?:人|户|名|所|个|亩|吨)[)）]"
)


def contact_cells(table: PlacedTable, shape: Outline, text: str) -> tuple[list[Span], list[Span]]:
    """The spans of cells to mask whole, and of those whose bare digits are a statistic.

    To mask is what stands under or right behind a heading such as 联系人 or 联系电话, and under
    姓名 where the table has a column of contact data.
    """
    headings: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.row < shape.header_rows:
            for column in range(cell.column, min(cell.column + cell.column_span, _WIDEST)):
                headings.setdefault(column, []).append(text[cell.char_start : cell.char_end])
    contact = {c for c, found in headings.items() if any(map(is_contact_heading, found))}
    if contact:
        contact |= {c for c, found in headings.items() if any(map(is_person_heading, found))}
    counted = {c for c, found in headings.items() if _STATISTIC_HEADING.search(" ".join(found))}
    hide: list[Span] = []
    keep: list[Span] = []
    left: PlacedCell | None = None
    for cell in table.cells:
        if cell.row >= shape.header_rows:
            if cell.column in contact or (left is not None and _labels(left, cell, text)):
                hide.append((cell.char_start, cell.char_end))
            elif cell.column in counted:
                keep.append((cell.char_start, cell.char_end))
        left = cell
    return hide, keep


_WIDEST: Final = 16_384


def _labels(left: PlacedCell, cell: PlacedCell, text: str) -> bool:
    label = text[left.char_start : left.char_end]
    if left.row != cell.row or label.isdecimal() or not is_contact_heading(label):
        return False
    return not is_contact_heading(text[cell.char_start : cell.char_end])
