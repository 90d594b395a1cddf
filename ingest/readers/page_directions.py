"""Which way the text of a PDF's page runs, and the page turned so that it runs to the right."""

from collections import Counter
from typing import Final

from pdfplumber.page import Page

from ingest.readers.ruled_tables import Character, Characters

# Degrees by which a page must be turned clockwise for text of a direction to run to the right.
_TURNS: Final = {"right": 0, "up": 90, "left": 180, "down": 270}
_STRAIGHT: Final = 0.02
_MOST_OF: Final = 2 / 3


def turned_upright(page: Page) -> Page:
    """The page as a reader holds it: turned where most of its text runs up, down or backwards."""
    turn = _TURNS[direction_of(page.chars) or "right"]
    if not turn:
        return page
    page.close()
    page.page_obj.rotate = ((page.page_obj.rotate or 0) + turn) % 360
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def direction_of(characters: Characters) -> str | None:
    """right, up, left or down, as more than two thirds of the text run; None where none does."""
    counts = Counter(_direction(one) for one in characters if not one["text"].isspace())
    if not counts:
        return None
    direction, count = counts.most_common(1)[0]
    return direction if count > _MOST_OF * counts.total() else None


def along(characters: Characters, direction: str | None) -> tuple[Characters, Characters]:
    """Those that run in the direction, and those straight ones that do not; slanting ones,
    a watermark as a rule, are in neither. Without a direction all are others."""
    if direction is None:
        return [], characters
    own = [one for one in characters if _direction(one) == direction]
    others = [
        one
        for one in characters
        if _direction(one) not in {direction, ""} and not one["text"].isspace()
    ]
    return own, others


def _direction(character: Character) -> str:
    """The direction of a character's baseline; empty for one that slants."""
    a, b = character["matrix"][:2]
    if abs(b) <= _STRAIGHT * abs(a):
        return "right" if a > 0 else "left"
    if abs(a) <= _STRAIGHT * abs(b):
        return "up" if b > 0 else "down"
    return ""
