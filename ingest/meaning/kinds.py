"""Which numbers state a statistic, and why the others do not, as their company tells it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from ingest.meaning.conditions import BEYOND, is_condition, says_which
from ingest.meaning.lexicon import grammar, pattern, read_table
from ingest.quantities import Mention

_REACH: Final = 12
_BACK: Final = 28
_SMALL: Final = Decimal(20)
_CHINESE: Final = frozenset("〇零一二两三四五六七八九十几数双")
_INDEX: Final = re.compile(r"\d{1,3}、")
_STOPS: Final = "。！？；：.!?;:”）)》\n"
_LIST_TEXT: Final = frozenset(grammar("counts_text"))
_PAGES_AT_LEAST: Final = 4


Reasons = dict[str, frozenset[str]]
"""Reason -> the units that it asks for; none where any will do."""


class _Company:
    """Words around a number that make it no statistic: table kinds.csv, by side and unit."""

    def __init__(self) -> None:
        rows = read_table("kinds.csv")
        self.before = _by_words(rows, "before")
        self.behind = _by_words(rows, "behind")
        self.units = {row["words"]: row["reason"] for row in rows if row["side"] == "unit"}
        self.measured = pattern(row["words"] for row in rows if row["side"] == "measured")
        self.behind_pattern = pattern(self.behind)
        self.before_pattern = re.compile(
            f"(?:{'|'.join(sorted(map(re.escape, self.before), key=len, reverse=True))})$"
        )


def _by_words(rows: Sequence[dict[str, str]], side: str) -> dict[str, Reasons]:
    found: dict[str, Reasons] = {}
    for row in rows:
        if row["side"] == side:
            kept = found.setdefault(row["words"], {})
            kept[row["reason"]] = frozenset(row["units"].split())
    return found


def _of_unit(reasons: Reasons, unit: str) -> str:
    return next((why for why, units in reasons.items() if not units or unit in units), "")


@cache
def _company() -> _Company:
    return _Company()


def reasons(text: str, mentions: Sequence[Mention]) -> list[str]:
    """Why each mention states no statistic; empty for what may state one."""
    found = [mention.reason or _reason(text, mention) for mention in mentions]
    for at, mention in enumerate(mentions):
        if mention.reading.qualifier in BEYOND and at and not (found[at] or found[at - 1]):
            if says_which(text, mentions[at - 1], mention):
                found[at] = "condition"
    for at in _page_numbers(text, mentions, found):
        found[at] = "page_number"
    return found


def _reason(text: str, mention: Mention) -> str:
    """Reason of one mention that its own words leave open."""
    company = _company()
    reading = mention.reading
    start, end = mention.char_start, mention.char_end
    front = text[max(0, start - _REACH) : start].rstrip(" \u3000\n*")
    further = text[end : end + _BACK].lstrip(" \u3000\n*")
    back = further[:_REACH]
    unit = reading.unit_code
    if _is_version(mention, front):
        return "name"
    if company.measured.search(front):
        return ""
    if match := company.before_pattern.search(front):
        if reason := _of_unit(company.before[match[0]], unit):
            return reason
    if match := company.behind_pattern.match(back):
        if reason := _of_unit(company.behind[match[0]], unit):
            return reason
    if unit and is_condition(mention, front, further):
        return "condition"
    if unit in company.units:
        return company.units[unit]
    return _counts_text(mention, front, back)


def _is_version(mention: Mention, front: str) -> bool:
    printed = mention.printed
    plain = not mention.unit_code and len(printed) == 3 and printed.endswith(".0")
    return plain and not front.endswith(("为", "达", "到", "至"))


def _counts_text(mention: Mention, front: str, back: str) -> str:
    """三大体系, 五个方面: a small Chinese numeral in front of an abstract noun counts text."""
    printed = mention.printed.strip()
    if not printed or printed[0] not in _CHINESE or "分之" in printed:
        return ""
    high = mention.value if mention.value is not None else mention.value_high
    if "几" in printed and (high is None or high <= _SMALL):
        return "idiom"
    if high is not None and high <= _SMALL and mention.unit_code in _LIST_TEXT:
        return "count_of_text"
    return ""


def _page_numbers(
    text: str, mentions: Sequence[Mention], reasons_so_far: Sequence[str]
) -> list[int]:
    """Indices 1、 2、 3、 ... that break sentences are page numbers of a copied web page."""
    run: list[int] = []
    expected = 1
    broken = 0
    for at, mention in enumerate(mentions):
        if reasons_so_far[at] != "list_index" or not _INDEX.fullmatch(mention.printed):
            continue
        if mention.printed != f"{expected}、":
            continue
        before = text[max(0, mention.char_start - 4) : mention.char_start].rstrip()
        if expected > 1 and before[-1:] not in _STOPS:
            broken += 1
        run.append(at)
        expected += 1
    return run if len(run) > _PAGES_AT_LEAST and broken * 2 > len(run) else []
