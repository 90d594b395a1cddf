"""The lines of a text and the pieces that stand apart in them, with their places on the line.

A Chinese character takes two places, so that columns which stand under each other in a typed
table have the same places, whatever their letters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

_PIECE: Final = re.compile(r"[^\s\u3000](?:[^\S\r\n\t\u3000]?[^\s\u3000])*")
_STOPS: Final = re.compile(r"[。；！？]")
_LONGEST: Final = 40
_MOST_TITLES: Final = 2
_LETTER: Final = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text `[char_start, char_end)` at the places `[left, right)` of their line."""

    char_start: int
    char_end: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, without its end, and its pieces."""

    char_start: int
    char_end: int
    pieces: Sequence[Piece]


def line_at(text: str, at: int) -> Line:
    """The line that holds the place `at`."""
    start, end = text.rfind("\n", 0, at) + 1, end_of_line(text, at)
    return Line(start, end, pieces(text, start, end))


def end_of_line(text: str, at: int) -> int:
    """Where the line that holds the place `at` ends."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def is_short(text: str, line: Line) -> bool:
    """Whether every piece of a line is short enough for a cell and holds no sentence."""
    return not _STOPS.search(text, line.char_start, line.char_end) and all(
        piece.char_end - piece.char_start <= _LONGEST for piece in line.pieces
    )


def caption_above(text: str, start: int) -> str:
    """The title and the unit in the lines right above the one that begins at `start`."""
    said: list[str] = []
    while start > 0 and len(said) < _MOST_TITLES:
        line = line_at(text, start - 1)
        if len(line.pieces) != 1 or not is_short(text, line):
            break
        words = text[line.pieces[0].char_start : line.pieces[0].char_end]
        if any(map(str.isalnum, words)):
            said.insert(0, words)
        start = line.char_start
    return " ".join(said)


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """What stands in a line between wide gaps: two blanks or more, a full-width blank, a tab.

    Characters that a heading is spaced out with, one at a time, are one piece: 地  区, 合　计.
    """
    found: list[Piece] = []
    place, at = 0, start
    for match in _PIECE.finditer(text, start, end):
        left = place + width(text, at, match.start())
        place = left + width(text, match.start(), match.end())
        at = match.end()
        piece = Piece(match.start(), match.end(), left, place)
        if found and _is_letter(text, found[-1]) and _is_letter(text, piece):
            piece = Piece(found[-1].char_start, piece.char_end, found[-1].left, piece.right)
            found.pop()
        found.append(piece)
    return found


def width(text: str, start: int, end: int) -> int:
    """The places that characters take."""
    part = text[start:end]
    if part.isascii():
        return len(part)
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in part)


def _is_letter(text: str, piece: Piece) -> bool:
    """Whether a piece is one Chinese character, or several that are spaced out."""
    printed = "".join(text[piece.char_start : piece.char_end].split())
    apart = piece.char_end - piece.char_start > 2 * len(printed) - 2
    return bool(_LETTER.fullmatch(printed[-1])) and (len(printed) == 1 or apart)
