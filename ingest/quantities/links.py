"""Links: what neighbouring numbers share. Ranges (80%-90%), compounds (2亿3000万) and lists.

A list hands its last unit back to the numbers without one: 100、200、300名 are three counts in 名.
"""

from decimal import Decimal

from ingest.quantities.readings import Mention, Reading
from ingest.quantities.surroundings import DIVISIBLE, denominator
from ingest.quantities.units import multiplier

_RANGE_SIGNS = frozenset("-‐‑–—―－−~～〜∼至到─") | {"——", "--", "－－", "~~", "～～", "──"}
_LIST_SIGNS = frozenset("、和与及或") | {"以及", "、和"}
_LONGEST_GAP = 6
# What grows by joining must stay short: copying it at every step costs more and more.
_LONGEST_JOINED = 60


def is_bare(mention: Mention) -> bool:
    """Whether a number stands without unit and multiplier."""
    reading = mention.reading
    return not reading.unit_code and reading.form in ("quantity", "range")


def link(text: str, found: list[Mention], new: Mention) -> Mention | None:
    """What the last mention of `found` and the one behind it make together; None if nothing.

    Mentions before the last that form a list with it get the unit of `new`, in place.
    """
    last = found[-1]
    if new.char_start - last.char_end > _LONGEST_GAP:
        return None
    if new.char_end - last.char_start > _LONGEST_JOINED:
        return None
    sign = text[last.char_end : new.char_start].strip(" \u00a0\u3000\r\n")
    if sign in _RANGE_SIGNS:
        floor = found[-2].char_end if len(found) > 1 else 0
        return _range(text, last, new, floor)
    if sign in _LIST_SIGNS:
        _share(text, found, new)
    elif not sign and last.char_end == new.char_start:
        return _compound(text, last, new)
    return None


def _joined(text: str, first: Mention, last: Mention, reading: Reading) -> Mention:
    start, end = first.char_start, last.char_end
    return Mention(start, end, text[start:end], reading)


def _range(text: str, first: Mention, last: Mention, floor: int) -> Mention | None:
    low, high = first.reading, last.reading
    if is_bare(first) and high.reason in ("ordinal", "period", "date"):
        return _joined(text, first, last, high)
    if high.reason and high.reason == low.reason in ("ordinal", "period", "date"):
        return _joined(text, first, last, high)
    if low.value is None or high.value is None or low.reason or high.reason:
        return None
    if not _may_begin_range(text, first):
        return None
    code = _divided_alike(low, high)
    base = code.removeprefix(high.scale)
    low_base = low.unit_code.removeprefix(low.scale)
    if low_base not in ("", base):
        return None
    start, end, scale = low.value, high.value, high.scale
    if low.scale != high.scale and (low.scale or low_base or start >= end):
        # 8000万至1亿元: both ends in the smaller unit.
        smaller = min(low.scale, high.scale, key=multiplier)
        start *= multiplier(low.scale) / multiplier(smaller)
        end *= multiplier(high.scale) / multiplier(smaller)
        code, scale = smaller + base, smaller
    if start >= end:
        return None
    if low.kind == "" and high.kind in DIVISIBLE and "/" not in code:
        per, _ = denominator(text, first.char_start, floor, high.kind)
        code = f"{code}/{per}" if per else code
    reading = high._replace(
        form="range", value=None, low=start, high=end, unit_code=code, scale=scale,
        qualifier="range",
    )  # fmt: skip
    return _joined(text, first, last, reading)


def _divided_alike(low: Reading, high: Reading) -> str:
    """Unit of the end of 每人每月200元至700元, where the beginning has it: 元/人·月."""
    base, stroke, per = low.unit_code.removeprefix(low.scale).partition("/")
    if not stroke or high.unit_code.removeprefix(high.scale) != base:
        return high.unit_code
    return f"{high.unit_code}/{per}"


def _may_begin_range(text: str, first: Mention) -> bool:
    """从5所到10所 and 由5%至8% tell a change with two values, not a range."""
    before = text[max(0, first.char_start - 2) : first.char_start]
    return not before.rstrip().endswith(("从", "由"))


def _compound(text: str, first: Mention, last: Mention) -> Mention | None:
    """2亿3000万元 is 23000 in 万元."""
    high, low = first.reading, last.reading
    if high.value is None or low.value is None or high.reason or low.reason:
        return None
    factor = multiplier(high.scale) / multiplier(low.scale)
    if not high.scale or high.unit_code != high.scale or factor <= low.value:
        return None
    value: Decimal = high.value * factor + low.value
    ends = (low.low is not None and value, low.high is not None and value)
    if low.qualifier != "exact" or high.qualifier != "exact":
        return None
    reading = low._replace(value=value, low=ends[0] or value, high=ends[1] or value)
    return _joined(text, first, last, reading)


def _share(text: str, found: list[Mention], new: Mention) -> None:
    """Hands the unit of `new` back along the list of numbers without one."""
    shared = new.reading
    if not shared.unit_code and shared.reason not in ("ordinal", "period", "date"):
        return
    at, behind = len(found) - 1, new
    while at >= 0 and is_bare(found[at]):
        earlier = found[at]
        gap = text[earlier.char_end : behind.char_start].strip(" \u00a0\u3000\r\n")
        if gap not in _LIST_SIGNS:
            return
        if shared.reason:
            reading = Reading(shared.form, shared.reason)
        else:
            reading = earlier.reading._replace(
                unit_code=shared.unit_code, scale=shared.scale, kind=shared.kind,
                is_rounded=shared.is_rounded,
            )  # fmt: skip
        found[at] = earlier._replace(reading=reading)
        at, behind = at - 1, earlier
