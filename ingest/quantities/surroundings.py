"""Surroundings: reads a number with its unit together with the words on either side of it.

Qualifiers (约, 以上), denominators in front (每天 … 8元), names of plans behind a duration
(三年|行动), periods told by a duration (近三年, 17年来) and one of several (三个地级市之一).
"""

import re
from typing import NamedTuple

from ingest.quantities import names, qualifiers
from ingest.quantities.labels import mention
from ingest.quantities.misprints import PARTIAL, parted
from ingest.quantities.readings import Mention, read_quantity
from ingest.quantities.units import EACH, NO_UNIT, UNITS, per_code


class Token(NamedTuple):
    """A number as the one pass takes it: the parts as printed, and where the last of them ends."""

    start: int
    end: int
    numeral: str
    scale: str
    between: str
    unit: str
    per: str


_EACH = re.compile(EACH)
_EACH_REACH = 16
_CLAUSE_REACH = 30
# 每个乡镇有1所 counts by township: these counters divide only what follows them at once.
_WEAK_COUNTERS = ("个", "项", "条", "场", "门", "名", "位", "所", "家", "份", "套", "次", "件")
_VERB = re.compile(r"[\u4e00-\u9fff]{0,2}")
DIVISIBLE = frozenset(("count", "money", "measure"))
"""Kinds of units that 每… in front of the number divides."""

_CLAUSE_DENOMINATORS = frozenset(
    (
        "年",
        "学年",
        "学期",
        "月",
        "周",
        "天",
        "日",
        "季度",
        "百户",
        "千人",
        "万人",
        "十万人",
        "百生",
        "百名",
        "百人",
        "千生",
        "千名",
        "百幼儿",
        "百儿童",
    )
)
# 每年就业稳定在60万人 tells a level, not so many a year.
_LEVEL_VERBS = ("稳定在", "保持在", "维持在", "控制在")
_DURATIONS = frozenset(("年", "月", "学年", "学期", "周", "天", "小时", "分钟", "日", "刻钟"))
_LONG_DURATIONS = frozenset(("年", "月", "学年", "学期"))
_PERIOD_BEFORE = ("近", "最近", "过去", "未来", "今后", "为期", "有效期", "有效期为", "期限", "这")
_PERIOD_BEHIND = re.compile(r"以?来|之?内|以内|期间|间")
# 前三名 and 前10强 tell a rank.
_RANKS = frozenset(("名", "位", "强"))
_ONE_OF = "之一"
_ONE_OF_REACH = 10
_PAUSES = frozenset("，,。；;：:、\n")
_CLAUSE_ENDS = frozenset("，,。；;：:\n")
_NOT_MANY = frozenset("次个方元样种功层边媒")
_GREAT_POWERS = frozenset("万亿萬億")
_INFIXES = ("多", "余", "半")
_TIME_KINDS = frozenset(("time", "calendar"))
_SPACES = " \u00a0\u3000"


def denominator(text: str, start: int, floor: int, kind: str) -> tuple[str, int]:
    """Code of 每… in front of the number, and where it begins; ('', start) where there is none.

    每生每年 … 1000元 divides what follows at once or behind a verb; a count is divided by the
    time or the population that opens its clause too (每年完成培养计划400名 is 400 in 名/年).
    """
    at = text.rfind("每", start - _CLAUSE_REACH if start > _CLAUSE_REACH else 0, start)
    if at < 0:
        return "", start
    if (earlier := text.rfind("每", max(floor, at - 4), at)) >= 0 and _EACH.match(text, earlier):
        at = earlier
    found = _EACH.match(text, at, start)
    if not found:
        return "", start
    per, rest = per_code(found[0]), text[found.end() : start].strip(_SPACES)
    if at >= floor and start - at <= _EACH_REACH and _divides(found[0], rest, kind):
        return per, at
    is_clause = per in _CLAUSE_DENOMINATORS and _CLAUSE_ENDS.isdisjoint(rest)
    if kind == "count" and is_clause and not rest.endswith(_LEVEL_VERBS):
        return per, start
    return "", start


def _divides(each: str, rest: str, kind: str) -> bool:
    """Whether 每… divides the number from which `rest` parts it."""
    if not rest:
        return True
    is_near = _VERB.fullmatch(rest) is not None or qualifiers.is_phrase(rest)
    return is_near and (kind == "money" or not each.endswith(_WEAK_COUNTERS))


def _is_period(text: str, start: int, end: int, unit_code: str) -> bool:
    if unit_code not in _LONG_DURATIONS:
        return False
    before = text[max(0, start - 4) : start].rstrip(_SPACES)
    return before.endswith(_PERIOD_BEFORE) or _PERIOD_BEHIND.match(text, end) is not None


def _named(text: str, token: Token, floor: int, kind: str, unit_code: str) -> Mention | None:
    """The mention as part of a name, of a period or as one of several; None where it is none."""
    start, end = token.start, token.end
    if found := names.slogan(text, start, end, floor):
        return found
    if unit_code in _DURATIONS:
        if reason := _duration_reason(text, token, floor, unit_code):
            return mention(text, start, end, reason)
    elif unit_code in names.HEADS or text[end : end + 1] == "级":
        if reason := _graded(text, token, unit_code, kind):
            return mention(text, start, end, reason)
    if names.in_title(text, start):
        return mention(text, start, end, "quantity_in_name")
    if kind == "count":
        if unit_code in _RANKS and text[start - 1 : start] == "前":
            return mention(text, start, end, "ordinal")
        at = text.find(_ONE_OF, end, end + _ONE_OF_REACH)
        if at >= 0 and _PAUSES.isdisjoint(text[end:at]):
            return mention(text, start, end, "ordinal")
    return None


def _graded(text: str, token: Token, unit_code: str, kind: str) -> str:
    """Reason of 二级医院 and 十次全会 by the noun, of 百亿级 and 30万千瓦级 by their 级."""
    if unit_code in names.HEADS and (reason := names.head_reason(text, token.end, unit_code)):
        return reason
    is_size = kind in ("measure", "money") or (token.scale and not token.unit)
    if is_size and text[token.end : token.end + 1] == "级":
        return "quantity_in_name"
    has_power = unit_code == "级" and token.numeral[-1:] in _GREAT_POWERS
    return "quantity_in_name" if has_power or (unit_code == "级" and token.scale) else ""


def _duration_reason(text: str, token: Token, floor: int, unit_code: str) -> str:
    start, end = token.start, token.end
    if reason := names.head_reason(text, end, "duration"):
        return reason
    if names.quoted(text, start, end, floor) == (start, end):
        return "quantity_in_name"
    return "period" if _is_period(text, start, end, unit_code) else ""


def _in_unit(text: str, token: Token, kind: str) -> tuple[str, bool, int]:
    """Word inside or behind the unit, whether a half is added, and where the mention ends.

    三个多月 and 3年多 are over, 一个半小时 and 两年半 add a half.
    """
    unit, end = token.unit, token.end
    between = token.between or (unit[1] if unit[1:2] in _INFIXES else "")
    if kind in _TIME_KINDS:
        behind = text[end : end + 2]
        if behind[:1] == "半" and behind[1:] not in ("数", "年", "天"):
            return "", True, end + 1
        if behind[:1] == "多" and behind[1:] not in _NOT_MANY:
            return between or "多", False, end
    return between, between == "半", end


def quantity(text: str, token: Token, floor: int, *, is_power: bool = False) -> Mention | None:
    """The mention of a number with its surroundings; None where the numeral is malformed.

    floor: end of the mention before. is_power: whether the numeral is a bare 百, 千 or 万, which
    is a number only with a qualifier (上千, 近百, 千余).
    """
    start, end, numeral, scale, between, unit, per = token
    known = UNITS[unit] if unit else NO_UNIT
    kind = known.kind
    if not is_power and (named := _named(text, token, floor, kind, known.code)):
        return named
    half, front_end = False, start
    if kind in _TIME_KINDS or len(unit) > 2:
        between, half, end = _in_unit(text, token, kind)
    if per:
        per = per_code(per)
    elif kind in DIVISIBLE:
        per, front_end = denominator(text, start, floor, kind)
    qualifier = qualifiers.around(text, start, end, floor, between, is_power=is_power)
    if front_end < start and qualifier == "exact":
        qualifier = qualifiers.before(text, front_end, floor)
    if is_power and qualifier == "exact":
        return None
    reading = read_quantity(numeral, scale, unit, per, qualifier, half)
    if reading and reading.unit_code in PARTIAL:
        reading = parted(reading, numeral)
    return Mention(start, end, text[start:end], reading) if reading else None
