"""Intervals: the lowest and the highest value that the printed words allow, in the printed unit.

Rounding follows the rule of XBRL Calculations 1.1: a rounded number stands for all values that
round to it, i.e. half a unit of its last printed digit to either side. Counts and plain money
are exact; shares, points, ratios, and whatever carries a multiplier or decimals are rounded,
unless a text sets them (a target of 60% is 60%).
"""

from decimal import Decimal

Bounds = tuple[Decimal | None, Decimal | None]
"""Low and high end; None is unbounded."""

_HALF = Decimal("0.5")


def last_digit(value: Decimal) -> Decimal:
    """One unit of the last printed digit: 51.91 -> 0.01, 37 -> 1."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def last_significant_digit(value: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 3000 -> 1000, 130 -> 10, 0.50 -> 0.1, 0 -> 1."""
    return last_digit(value.normalize()) if value else Decimal(1)


def bounds(value: Decimal, qualifier: str, is_rounded: bool = False) -> Bounds:
    """Ends of the interval of a qualified number.

    qualifier: exact, about, nearly, over, at_least, more_than, at_most or less_than.
    is_rounded: whether an exact number stands for all that round to it.
    Raises ValueError for another qualifier: a range brings its own ends.
    """
    match qualifier:
        case "exact":
            margin = last_digit(value) * _HALF if is_rounded else Decimal(0)
            return value - margin, value + margin
        case "about":
            margin = last_significant_digit(value) * _HALF
            return value - margin, value + margin
        case "nearly":
            return value - last_significant_digit(value) * _HALF, value
        case "over":
            return value, value + last_significant_digit(value)
        case "at_least" | "more_than":
            return value, None
        case "at_most" | "less_than":
            return None, value
    raise ValueError(f"qualifier {qualifier!r} has no rule; a range brings its own ends")


def is_rounded(value: Decimal, unit_code: str, kind: str, has_multiplier: bool) -> bool:
    """Whether a measured number of this unit stands for all that round to it.

    kind: kind of the unit. Money in plain 元 is exact to its last printed digit, decimals or not.
    """
    if kind in ("share", "points", "ratio") or has_multiplier:
        return True
    return last_digit(value) < 1 and not (kind == "money" and unit_code.startswith("元"))
