"""Numbers that only say which cases are meant: 2000人以上的村, 56人及以上大班额, 600分以上."""

import re
from functools import cache
from typing import Final

from ingest.meaning.lexicon import pattern, read_table
from ingest.meaning.measures import families
from ingest.quantities import Mention

_BOUND: Final = re.compile(r"[（(]?(?:含|及|或)?[)）]?(?:以上|以下|以内|之间)[（(]?含?[）)]?的?")
_BOUNDED: Final = frozenset({"at_least", "at_most", "more_than", "less_than", "range"})
_REACHING: Final = re.compile(
    r"(?:及?以[上下])?的(?:学校|中小学|幼儿园|学生|教师|班级|县|乡镇|家庭)[^，。；、\d]{0,4}占"
)
"""What a share is of: 体育活动时间达到1小时的学校占91.4%."""

BEYOND: Final = frozenset({"more_than", "less_than"})
_CLAUSE: Final = 16
_PAUSE: Final = re.compile(r"[，。；、：:,;\n（(共计]")
_OF: Final = re.compile(r"[^，。；、：\d\n]{0,12}?的")
_LONGEST_NOUN: Final = 8
_EACH: Final = ("每", "间")
"""Behind a bound they open what holds for such cases: 6人以上每生每学期300元."""


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
    if _REACHING.match(back):
        return True
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
    if bound and back[bound.end() :].startswith(_EACH):
        return True
    if front.endswith(_by()) and _is_noun("reckoned", unit, back):
        return True
    holds = mention.qualifier in _BOUNDED or front.endswith(_holds())
    found = _OF.match(back) if holds else None
    return found is not None and _names_place(back[found.end() :])


def says_which(text: str, before: Mention, mention: Mention) -> bool:
    """Whether a bound says of which schools the count before tells: 3所小学在校生超过2000人."""
    if mention.char_start - before.char_end > _CLAUSE:
        return False
    kinds = [families().get(one.unit_code) for one in (before, mention)]
    between = text[before.char_end : mention.char_start]
    return kinds == ["institutions", "persons"] and _PAUSE.search(between) is None


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
