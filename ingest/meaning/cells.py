"""The cells of a document's tables, found by their place in the text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.meaning.proposals import Proposal
from ingest.quantities import Mention
from ingest.readers import Cell, Table

LONGEST_BARE: Final = 6
"""Characters besides its number that a cell may hold and still be a cell of numbers."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and the table that it stands in."""

    cell: Cell
    table: Table


class Cells:
    """The cells of a document's tables, found by place."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._has_sheets = any(table.origin is not None for table in tables)
        self._placed = sorted(
            (
                Placed(cell, table)
                for table in tables
                for cell in table.cells
                if cell.char_end > cell.char_start
            ),
            key=lambda placed: placed.cell.char_start,
        )
        self._starts = [placed.cell.char_start for placed in self._placed]
        self.ends = sorted(
            {
                end
                for placed in self._placed
                for end in (placed.cell.char_start, placed.cell.char_end)
            }
        )

    def cell_at(self, place: int) -> Placed | None:
        """The cell that holds a place of the text; None outside all tables."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or self._placed[at].cell.char_end <= place:
            return None
        return self._placed[at]

    def located(self, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
        """The proposals, those of a sheet with the cell in which they stand."""
        for one in proposals:
            placed = self.cell_at(one.char_start) if self._has_sheets else None
            if placed is not None and placed.table.origin is not None:
                yield one._replace(locator=placed.table.locator(placed.cell))
            else:
                yield one

    def number_cell(self, place: int, mentions: Sequence[Mention]) -> Placed | None:
        """The cell at a place where it holds these mentions and little else."""
        placed = self.cell_at(place)
        if placed is None or not mentions:
            return None
        cell = placed.cell
        if mentions[0].char_start < cell.char_start or mentions[-1].char_end > cell.char_end:
            return None
        printed = sum(mention.char_end - mention.char_start for mention in mentions)
        is_number = cell.char_end - cell.char_start - printed <= LONGEST_BARE
        return placed if is_number and len(mentions) == 1 else None


def cells_of(tables: Sequence[Table]) -> Cells:
    """The cells of these tables."""
    return Cells(tables)
