"""Tables typed into a text with blanks: columns that stand under each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.linear_text import PlacedCell, PlacedTable
from ingest.readers.text_lines import (
    Line,
    Piece,
    caption_above,
    end_of_line,
    is_short,
    line_at,
)

_GAP: Final = re.compile(r"[^\s\u3000](?:[^\S\r\n]{2,}|\u3000)[^\s]")
_LONGEST_TABLE: Final = 20_000
_VALUES: Final = frozenset({"number", "year", "blank"})

Span = tuple[int, int]


def aligned_tables(text: str, taken: Sequence[Span]) -> Iterator[PlacedTable]:
    """Tables whose columns stand under each other, outside of the spans that are `taken`."""
    done = 0
    for gap in _GAP.finditer(text):
        if gap.start() < done:
            continue
        run = _run(text, gap.start())
        done = run[-1].char_end + 1 if run else end_of_line(text, gap.start())
        if run and not overlaps((run[0].char_start, run[-1].char_end), taken):
            table = _aligned(text, run)
            if table is not None:
                yield table


def overlaps(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span shares characters with one of others."""
    return any(start < span[1] and span[0] < end for start, end in taken)


def _run(text: str, at: int) -> list[Line]:
    """Lines of cells from the one at `at` on; a lone heading between two of them belongs in."""
    lines: list[Line] = []
    waiting: list[Line] = []
    line = line_at(text, at)
    while len(lines) < _LONGEST_TABLE and line.pieces and is_short(text, line):
        if len(line.pieces) > 1:
            lines += [*waiting, line]
            waiting = []
        elif waiting:
            break
        else:
            waiting = [line]
        if line.char_end >= len(text):
            break
        line = line_at(text, line.char_end + 1)
    return lines if sum(len(one.pieces) > 1 for one in lines) > 1 else []


def _aligned(text: str, run: Sequence[Line]) -> PlacedTable | None:
    kinds = [[kind_of_cell(text[p.char_start : p.char_end]) for p in line.pieces] for line in run]
    body = [n for n, row in enumerate(kinds) if len(row) > 1 and _has_values(row)]
    if len(body) < 2:
        return None
    count = Counter(len(run[n].pieces) for n in body).most_common(1)[0][0]
    full = [run[n].pieces for n in body if len(run[n].pieces) == count]
    columns = [
        (min(row[at].left for row in full), max(row[at].right for row in full))
        for at in range(count)
    ]
    # A heading may stick out of its column of short numbers: only gaps between columns count.
    if any(left[1] > right[0] for left, right in pairwise(columns)):
        return None
    cells: list[PlacedCell] = []
    for number, line in enumerate(run):
        placed = _placed(line, number, columns)
        if placed is None:
            return None
        cells += placed
    return PlacedTable(
        tuple(cells), len(run), count, caption=caption_above(text, run[0].char_start)
    )


def _has_values(kinds: Sequence[str]) -> bool:
    """Whether a row has a number behind its first piece, and little else."""
    values = sum(kind in _VALUES for kind in kinds[1:])
    return "number" in kinds[1:] and 2 * values >= len(kinds) - 1


def _placed(line: Line, row: int, columns: Sequence[tuple[int, int]]) -> list[PlacedCell] | None:
    """The pieces in their columns; None where two fall into one."""
    if len(line.pieces) == 1 and line.pieces[0].left < columns[1][0]:
        only = line.pieces[0]
        return [PlacedCell(only.char_start, only.char_end, row, 0, 1, len(columns))]
    if len(line.pieces) == len(columns):
        places = list(range(len(columns)))
    else:
        places = [_column_of(piece, columns) for piece in line.pieces]
    if any(left >= right for left, right in pairwise(places)):
        return None
    return [
        PlacedCell(piece.char_start, piece.char_end, row, column)
        for piece, column in zip(line.pieces, places, strict=True)
    ]


def _column_of(piece: Piece, columns: Sequence[tuple[int, int]]) -> int:
    """The column that a piece stands over most, else the nearest."""

    def fit(at: int) -> tuple[int, int]:
        left, right = columns[at]
        shared = min(piece.right, right) - max(piece.left, left)
        return min(shared, 0) or shared, -abs(piece.left + piece.right - left - right)

    return max(range(len(columns)), key=fit)
