"""Numbers in Chinese numerals: a mention only where a unit or their company shows a number."""

import re

from ingest.quantities import labels, names
from ingest.quantities.arabic import date_mention
from ingest.quantities.dates import DATE, GAP, RANGE_SIGN
from ingest.quantities.labels import Place, mention
from ingest.quantities.numerals import CHINESE_DIGITS, CHINESE_POWERS, DIGITS
from ingest.quantities.readings import Mention
from ingest.quantities.surroundings import Token, quantity
from ingest.quantities.units import UNITS

INDEX_MARKS = "①-⑳⑴-⒇㈠-㈩"
"""Numbers in circles and brackets, as ranges of a character class."""

_NUMERAL = f"[{DIGITS}{CHINESE_DIGITS}{CHINESE_POWERS}]"
_DATE = re.compile(DATE)
_PLAN = re.compile(r"十[一二三四五六七]五(?!个|年|名|人|所|家|项|天|岁|条)")
_JOIN = re.compile(rf"{GAP}(?:{RANGE_SIGN}|[、和或]){GAP}{_NUMERAL}")
_RATIO = re.compile(r"[一二两三四五六七八九十百]{1,3}比[一二两三四五六七八九十百]{1,3}")
_INDEX_MARK = re.compile(f"[{INDEX_MARKS}]")
# 翻两番 is a number, 一番 and 三番 are words.
_CLOSED = re.compile(r"[ \u3000、：:。．.）)\r\n]|$")
"""What stands behind the number of a table or an annex: 表一　, 附件二：."""

_DOUBLES = re.compile("翻了?$")
_POWERS = frozenset("百千万亿萬億")
_SHARES = re.compile("分之|成|一半")
# 人数百分之五 and 总数十个 count: the 数 belongs to the noun before it.
_NOUNS_OF_NUMBER = frozenset("人总户次件个倍指系基分天年月日位级班所校参读变岁算")


def read(text: str, token: re.Match[str], floor: int) -> Mention | None:
    """The mention that begins at the numeral at which the pass has stopped; None for a word."""
    number, _, name, near, scale, behind, unit, per = token.groups()
    start, end = token.span(1)
    if name is not None:
        return mention(text, start, end, names.NAMES[number])
    if unit and UNITS[unit].numerals == "arabic":
        unit = None
    if unit == "番" and not _DOUBLES.search(text, max(floor, start - 3), start):
        return None
    place = Place(text, start, end, floor)
    if special := _special(place, unit or ""):
        return special
    last = token.end() if unit else token.end("scale") if scale else end
    if unit and (UNITS[unit].kind == "ordinal" or _is_session(place, unit)):
        return mention(text, start, last, "ordinal")
    is_power = _POWERS.issuperset(number)
    if text[start - 1 : start] == "数" and _is_several(place):
        start, number, is_power = start - 1, "数" + number, False
    if place.before == "第" and (reason := names.head_reason(text, end, "第")):
        return mention(text, start, end, reason)
    is_number = unit or scale or _SHARES.search(number) or _is_vague(number)
    if not is_number and not _JOIN.match(text, end):
        return None
    if place.before == "第":
        return mention(text, place.start, last, "ordinal")
    parts = Token(start, last, number, scale or "", near or behind or "", unit or "", per or "")
    return quantity(text, parts, floor, is_power=is_power) if number != "几" else None


def _is_session(place: Place, unit: str) -> bool:
    """十届二次会议: the session behind the number of a congress."""
    return unit == "次" and place.before in "届第"


def _is_several(place: Place) -> bool:
    """Whether the 数 before a power of ten makes it vague (数百) and ends no noun (总数十个)."""
    text, start, end, floor = place
    if start <= floor or text[start] not in "十百千万亿" or "分" in text[start:end]:
        return False
    return start < 2 or text[start - 2] not in _NOUNS_OF_NUMBER


def _is_vague(number: str) -> bool:
    return len(number) > 1 and number[0] in "几数"


def _special(place: Place, unit: str) -> Mention | None:
    """The numeral as an index, a date, a plan, a slogan or a ratio of words."""
    text, start, end, _ = place
    if _INDEX_MARK.match(text, start):
        return mention(text, start, end, "list_index")
    if found := labels.chinese_index(place):
        return found
    if _CLOSED.match(text, end) and (reason := names.lead_reason(text, start)):
        return mention(text, start, end, reason)
    if plan := _PLAN.match(text, start):
        reason = "name" if names.in_title(text, start) else "period"
        return mention(text, start, plan.end(), reason)
    is_calendar = UNITS[unit].kind == "calendar" if unit else end - start == 4
    if is_calendar and (dated := _DATE.match(text, start)):
        return date_mention(text, start, dated.end())
    if unit:
        return None
    if found := names.slogan(*place):
        return found
    ratio = _RATIO.match(text, start) if text[end : end + 1] == "比" else None
    return mention(text, start, ratio.end(), "name") if ratio else None
