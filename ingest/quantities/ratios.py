"""Ratios, fractions and rates in digits: 600:1, 1∶19, 1/3, 14.5/10万."""

import re
from decimal import Decimal
from typing import Final

from ingest.quantities import qualifiers
from ingest.quantities.dates import GAP
from ingest.quantities.intervals import bounds
from ingest.quantities.labels import Place, mention
from ingest.quantities.numerals import DIGITS, read_number
from ingest.quantities.readings import Mention, Reading

_D = f"[{DIGITS}]"
_DECIMAL = rf"{_D}{{1,9}}(?:[.．]{_D}{{1,6}})?"
_RATIO = re.compile(
    rf"({_DECIMAL}){GAP}(?:[:：∶]|比){GAP}({_DECIMAL})((?:{GAP}[:：∶]{GAP}{_DECIMAL}){{0,4}})"
)
_CLOCK = re.compile(
    rf"(?:[01０１]?{_D}|2[0-4])[:：][0-5０-５]{_D}(?:[:：][0-5]{_D})?(?![{DIGITS}.．])"
)
_HALF_DAY = re.compile(r"[上下中]午|凌晨|[早晚]上?|午后|日$|[至到—–~～-]$")
_RATIO_WORD = re.compile(r"比[^，,。；;：:\d|]{0,6}\||\|.{0,3}比")
_FRACTION = re.compile(rf"({_D}{{1,6}})[/／]({_D}{{1,6}})(?![{DIGITS}/／])")
_RATE = re.compile(rf"({_DECIMAL})[/／](10|100|1|十|百)?万(?![{DIGITS}])")
_MANY: Final = {"10": "十万", "十": "十万", "100": "百万", "百": "百万", "1": "万", None: "万"}
_SIX_DECIMALS = Decimal("0.000001")


def _value(printed: str) -> Decimal:
    number = read_number(printed)
    return number.value if number and number.value is not None else Decimal(0)


def _mention(
    place: Place, end: int, form: str, value: Decimal, unit_code: str, *, is_rounded: bool
) -> Mention:
    """A ratio, fraction or rate with the qualifier around it; a quotient of ours is not rounded."""
    text, start = place.text, place.start
    qualifier = qualifiers.around(text, start, end, place.floor, "")
    low, high = bounds(value, qualifier)
    qualifier = "about" if qualifier == "nearly" else qualifier
    reading = Reading(
        form, "", value, low, high, unit_code,
        kind="ratio", qualifier=qualifier, is_rounded=is_rounded,
    )  # fmt: skip
    return Mention(start, end, text[start:end], reading)


def ratio(place: Place) -> Mention | None:
    """600:1 is 600 with the unit :1, 1∶19 is 19 with 1:, 8:30 is a time of day.

    Two other parts give their quotient with the unit :1, more than two give no value.
    """
    text, start = place.text, place.start
    found = _RATIO.match(text, start)
    if not found:
        return None
    end = found.end()
    clock = _CLOCK.match(text, start)
    if clock and _is_clock(text[max(0, start - 8) : start], found[1], text[end : end + 4]):
        return mention(text, start, clock.end(), "date")
    first, last = _value(found[1]), _value(found[2])
    if found[3] or not last:
        return Mention(start, end, text[start:end], Reading("ratio", kind="ratio"))
    if first == 1 and last != 1:
        return _mention(place, end, "ratio", last, "1:", is_rounded=True)
    if last == 1:
        return _mention(place, end, "ratio", first, ":1", is_rounded=True)
    value = (first / last).quantize(_SIX_DECIMALS)
    return _mention(place, end, "ratio", value, ":1", is_rounded=False)


def _is_clock(front: str, hour: str, back: str) -> bool:
    """Whether 8:30 is a time of day; 1:13 is one only behind 下午 and the like."""
    if hour == "1" and not _HALF_DAY.search(front):
        return False
    return not _RATIO_WORD.search(front + "|" + back)


def rate(place: Place) -> Mention | None:
    """14.5/10万: so many in a hundred thousand; the unit code is /十万."""
    found = _RATE.match(place.text, place.start)
    if not found:
        return None
    unit_code = f"/{_MANY[found[2]]}"
    return _mention(place, found.end(), "quantity", _value(found[1]), unit_code, is_rounded=True)


def fraction(place: Place) -> Mention | None:
    """1/3 as a share of one, to six decimals."""
    found = _FRACTION.match(place.text, place.start)
    if not found or not _value(found[2]):
        return None
    value = (_value(found[1]) / _value(found[2])).quantize(_SIX_DECIMALS)
    return _mention(place, found.end(), "fraction", value, "", is_rounded=False)
