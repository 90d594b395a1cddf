"""How a number looks to a person: thousands apart, no idle zeros, its interval where it has one."""

from decimal import Decimal

from query.explanation import Amount


def number_text(value: object) -> str:
    """A number as people read it: 128,809 or 51.91; an empty one as a dash."""
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        digits = f"{value:,f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def amount_text(amount: Amount) -> str:
    """A value with its unit, and its interval where it is no single point."""
    low, high, unit = number_text(amount.low), number_text(amount.high), amount.unit_code
    if amount.is_exact or (amount.low is None and amount.high is None):
        return f"{number_text(amount.value)} {unit}"
    if amount.high is None:
        return f"≥ {low} {unit}"
    if amount.low is None:
        return f"≤ {high} {unit}"
    if amount.value is None:
        return f"[{low}, {high}] {unit}"
    return f"{number_text(amount.value)} {unit} [{low}, {high}]"
