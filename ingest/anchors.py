"""Anchors: where the rows of one text stand in another that differs little from it."""

from collections.abc import Mapping, Sequence
from typing import Final

Row = Mapping[str, str]

NEAR: Final = 400
"""Characters that a number without evidence may lie off the place at which it is looked for."""


def anchored(rows: Sequence[Row], text: str) -> list[tuple[int, int] | None]:
    """Where each row's printed words stand in `text`; None where they stand nowhere.

    rows: with char_start, printed and, where they have it, evidence; in order of the old text.
    Of several places the one nearest to where the row before it moved counts, and rows of one
    old place keep one place.
    """
    places: dict[tuple[str, str], tuple[int, int] | None] = {}
    moved = floor = 0
    for row in sorted(rows, key=lambda row: int(row["char_start"])):
        key = (row["char_start"], row["printed"])
        if key not in places:
            start = int(row["char_start"])
            places[key] = _nearest(row, text, start + moved, floor)
            if place := places[key]:
                moved, floor = place[0] - start, place[0]
    return [places[row["char_start"], row["printed"]] for row in rows]


def _nearest(row: Row, text: str, wanted: int, floor: int) -> tuple[int, int] | None:
    printed = row["printed"]
    evidence = "".join(row.get("evidence", "").split())
    best: tuple[int, int] | None = None
    start = text.find(printed, floor)
    while start >= 0:
        end = start + len(printed)
        is_near = best is None or abs(start - wanted) < abs(best[0] - wanted)
        if is_near and (
            _has(text, start, end, evidence) if evidence else abs(start - wanted) < NEAR
        ):
            best = (start, end)
        elif best is not None and start > wanted:
            break
        start = text.find(printed, start + 1)
    return best


def _has(text: str, start: int, end: int, evidence: str) -> bool:
    """Whether evidence stands around a place, spaces aside."""
    reach = 3 * len(evidence) + 20
    front = "".join(text[max(0, start - reach) : start].split())[-len(evidence) :]
    back = "".join(text[end : end + reach].split())[: len(evidence)]
    return evidence in front + "".join(text[start:end].split()) + back
