"""Readings: what a mention says, and the mention itself.

A reading is shared by all mentions that print the same words in the same company; a mention adds
where they stand. Both are named tuples because a text of 50 MB holds over a million of them.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingest.quantities.intervals import Bounds, bounds, is_rounded
from ingest.quantities.numerals import read_number
from ingest.quantities.units import UNITS, scale_code

FORMS = ("quantity", "range", "ratio", "fraction", "period", "label")
"""What a mention is: the last two state no statistic."""

REASONS = (
    "list_index", "date", "period", "document_number", "proposal_number", "ordinal", "name",
    "slogan", "quantity_in_name", "page_number", "telephone", "condition", "idiom", "identifier",
)  # fmt: skip
"""Why a mention states no statistic, as far as its own words tell it."""


class Reading(NamedTuple):
    """What a mention says.

    form: one of FORMS. reason: one of REASONS, '' for what may be a statistic. value: in the
    unit, None for a range and where no number is meant. low, high: the interval of a number
    that is set, not measured; None is unbounded. unit_code: with its multiplier (scale), '' where
    none is printed. kind: kind of the unit. is_rounded: whether a measured number of this kind
    stands for all that round to it.
    """

    form: str
    reason: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit_code: str = ""
    scale: str = ""
    kind: str = ""
    qualifier: str = "exact"
    is_rounded: bool = False


class Mention(NamedTuple):
    """A number in a text: text[char_start:char_end] == printed, and what it says."""

    char_start: int
    char_end: int
    printed: str
    reading: Reading

    @property
    def form(self) -> str:
        """What the mention is: one of FORMS."""
        return self.reading.form

    @property
    def reason(self) -> str:
        """Why it states no statistic: one of REASONS, '' where it may state one."""
        return self.reading.reason

    @property
    def value(self) -> Decimal | None:
        """The number in the printed unit; None for a range and for what is no number."""
        return self.reading.value

    @property
    def value_low(self) -> Decimal | None:
        """Low end of what the words allow for a number that is set; None is unbounded."""
        return self.reading.low

    @property
    def value_high(self) -> Decimal | None:
        """High end of what the words allow for a number that is set; None is unbounded."""
        return self.reading.high

    @property
    def unit_code(self) -> str:
        """The printed unit with its multiplier (万人, 元/课时, %); '' where none is printed."""
        return self.reading.unit_code

    @property
    def qualifier(self) -> str:
        """How exact it is: exact, about, over, at_least, at_most, more_than, less_than, range."""
        return self.reading.qualifier

    @property
    def is_statistic(self) -> bool:
        """Whether its own words leave it open that it states a statistic."""
        return not self.reading.reason


def interval(mention: Mention, measured: bool) -> Bounds:
    """Low and high end of what the printed words allow, in the printed unit; None is unbounded.

    measured: True for an actual or a change, where a rounded number stands for all that round to
    it (51.91% is 51.905 to 51.915); False for a target, norm, cap or plan, exact as written.
    """
    reading = mention.reading
    value = reading.value
    if measured and reading.is_rounded and reading.qualifier == "exact" and value is not None:
        return bounds(value, "exact", is_rounded=True)
    return reading.low, reading.high


@lru_cache(maxsize=1 << 8)
def label(reason: str) -> Reading:
    """Reading of a mention that states no statistic."""
    return Reading("period" if reason in ("period", "date") else "label", reason)


@lru_cache(maxsize=1 << 16)
def read_quantity(
    numeral: str, scale: str, unit_form: str, per: str, qualifier: str, half: bool = False
) -> Reading | None:
    """Reading of a numeral with its multiplier, unit, denominator and qualifier; None if none.

    scale: multiplier as printed. unit_form: a form of units.csv or ''. per: code of a denominator.
    half: whether 半 stands with the unit (两年半).
    """
    number = read_number(numeral)
    if number is None:
        return None
    unit = UNITS[unit_form] if unit_form else None
    scale = number.scale + scale_code(scale)
    code, kind = (unit.code, unit.kind) if unit else ("", "")
    if number.share:
        if unit:
            return None
        code, kind = ("", "share") if number.share == "/" else (number.share, "share")
    unit_code = f"{scale}{code}/{per}" if per else scale + code
    value = number.value
    if value is None:
        low, high = number.low, number.high
        if qualifier in ("at_least", "more_than"):
            high = None
        elif qualifier in ("at_most", "less_than"):
            low = None
        return Reading("range", "", None, low, high, unit_code, scale, kind, "range")
    if half:
        value += Decimal("0.5")
    low, high = (value, value) if qualifier == "exact" else bounds(value, qualifier)
    return Reading(
        "fraction" if number.share == "/" else "quantity",
        "",
        value,
        low,
        high,
        unit_code,
        scale,
        kind,
        "about" if qualifier == "nearly" else qualifier,
        is_rounded(value, unit_code, kind, bool(scale)),
    )
