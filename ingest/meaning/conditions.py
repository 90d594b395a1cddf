"""Numbers that only say which cases are meant: 2000人以上的村, 56人及以上大班额, 600分以上."""

import re
from functools import cache
from typing import Final

from ingest.meaning.lexicon import pattern, read_table
from ingest.meaning.measures import families
from ingest.quantities import Mention

_BOUND: Final = re.compile(r"[（(]?(?:含|及|或)?[)）]?(?:以上|以下|以内|之间)[（(]?含?[）)]?的?")
_BOUNDED: Final = frozenset({"at_least", "at_most", "more_than", "less_than", "range"})
_OF: Final = re.compile(r"[^，。；、：\d\n]{0,12}?的")
_LONGEST_NOUN: Final = 8


@cache
def _nouns(side: str) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    rows = {
        row["words"]: frozenset(row["units"].split())
        for row in read_table("kinds.csv")
        if row["side"] == side
    }
    return pattern(rows), rows


def is_condition(mention: Mention, front: str, back: str) -> bool:
    """Whether a count or a score is a bound of what another number or a rule speaks of.

    front, back: a few characters on either side.
    """
    unit = mention.unit_code
    bound = _BOUND.match(back)
    if bound:
        if _is_noun("bounded", unit, back[bound.end() :]):
            return True
        if any(unit in units for units in _nouns("bounded_any")[1].values()):
            return True
    if unit == "分" and mention.qualifier in _BOUNDED and back.startswith("的"):
        return True
    if families().get(unit.removeprefix(mention.reading.scale)) != "persons":
        return False
    if front.endswith(_by()) and _is_noun("reckoned", unit, back):
        return True
    holds = mention.qualifier in _BOUNDED or front.endswith(_holds())
    found = _OF.match(back) if holds else None
    return found is not None and _names_place(back[found.end() :])


def _is_noun(side: str, unit: str, back: str) -> bool:
    finder, rows = _nouns(side)
    found = finder.match(back)
    return found is not None and (not rows[found[0]] or unit in rows[found[0]])


def _names_place(words: str) -> bool:
    found = _nouns("place")[0].search(words, 0, _LONGEST_NOUN)
    return found is not None


@cache
def _by() -> tuple[str, ...]:
    return tuple(_nouns("reckoned_by")[1])


@cache
def _holds() -> tuple[str, ...]:
    return tuple(_nouns("holds")[1])
