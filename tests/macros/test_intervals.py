"""Derived intervals hold every result that the printed ones allow, and no more than rounding adds.

References are exact fractions and the corners of Moore's interval arithmetic; an end of None is
unbounded, and an unbounded end times zero is zero.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor
from random import Random

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.macros.rendered import CompilerError, macros

Interval = tuple[Decimal | None, Decimal | None]

MACROS = macros()
MILLION = 10**6
ROWS = 250

# Hypothesis draws the seed, and one query answers all the rows that grow from it.
seeds = st.integers(0, 2**32 - 1).map(Random)
rounds = settings(max_examples=8, deadline=None)


def a_number(random: Random) -> Decimal:
    """A number as a document may state it: often small, whole or zero."""
    shape = random.randrange(4)
    if shape == 0:
        return Decimal(random.randint(-3, 3))
    if shape == 1:
        return Decimal(random.randint(-10_000, 10_000)) / 1000
    return Decimal(random.randint(-(10**15), 10**15)) / MILLION


def a_scale(random: Random) -> Decimal:
    """A scale of at most three decimals, above zero."""
    drawn = Decimal(random.randint(1, 10**8)) / 1000
    return random.choice([Decimal(1), Decimal(100), Decimal("0.01"), drawn])


def an_interval(random: Random) -> Interval:
    """An interval whose ends may touch zero, coincide or be open."""
    low, high = sorted([a_number(random), a_number(random)])
    shape = random.choice(["closed", "closed", "closed", "point", "low", "high", "all"])
    return (
        None if shape in ("low", "all") else low,
        low if shape == "point" else None if shape in ("high", "all") else high,
    )


def a_positive_interval(random: Random) -> Interval:
    """An interval above zero, sometimes without an upper end."""
    low, high = sorted(abs(a_number(random)) + Decimal("0.000001") for _ in range(2))
    return low, None if random.randrange(4) == 0 else high


def a_point(random: Random, interval: Interval) -> Fraction:
    """A number of an interval; an open end is cut a thousand further out."""
    low, high = interval
    start = Fraction(low) if low is not None else Fraction(high or 0) - 1000
    stop = Fraction(high) if high is not None else Fraction(start) + 1000
    return start + Fraction(random.randint(0, 1000), 1000) * (stop - start)


def ask(
    columns: Sequence[str], rows: Sequence[Sequence[Decimal | None]], *asked: str
) -> list[tuple[Decimal | bool | None, ...]]:
    """The expressions asked of every row, all rows in one query."""
    values = ", ".join(
        "("
        + ", ".join(
            "null" if cell is None else f"cast('{cell:f}' as decimal(33, 9))" for cell in row
        )
        + ")"
        for row in rows
    )
    with duckdb.connect() as connection:
        return connection.execute(
            f"select {', '.join(asked)} from (values {values}) as t({', '.join(columns)})"  # noqa: S608
        ).fetchall()


def rounded_down(exact: Fraction | None) -> Fraction | None:
    return None if exact is None else kept(Fraction(floor(exact * MILLION), MILLION))


def rounded_up(exact: Fraction | None) -> Fraction | None:
    return None if exact is None else kept(Fraction(ceil(exact * MILLION), MILLION))


def kept(end: Fraction) -> Fraction | None:
    """An end too large for a value leaves the interval open."""
    return end if abs(end) < 10**18 else None


def as_fraction(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def holds(low: object, high: object, result: Fraction) -> bool:
    """Whether a derived interval holds a true result."""
    low_end, high_end = as_fraction(low), as_fraction(high)
    return (low_end is None or low_end <= result) and (high_end is None or result <= high_end)


def hull(corners: Sequence[float | Fraction]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest corner; an infinite one is an open end."""
    low, high = min(corners), max(corners)
    return (
        low if isinstance(low, Fraction) else None,
        high if isinstance(high, Fraction) else None,
    )


def extended(interval: Interval) -> tuple[float | Fraction, float | Fraction]:
    low, high = interval
    return (
        float("-inf") if low is None else Fraction(low),
        float("inf") if high is None else Fraction(high),
    )


def divided(a: float | Fraction, b: float | Fraction, scale: Fraction) -> float | Fraction:
    if isinstance(a, float):
        return a
    return Fraction(0) if isinstance(b, float) else a / b * scale


def times(a: float | Fraction, b: float | Fraction) -> float | Fraction:
    if 0 in (a, b):
        return Fraction(0)
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a * b
    return float("inf") if (a > 0) == (b > 0) else float("-inf")


# A quotient that is too large at both ends.
@example(Random(309700))  # noqa: S311
@rounds
@given(seeds)
def test_a_quotient_lies_between_its_corners(random: Random) -> None:
    rows = [
        (an_interval(random), a_positive_interval(random), a_scale(random)) for _ in range(ROWS)
    ]
    found = ask(
        ["nl", "nh", "dl", "dh", "scale"],
        [(*over, *under, scale) for over, under, scale in rows],
        MACROS.quotient_low("nl", "dl", "dh", "scale"),
        MACROS.quotient_high("nh", "dl", "dh", "scale"),
    )
    for (over, under, scale), (low, high) in zip(rows, found, strict=True):
        corners = [
            divided(n, d, Fraction(scale)) for n, d in product(extended(over), extended(under))
        ]
        exact_low, exact_high = hull(corners)
        assert as_fraction(low) == rounded_down(exact_low)
        assert as_fraction(high) == rounded_up(exact_high)
        result = a_point(random, over) / a_point(random, under) * Fraction(scale)
        assert holds(low, high, result)


@rounds
@given(seeds)
def test_a_product_lies_between_its_corners(random: Random) -> None:
    rows = [(an_interval(random), an_interval(random), a_scale(random)) for _ in range(ROWS)]
    ends = ("al", "ah", "bl", "bh", "scale")
    found = ask(
        ends,
        [(*a, *b, scale) for a, b, scale in rows],
        MACROS.product_low(*ends),
        MACROS.product_high(*ends),
    )
    for (a, b, scale), (low, high) in zip(rows, found, strict=True):
        corners = [
            divided(times(x, y), Fraction(scale), Fraction(1))
            for x, y in product(extended(a), extended(b))
        ]
        exact_low, exact_high = hull(corners)
        assert as_fraction(low) == rounded_down(exact_low)
        assert as_fraction(high) == rounded_up(exact_high)
        assert holds(low, high, a_point(random, a) * a_point(random, b) / Fraction(scale))


@rounds
@given(seeds)
def test_a_sum_is_rounded_outwards_and_by_less_than_a_millionth(random: Random) -> None:
    rows = [(a_number(random), a_number(random), a_scale(random)) for _ in range(ROWS)]
    total = "cast(first as decimal(24, 6)) + cast(second as decimal(24, 6))"
    found = ask(
        ["first", "second", "scale"],
        rows,
        MACROS.scaled_sum(f"({total})", "scale", "down"),
        MACROS.scaled_sum(f"({total})", "scale", "nearest"),
        MACROS.scaled_sum(f"({total})", "scale", "up"),
    )
    for (first, second, scale), (low, middle, high) in zip(rows, found, strict=True):
        exact = (Fraction(first) + Fraction(second)) / Fraction(scale)
        assert as_fraction(low) == rounded_down(exact)
        assert as_fraction(high) == rounded_up(exact)
        assert abs(Fraction(str(middle)) - exact) <= Fraction(1, 2 * MILLION)


@rounds
@given(seeds)
def test_a_coefficient_multiplies_and_rounds_outwards(random: Random) -> None:
    weights = [Decimal(1), Decimal(-1), Decimal(100), Decimal(random.randint(-9999, 9999)) / 1000]
    rows = [(a_number(random), random.choice(weights)) for _ in range(ROWS)]
    value = "cast(number as decimal(24, 6))"
    found = ask(
        ["number", "weight"],
        rows,
        MACROS.weighted(value, "weight", "down"),
        MACROS.weighted(value, "weight", "nearest"),
        MACROS.weighted(value, "weight", "up"),
    )
    for (number, weight), (low, middle, high) in zip(rows, found, strict=True):
        exact = Fraction(number) * Fraction(weight)
        assert as_fraction(low) == rounded_down(exact)
        assert as_fraction(high) == rounded_up(exact)
        assert abs(Fraction(str(middle)) - exact) <= Fraction(1, 2 * MILLION)


@pytest.mark.parametrize("rounding", ["down", "nearest", "up"])
def test_a_guess_that_lies_beside_a_whole_millionth_is_decided_exactly(rounding: str) -> None:
    """Quotients that a floating-point number can't tell from the millionth that they miss."""
    numerators = [Decimal(n) for n in (1, 3, 7)]
    denominators = [Decimal(d) for d in (3, 7, 10**9, 10**9 - 1, 999_999_937)]
    scales = [Decimal(1), Decimal(100), Decimal(99999), Decimal("0.001")]
    rows = list(product(numerators, denominators, scales))
    rows += [(n * d, d, scale) for n, d, scale in rows]
    found = ask(["n", "d", "scale"], rows, MACROS.quotient("n", "d", "scale", rounding))
    halves = {"down": Fraction(0), "nearest": Fraction(1, 2), "up": Fraction(0)}
    for (n, d, scale), (result,) in zip(rows, found, strict=True):
        exact = Fraction(n) / Fraction(d) * Fraction(scale) * MILLION
        whole = ceil(exact) if rounding == "up" else floor(exact + halves[rounding])
        assert as_fraction(result) == Fraction(whole, MILLION)


@rounds
@given(seeds)
def test_two_intervals_overlap_exactly_where_there_is_no_gap_between_them(random: Random) -> None:
    rows = [(an_interval(random), an_interval(random)) for _ in range(ROWS)]
    ends = ("al", "ah", "bl", "bh")
    found = ask(
        ends,
        [(*a, *b) for a, b in rows],
        MACROS.intervals_overlap(*ends),
        MACROS.interval_gap(*ends),
        MACROS.touches_zero("al", "ah"),
    )
    for (a, b), (overlap, gap, touches_zero) in zip(rows, found, strict=True):
        (a_low, a_high), (b_low, b_high) = extended(a), extended(b)
        distance = Fraction(str(gap))
        assert overlap is (a_low <= b_high and b_low <= a_high)
        assert (distance == 0) is overlap
        assert (distance > 0) is (a_low > b_high)
        assert a_low - distance <= b_high, "moved by the gap, the two touch"
        assert b_low <= a_high - distance, "moved by the gap, the two touch"
        assert touches_zero is (a_low <= 0 <= a_high)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("46927.000000", "46927"),
        ("1208967.500000", "1208967.5"),
        ("-12.000000", "-12"),
        ("0.000000", "0"),
        ("100.000000", "100"),
    ],
)
def test_a_number_in_a_sentence_has_no_trailing_zeros(number: str, words: str) -> None:
    expression = MACROS.plain_number(f"cast('{number}' as decimal(24, 6))")
    with duckdb.connect() as connection:
        assert connection.execute(f"select {expression}").fetchone() == (words,)


def test_a_way_of_rounding_that_does_not_exist_is_a_compiler_error() -> None:
    with pytest.raises(CompilerError, match="write down, up or nearest"):
        MACROS.whole_division("1", "2", "sideways")
