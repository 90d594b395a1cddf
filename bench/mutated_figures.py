"""Slips of a typist: one number of one figure, changed in one place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
KINDS: Final = ("one digit", "lost point", "swapped digits")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the seed has it, in its printed unit; an end of None is open."""

    figure_id: str
    printed: str
    region_code: str
    status: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Mutation:
    """A figure with one slip in it."""

    figure_id: str
    region_code: str
    kind: str
    before: str
    after: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


def mutations(figure: Figure) -> Iterator[Mutation]:
    """Every slip of the three kinds, in each number that the figure prints."""
    for which, text in _numbers(figure):
        for kind, slipped in _slips(text):
            if Decimal(slipped) != Decimal(text):
                yield _mutated(figure, which, kind, text, slipped)


def _numbers(figure: Figure) -> Iterator[tuple[str, str]]:
    """The numerals as printed, each with what it states: the value, or an end of a range."""
    printed = NUMBER.findall("".join(figure.printed.split()))
    for which, stated in (("value", figure.value), ("low", figure.low), ("high", figure.high)):
        if stated is None or (figure.value is not None and which != "value"):
            continue
        as_printed = [text for text in printed if abs(Decimal(text)) == abs(stated)]
        plain = f"{stated.normalize():f}"
        yield which, as_printed[0] if as_printed else plain


def _slips(text: str) -> Iterator[tuple[str, str]]:
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    for place in places:
        for step in (1, 5):
            digit = str((int(text[place]) + step) % 10)
            yield "one digit", text[:place] + digit + text[place + 1 :]
    if "." in text:
        yield "lost point", text.replace(".", "")
    for left, right in pairwise(places):
        letters = list(text)
        letters[left], letters[right] = letters[right], letters[left]
        yield "swapped digits", "".join(letters)


def _mutated(figure: Figure, which: str, kind: str, before: str, after: str) -> Mutation:
    """The figure with the slip; its ends keep their distance, in units of the last digit."""
    grown = Decimal(10) ** len(before.partition(".")[2]) if kind == "lost point" else Decimal(1)
    value, low, high = figure.value, figure.low, figure.high
    if which == "low":
        low = Decimal(after)
        high = max(low, high) if high is not None else None
    elif which == "high":
        high = Decimal(after)
        low = min(low, high) if low is not None else None
    elif value is not None:
        below = None if low is None else (value - low) * grown
        above = None if high is None else (high - value) * grown
        value = Decimal(after)
        low = None if below is None else value - below
        high = None if above is None else value + above
    return Mutation(figure.figure_id, figure.region_code, kind, before, after, value, low, high)
