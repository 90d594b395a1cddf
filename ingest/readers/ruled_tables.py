"""Tables drawn with rules on a PDF's page, and the words of its characters (pdfplumber)."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Final

from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.text import extract_words

from ingest.readers.linear_text import GridCell
from ingest.readers.page_layout import Grid, Word, joined, lines_of

Character = dict[str, Any]
Characters = Sequence[Character]
Box = tuple[float, float, float, float]

# More ruled edges than that are a drawing; to look for tables in it would take minutes.
_MOST_EDGES: Final = 5_000
_SAME_EDGE: Final = 2.0
# The least gap of a blank, in heights of the characters; which gaps are one the lines decide.
_LEAST_BLANK: Final = 0.15
# A glyph whose character the file does not tell; its number is no number of the text.
_NAMELESS: Final = re.compile(r"\(cid:\d+\)")
# Some fonts give Kangxi radicals for the characters that look the same: ⼈ for 人.
_RADICALS: Final = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
} | {0: None}


def ruled_tables(page: Page, characters: Characters) -> list[Table]:
    """The tables with rules from top to bottom, also those whose outer sides are not drawn."""
    if len(page.edges) > _MOST_EDGES:
        return []
    found = sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0]))
    boxes = [table.bbox for table in found]
    loose = [c for c in characters if not any(is_inside(c, box) for box in boxes)]
    return [_with_open_sides(page, table, loose) for table in found]


def _with_open_sides(page: Page, table: Table, loose: Characters) -> Table:
    left, top, right, bottom = table.bbox
    beside = [c for c in loose if top < middle(c) < bottom]
    if not beside:
        return table
    left = max(min(left, *(c["x0"] for c in beside)) - 1, 0)
    right = min(max(right, *(c["x1"] for c in beside)) + 1, page.width)
    strip = page.crop((0, max(top - 1, 0), page.width, min(bottom + 1, page.height)))
    wider = strip.find_tables({"explicit_vertical_lines": [left, right]})
    return wider[0] if len(wider) == 1 else table


def ruled_grid(table: Table, characters: Characters) -> Grid | None:
    """The table's cells with their spans and texts; None for a box that has one column only."""
    xs = _edges([x for box in table.cells for x in (box[0], box[2])])
    ys = _edges([y for box in table.cells for y in (box[1], box[3])])
    if len(xs) < 3 or len(ys) < 2:
        return None
    owner: dict[tuple[int, int], int] = {}
    spans: list[tuple[int, int, int, int]] = []
    for number, (x0, top, x1, bottom) in enumerate(table.cells):
        column, row = _nearest(xs, x0), _nearest(ys, top)
        down = max(_nearest(ys, bottom) - row, 1)
        across = max(_nearest(xs, x1) - column, 1)
        spans.append((row, column, down, across))
        for covered in range(row, row + down):
            owner |= {(covered, one): number for one in range(column, column + across)}
    inside: list[list[Character]] = [[] for _ in spans]
    for character in characters:
        column = bisect_right(xs, (character["x0"] + character["x1"]) / 2) - 1
        row = bisect_right(ys, middle(character)) - 1
        if (row, column) in owner:
            inside[owner[row, column]].append(character)
    cells = tuple(
        GridCell(row, column, _cell_text(found), down, across)
        for (row, column, down, across), found in sorted(
            zip(spans, inside, strict=True), key=lambda pair: pair[0]
        )
    )
    return Grid(cells, len(ys) - 1, len(xs) - 1, blank_repeats=False)


def words_of(characters: Characters) -> list[Word]:
    """The words that the characters make up, radicals as the characters that they stand for."""
    return [
        Word(
            _NAMELESS.sub("\ufffd", word["text"]).translate(_RADICALS),
            word["x0"],
            word["x1"],
            word["top"],
            word["bottom"],
        )
        for word in extract_words(list(characters), x_tolerance_ratio=_LEAST_BLANK)
    ]


def is_inside(character: Character, box: Box) -> bool:
    """Whether the character's middle lies in the box (x0, top, x1, bottom)."""
    across = (character["x0"] + character["x1"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= middle(character) <= box[3])


def middle(character: Character) -> float:
    """How far down the page the character's middle lies."""
    return float(character["top"] + character["bottom"]) / 2


def divided(
    characters: Characters, goes_first: Sequence[bool]
) -> tuple[list[Character], list[Character]]:
    """Those that go first, and the others, each in their order."""
    first: list[Character] = []
    others: list[Character] = []
    for character, goes in zip(characters, goes_first, strict=True):
        (first if goes else others).append(character)
    return first, others


def _cell_text(characters: Characters) -> str:
    text = ""
    for line in lines_of(words_of(characters)):
        text = joined(text, line.text)
    return text


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))
