"""Raised and lowered digits of a PDF's page, so that a footnote's mark lengthens no number."""

from bisect import bisect_left, bisect_right
from typing import Final

from ingest.readers.ruled_tables import Character, Characters

_RAISED: Final = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
# In sizes of the larger character: how small a mark is at most, how near it stands, how far its
# foot lies from the other's. A small character's own descent lies within a quarter of the
# difference of the sizes, also where both stand on one baseline.
_SMALL: Final = 0.85
_NEAR: Final = 0.6
_SHIFT: Final = 0.08
_DESCENT: Final = 0.25


def with_marks(characters: Characters) -> Characters:
    """The characters, each digit that is small and off its neighbour's baseline as ¹ or ₁."""
    sizes = [one["size"] for one in characters]
    if not sizes or min(sizes) >= _SMALL * max(sizes):
        return characters
    by_end = sorted(range(len(characters)), key=lambda number: characters[number]["x1"])
    ends = [characters[number]["x1"] for number in by_end]
    written: dict[int, Character] = {}
    marks: dict[int, int] = {}
    for number in sorted(range(len(characters)), key=lambda number: characters[number]["x0"]):
        one = characters[number]
        if one["text"].translate(_RAISED) == one["text"]:
            continue
        reach = _NEAR * max(sizes)
        near = by_end[bisect_left(ends, one["x0"] - reach) : bisect_right(ends, one["x0"] + reach)]
        shift = next(
            (way for other in near if (way := _shift(one, characters[other], marks.get(other, 0)))),
            0,
        )
        if shift:
            marks[number] = shift
            table = _RAISED if shift > 0 else _LOWERED
            written[number] = {**one, "text": one["text"].translate(table)}
    return [written.get(number, one) for number, one in enumerate(characters)]


def _shift(one: Character, before: Character, mark: int) -> int:
    """1 for a character raised beside the one before it, -1 for one lowered, 0 for neither."""
    size = before["size"]
    if before is one or abs(one["x0"] - before["x1"]) > _NEAR * size:
        return 0
    if mark and abs(one["bottom"] - before["bottom"]) < _SHIFT * size:
        return mark if abs(one["size"] - size) < (1 - _SMALL) * size else 0
    if (
        one["size"] > _SMALL * size
        or one["bottom"] < before["top"]
        or one["top"] > before["bottom"]
    ):
        return 0
    up = before["bottom"] - one["bottom"]
    if up > _SHIFT * size + _DESCENT * (size - one["size"]):
        return 1
    return -1 if -up > _SHIFT * size else 0
