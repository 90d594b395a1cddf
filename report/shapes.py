"""Drawings of charts in pixels, before any program draws them; their words in both languages."""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from report.words import LANGUAGES, Words

WIDTH: Final = 440.0
TEXT_SIZE: Final = 13.0
SMALL: Final = 12.0
# Middle tones: at least 3 to 1 against the light and against the dark page.
BLUE: Final = "#2b78bd"
COLOURS: Final = (BLUE, "#c2571a", "#3a8757", "#8a62b5", "#a0741b")
GREY: Final = "#7c8794"
INK: Final = "currentColor"


@dataclass(frozen=True, slots=True)
class Label:
    """A piece of text at a place; `align` is start, middle or end of the text."""

    words: Words
    x: float
    y: float
    align: str = "left"
    size: float = TEXT_SIZE
    bold: bool = False
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, or an outlined one where it has no opacity."""

    x: float
    y: float
    width: float
    height: float
    colour: str = BLUE
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    colour: str = INK
    width: float = 1.0
    opacity: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line chart."""

    x: float
    y: float
    colour: str = BLUE


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of an area as an SVG path of numbers."""

    path: str
    colour: str = BLUE
    opacity: float = 1.0


@dataclass(slots=True)
class Drawing:
    """Shapes on a canvas of a fixed width; heights are in the same pixels.

    `svg` is the picture without its words, kept once it has been rendered.
    """

    height: float
    width: float = WIDTH
    boxes: list[Box] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    svg: str | None = None
    shows_boundaries: bool = False

    def settle(self, svg: str) -> None:
        """Keep the picture and the words; the shapes have done their work."""
        self.svg = svg
        for shapes in (self.boxes, self.rules, self.dots, self.outlines):
            shapes.clear()


def text_width(words: str, size: float = TEXT_SIZE) -> float:
    """About how wide a text is: a Chinese character is as wide as high, a Latin one half of it."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return size * (wide + 0.56 * (len(words) - wide))


def width_in_both(words: Words, size: float = TEXT_SIZE) -> float:
    """The wider of a text's two languages."""
    return max(text_width(words.of(language), size) for language in LANGUAGES)


def wrapped(words: Words, width: float, size: float = TEXT_SIZE) -> list[Words]:
    """A text in as many lines as the longer language needs; the other one leaves some empty."""
    lines = [_lines(words.of(language), width, size) for language in LANGUAGES]
    count = max(len(found) for found in lines)
    padded = [found + [""] * (count - len(found)) for found in lines]
    return [Words(zh, en) for zh, en in zip(*padded, strict=True)]


def _lines(words: str, width: float, size: float) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(words):
        if line and text_width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _pieces(words: str) -> list[str]:
    """Where a line may break: behind a space, and behind any Chinese character."""
    pieces, piece = [], ""
    for letter in words:
        piece += letter
        if letter == " " or unicodedata.east_asian_width(letter) in "WF":
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def spread(places: list[float], gap: float, top: float, bottom: float) -> list[float]:
    """Move labels apart so that each is `gap` below the one above, in their order."""
    order = sorted(range(len(places)), key=lambda n: (places[n], n))
    moved = list(places)
    for position, n in enumerate(order):
        least = top if position == 0 else moved[order[position - 1]] + gap
        moved[n] = max(places[n], least)
    limit = bottom
    for n in reversed(order):
        moved[n] = min(moved[n], limit)
        limit = moved[n] - gap
    return moved


def linear(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """A scale from values to pixels."""
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers that cover a range of values, about `most` of them."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / (most - 1)))
    steps = (power * factor for factor in (1, 2, 2.5, 5))
    step = next((one for one in steps if span / one <= most - 1), power * 10)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 6) for number in range(first, max(last, first + 1) + 1)]
