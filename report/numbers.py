"""Numbers as readers of each language expect them, with their interval and exact value.

Values and bounds are in the indicator's base unit; an empty bound means unbounded, an empty
value means that only the bounds are known (data model, `figures.value`).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from report.words import Language

TEN_THOUSAND: Final = Decimal(10_000)
# From here on Chinese readers expect 万, and English ones a million.
LARGE_IN_CHINESE: Final = Decimal(100_000)
LARGE_IN_A_TABLE: Final = Decimal(10_000_000)
LARGE_IN_ENGLISH: Final = Decimal(1_000_000)
HUNDRED_MILLION: Final = Decimal(100_000_000)
MOST_DECIMALS: Final = 2
DECIMALS_OF_A_BOUND: Final = 4
MINUS: Final = "−"
REMEMBERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its bounds, in the base unit of `unit_code`."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit_code: str

    @property
    def is_missing(self) -> bool:
        """Whether nothing at all is known."""
        return self.value is None and self.low is None and self.high is None

    @property
    def middle(self) -> Decimal | None:
        """The value, else the middle of both bounds, else the one bound; for charts and order."""
        if self.value is not None:
            return self.value
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.low if self.low is not None else self.high


@lru_cache(maxsize=REMEMBERED)
def plain(number: Decimal, decimals: int | None = None) -> str:
    """A number with thousands separators; `decimals` None keeps what it has without end zeros."""
    if decimals is None:
        number = number.normalize()
        decimals = max(0, -int(number.as_tuple().exponent))
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:,.{decimals}f}".replace("-", MINUS)


def short(quantity: Quantity, language: Language, scale: Decimal | None = None) -> str:
    """The quantity as a reader's eye takes it in, without its unit; `—` is left to the caller.

    `scale` fixes the unit of a whole column (10 000 for 万); None chooses by the number itself.
    """
    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None:
        if low is not None and high is not None:
            return f"{_scaled(low, language, scale)}{_dash(language)}" + _scaled(
                high, language, scale
            )
        bound = low if low is not None else high
        return "" if bound is None else _sign(low, high) + _scaled(bound, language, scale)
    decimals = _decimals(quantity)
    if low is None or high is None:
        return _sign(low, high) + _scaled(value, language, scale)
    if value in (low, high) and low != high and _is_wide(quantity):
        return f"{_scaled(low, language, scale)}{_dash(language)}{_scaled(high, language, scale)}"
    return _scaled(value, language, scale, decimals)


def interval(quantity: Quantity, language: Language) -> str:
    """`±0.005` or `392,659–392,699` where the value is inexact as it is shown, else nothing."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None or low is None or high is None or low == high:
        return ""
    if value in (low, high) and _is_wide(quantity):
        return ""
    decimals = _decimals(quantity)
    if decimals is not None and plain(low, decimals) == plain(high, decimals):
        return ""
    if value - low == high - value:
        return f"±{plain(high - value)}"
    return f"{_bound(low)}{_dash(language)}{_bound(high)}"


def exact(quantity: Quantity, language: Language) -> str:
    """Everything that is known, for a title: the unrounded value and its bounds."""
    value, low, high = quantity.value, quantity.low, quantity.high
    known = "" if value is None else plain(value)
    if value is not None and low == high == value:
        return known
    bounds = _both_bounds(low, high, language)
    return f"{known} [{bounds}]" if known and bounds else known or bounds


def machine_readable(quantity: Quantity) -> str:
    """The value without any formatting; of a mere range both ends, as `80/90`."""
    if quantity.value is not None:
        return _unformatted(quantity.value)
    ends = (quantity.low, quantity.high)
    return "/".join("" if end is None else _unformatted(end) for end in ends)


def _unformatted(number: Decimal) -> str:
    return f"{number.normalize():f}"


def round_number(number: Decimal, language: Language, largest: Decimal) -> str:
    """A round number on an axis whose largest is given: 20 million, 7.5万, 25."""
    scale = _scale_of(largest, language) if number else Decimal(1)
    words = {("zh", TEN_THOUSAND): "万", ("zh", HUNDRED_MILLION): "亿", ("en", Decimal(1)): ""}
    word = words.get((language, scale), "" if scale == 1 else " million")
    return plain(number / scale) + word


def column_scale(quantities: list[Quantity], language: Language) -> Decimal | None:
    """One scale for a column of a table, which shows exact numbers while they can be read.

    Beyond ten million Chinese readers expect 万; an English table keeps every digit.
    """
    if language == "en":
        return Decimal(1)
    sizes = [abs(q.middle) for q in quantities if q.middle is not None]
    return TEN_THOUSAND if sizes and max(sizes) >= LARGE_IN_A_TABLE else Decimal(1)


def _decimals(quantity: Quantity) -> int | None:
    """Decimals that the interval's width allows, at most two; None where the value is exact."""
    low, high = quantity.low, quantity.high
    if low is None or high is None or low == high:
        return None
    return min(MOST_DECIMALS, max(0, -(high - low).normalize().adjusted()))


def _is_wide(quantity: Quantity) -> bool:
    """Whether one end is the value and the other far off (`over 5000` is 5000 to 6000)."""
    low, high = quantity.low, quantity.high
    if low is None or high is None:
        return False
    return high - low > abs(high) / 1000


def _scaled(
    number: Decimal, language: Language, scale: Decimal | None, decimals: int | None = None
) -> str:
    if scale is None:
        scale = _scale_of(number, language)
    if scale == 1:
        shown = min(decimals if decimals is not None else 9, _most_decimals(number))
        return plain(number, shown) if decimals is not None else plain(_rounded(number))
    words = {("zh", TEN_THOUSAND): "万", ("zh", HUNDRED_MILLION): "亿"}
    word = words.get((language, scale), " million")
    return plain((number / scale), MOST_DECIMALS) + word


def _scale_of(number: Decimal, language: Language) -> Decimal:
    size = abs(number)
    if language == "en":
        return LARGE_IN_ENGLISH if size >= LARGE_IN_ENGLISH else Decimal(1)
    if size >= HUNDRED_MILLION:
        return HUNDRED_MILLION
    return TEN_THOUSAND if size >= LARGE_IN_CHINESE else Decimal(1)


def _most_decimals(number: Decimal) -> int:
    return MOST_DECIMALS if number % 1 or abs(number) < 1000 else 0


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _bound(number: Decimal) -> str:
    if abs(number) >= 1000:
        return plain(number, 0)
    return plain(number.quantize(Decimal(1).scaleb(-DECIMALS_OF_A_BOUND), rounding=ROUND_HALF_UP))


def _dash(language: Language) -> str:
    return "～" if language == "zh" else "–"


def _sign(low: Decimal | None, high: Decimal | None) -> str:
    if low is None and high is None:
        return ""
    return "≤ " if low is None else "≥ "


def _both_bounds(low: Decimal | None, high: Decimal | None, language: Language) -> str:
    if low is not None and high is not None:
        return f"{plain(low)}{_dash(language)}{plain(high)}"
    bound = low if low is not None else high
    return "" if bound is None else _sign(low, high) + plain(bound)
