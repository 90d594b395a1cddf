"""Tables copied from a page with each cell on a line of its own.

Told by their rhythm: as many headings as a row has cells, then a name and its numbers, again and
again.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from ingest.readers.aligned_tables import Span, overlaps
from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.linear_text import PlacedCell, PlacedTable
from ingest.readers.text_lines import Piece, caption_above, end_of_line, is_short, line_at

_NUMBER_LINE: Final = re.compile(r"(?m:^)[^\S\r\n]*[+\-−－]?\d[\d,，. ]*[%％]?[^\S\r\n]*(?m:$)")
_UNIT_BEHIND: Final = re.compile(r"[（(][^（）()]{1,8}[)）]\s*")
_VALUES: Final = frozenset({"number", "year", "blank"})
_HEADS: Final = frozenset({"label", "year"})
_WIDEST: Final = 40
_FEWEST_ROWS: Final = 2
_MOST_BLANK_LINES: Final = 2


def listed_tables(text: str, taken: Sequence[Span]) -> Iterator[PlacedTable]:
    """The tables with a cell a line, outside of the spans that are `taken`."""
    done = 0
    for number in _NUMBER_LINE.finditer(text):
        if number.start() < done:
            continue
        rows = _rows(text, number.start())
        if rows and not overlaps((rows[0][0].char_start, rows[-1][-1].char_end), taken):
            done = rows[-1][-1].char_end
            cells = tuple(
                PlacedCell(piece.char_start, piece.char_end, row, column)
                for row, line in enumerate(rows)
                for column, piece in enumerate(line)
            )
            caption = caption_above(text, line_at(text, rows[0][0].char_start).char_start)
            yield PlacedTable(cells, len(rows), len(rows[0]), caption=caption)


def _rows(text: str, at: int) -> list[list[Piece]]:
    """Headings and rows around the first number of a table; nothing where there is no rhythm."""

    def is_value(piece: Piece) -> bool:
        return _kind(text, piece) in _VALUES

    onward = _lines(text, at, forward=True)
    before = list(islice(_lines(text, at - 1, forward=False), _WIDEST + 1))
    values = list(takewhile(is_value, islice(_lines(text, at, forward=True), _WIDEST)))
    size = len(values) + 1
    head, name = before[1 : size + 1][::-1], before[:1]
    if len(head) < size or not all(_kind(text, one) in _HEADS for one in [*name, *head]):
        return []
    last = head[-1]
    if size == 2 and not _UNIT_BEHIND.search(text, last.char_start, last.char_end):
        return []
    rows = [head, [*name, *islice(onward, size - 1)]]
    while len(row := list(islice(onward, size))) == size:
        if is_value(row[0]) or not all(map(is_value, row[1:])):
            break
        rows.append(row)
    return rows if len(rows) > _FEWEST_ROWS else []


def _kind(text: str, piece: Piece) -> str:
    return kind_of_cell(text[piece.char_start : piece.char_end])


def _lines(text: str, at: int, *, forward: bool) -> Iterator[Piece]:
    """What stands alone on the lines from the one at `at` on, up to a sentence or a wide gap."""
    blank = 0
    while 0 <= at < len(text):
        line = line_at(text, at)
        if len(line.pieces) > 1 or not is_short(text, line) or blank > _MOST_BLANK_LINES:
            return
        blank = 0 if line.pieces else blank + 1
        yield from line.pieces
        at = end_of_line(text, at) + 1 if forward else line.char_start - 1
