"""A page's words to lines, paragraphs and tables without rules, from where they stand.

Lengths are in the unit of the words' coordinates; what is far is told by the height of the
words, so that a PDF in points and a picture in pixels are read alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.linear_text import GridCell

# In heights of the words: a gap between columns; the gap that typesetters leave between Chinese
# characters and digits without a blank; an indented line; lines of one paragraph.
_COLUMN_GAP: Final = 1.2
_WORD_GAP: Final = 0.35
_INDENT: Final = 1.2
_LINE_GAP: Final = 1.3
_SHORT_OF_MARGIN: Final = 2.0
_PROSE_LENGTH: Final = 12
_WIDE: Final = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
_ITEM: Final = re.compile(
    r"[•●■◆▪➢①-⑳]|\d{1,2}[.．、]\D|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
)
_LATIN: Final = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters and its box, top left corner (x0, top)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one height on the page; segments are its words joined up to a column's gap."""

    segments: tuple[Word, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(word.top for word in self.segments)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(word.bottom for word in self.segments)

    @property
    def height(self) -> float:
        """The height of its words."""
        return max(word.bottom - word.top for word in self.segments)

    @property
    def text(self) -> str:
        """The whole line, its segments a blank apart."""
        return " ".join(word.text for word in self.segments)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page; without rules a merged cell looks like a blank one (`blank_repeats`)."""

    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int
    blank_repeats: bool = True

    @property
    def has_numbers(self) -> bool:
        """Whether any cell is a number."""
        return any(kind_of_cell(cell.text) == "number" for cell in self.cells)

    def row(self, number: int) -> tuple[str, ...]:
        """The texts of the cells of one row."""
        return tuple(cell.text for cell in self.cells if cell.row == number)


Block = str | Grid


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The words by lines from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if lines and lines[-1][0].top <= middle <= lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(words_of_line) for words_of_line in lines]


def _line(words: list[Word]) -> Line:
    ordered = sorted(words, key=lambda word: word.x0)
    segments = [ordered[0]]
    for word in ordered[1:]:
        last = segments[-1]
        gap = (word.x0 - last.x1) / max(min(word.bottom - word.top, last.bottom - last.top), 1e-6)
        if gap > _COLUMN_GAP:
            segments.append(word)
            continue
        blank = "" if gap < _WORD_GAP and _WIDE.search(last.text[-1:] + word.text[:1]) else " "
        segments[-1] = Word(
            f"{last.text}{blank}{word.text}",
            last.x0,
            max(last.x1, word.x1),
            min(last.top, word.top),
            max(last.bottom, word.bottom),
        )
    return Line(tuple(segments))


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """Paragraphs, each with its line breaks undone, and tables, from top to bottom."""
    start = 0
    prose: list[Line] = []
    while start < len(lines):
        end = _end_of_columns(lines, start)
        region = lines[start:end]
        grid = _grid(region) if _is_tabular(region) else None
        if grid is None:
            prose += region or [lines[start]]
        else:
            yield from _paragraphs(prose)
            prose = []
            yield from _in_columns(region, grid)
        start = max(end, start + 1)
    yield from _paragraphs(prose)


def _end_of_columns(lines: Sequence[Line], start: int) -> int:
    """The end of the run of lines with several segments; lone lines inside it go along."""
    end = start
    for number in range(start, len(lines)):
        if len(lines[number].segments) > 1:
            end = number + 1
        elif number > end or number == start:
            break
    return end


def _is_tabular(region: Sequence[Line]) -> bool:
    several = [len(line.segments) for line in region if len(line.segments) > 1]
    return len(several) >= 3 or (len(several) == 2 and min(several) >= 3)


def _grid(region: Sequence[Line]) -> Grid | None:
    columns = _columns(region)
    if len(columns) < 2:
        return None
    rows: list[dict[tuple[int, int], str]] = []
    gaps = [below.top - above.bottom for above, below in pairwise(region)]
    usual = median(gaps) if gaps else 0.0
    for number, line in enumerate(region):
        placed = {_place(segment, columns): segment.text for segment in line.segments}
        close = number > 0 and gaps[number - 1] < usual / 2
        if close and len(placed) == 1 and next(iter(placed)) in rows[-1]:
            place, text = next(iter(placed.items()))
            rows[-1][place] = joined(rows[-1][place], text)
        else:
            rows.append(placed)
    cells = tuple(
        GridCell(row, first, text, column_span=last - first + 1)
        for row, placed in enumerate(rows)
        for (first, last), text in sorted(placed.items())
    )
    return Grid(cells, len(rows), len(columns))


def _columns(region: Sequence[Line]) -> list[tuple[float, float]]:
    """The columns' left and right edges, from the lines that are divided most."""
    counts = [len(line.segments) for line in region]
    usual = max((n for n in set(counts) if counts.count(n) * 3 >= len(counts)), default=max(counts))
    edges = [
        (segment.x0, segment.x1)
        for line in region
        if len(line.segments) >= usual
        for segment in line.segments
    ]
    columns: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _place(segment: Word, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The first and the last column that a segment stands in."""
    under = [
        number
        for number, (left, right) in enumerate(columns)
        if min(segment.x1, right) - max(segment.x0, left) > 0
    ]
    if under:
        return under[0], under[-1]
    middle = (segment.x0 + segment.x1) / 2
    nearest = min(
        range(len(columns)), key=lambda n: abs(middle - (columns[n][0] + columns[n][1]) / 2)
    )
    return nearest, nearest


def _in_columns(region: Sequence[Line], grid: Grid) -> Iterator[Block]:
    """The grid, or the text of two columns of prose one after the other."""
    long_cells = sum(len(cell.text) >= _PROSE_LENGTH for cell in grid.cells)
    if grid.column_count > 2 or grid.has_numbers or long_cells * 3 < len(grid.cells) * 2:
        yield grid
        return
    border = _columns(region)[1][0]
    for left in (True, False):
        halves = (
            tuple(word for word in line.segments if (word.x0 < border) == left) for line in region
        )
        yield from _paragraphs([Line(half) for half in halves if half])


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    if not lines:
        return
    long_lines = [line for line in lines if len(line.text) >= _PROSE_LENGTH]
    left = min((line.segments[0].x0 for line in long_lines), default=0.0)
    right = max((line.segments[-1].x1 for line in long_lines), default=0.0)
    text = lines[0].text
    for above, below in pairwise(lines):
        if long_lines and _goes_on(above, below, left, right):
            text = joined(text, below.text)
        else:
            yield text
            text = below.text
    yield text


def _goes_on(above: Line, below: Line, left: float, right: float) -> bool:
    """Whether a line fills the page's width and the next, no item of a list, begins at its margin
    close below."""
    height = above.height
    return (
        above.segments[-1].x1 > right - _SHORT_OF_MARGIN * height
        and below.segments[0].x0 < left + _INDENT * height
        and above.segments[0].x0 < left + 4 * height
        and below.top - above.bottom < _LINE_GAP * height
        and abs(below.height - height) < 0.2 * height
        and not _ITEM.match(below.text)
    )


def joined(above: str, below: str) -> str:
    """Two lines of a paragraph as one; between two digits the break stays, for it may part two
    numbers, and between two Latin letters a blank parts words."""
    if above[-1:].isdigit() and below[:1].isdigit():
        return f"{above}\n{below}"
    if _LATIN.match(above[-1:]) and _LATIN.match(below[:1]):
        return f"{above} {below}"
    return above + below
