"""Numbers that are worked out in short decimals come out as in long ones, digit for digit."""

from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.macros.rendered import macros

MACROS = macros()
MILLIONTH = Decimal("0.000001")
# The longest value that fits into 18 digits of which six are decimals, and the next one.
LONGEST_SHORT = Decimal("999999999999.999999")
EDGES = [LONGEST_SHORT, LONGEST_SHORT + MILLIONTH, Decimal(0), Decimal("0.005"), Decimal("999.995")]
VALUES = [*EDGES, *(-edge for edge in EDGES), None]

values = st.lists(
    st.one_of(
        st.decimals(-(10**6), 10**6, places=6),
        st.decimals(-(10**17), 10**17, places=6),
        st.sampled_from(VALUES),
    ),
    min_size=50,
    max_size=200,
)
multipliers = (1, 7, 60, 1000, 10_000, 10**8, 10**11, "0.1", "0.01", "666.666667")


def ask(rows: list[tuple[Decimal | None, ...]], *asked: str) -> list[tuple[object, ...]]:
    """The expressions asked of every row of values x and multipliers m."""
    given = ", ".join(
        f"(cast({'null' if x is None else f'{x:f}'} as decimal(24, 6)),"
        f" cast({m} as decimal(18, 6)))"
        for x, m in rows
    )
    with duckdb.connect() as connection:
        return connection.execute(
            f"select {', '.join(asked)} from (values {given}) as given (x, m)"  # noqa: S608
        ).fetchall()


@settings(max_examples=8, deadline=None)
@given(values)
def test_a_short_decimal_is_worked_out_as_a_long_one(drawn: list[Decimal | None]) -> None:
    templates = {
        "cast({} as varchar)": 0,
        "cast(round({}, 2) as varchar)": 0,
        "cast(floor({} * 100) / 100 as decimal(24, 2))": 2,
        "cast(ceil({} * 1) / 1 as decimal(24, 0))": 0,
        "cast(round({}, 0) as decimal(24, 0))": 0,
    }
    short = [MACROS.in_short_decimals(each, "x", longer) for each, longer in templates.items()]
    long = [template.replace("{}", "x") for template in templates]
    for row in ask([(value, Decimal(1)) for value in drawn], *short, *long):
        assert row[: len(templates)] == row[len(templates) :]


@settings(max_examples=8, deadline=None)
@given(values)
def test_a_number_is_read_without_zeros_at_its_end(drawn: list[Decimal | None]) -> None:
    rows: list[tuple[Decimal | None, ...]] = [(value, Decimal(1)) for value in drawn]
    found = ask(rows, MACROS.plain_number("x"), MACROS.readable_number("x"))
    for (value, _), (plain, readable) in zip(rows, found, strict=True):
        if value is None:
            assert (plain, readable) == (None, None)
            continue
        places = Decimal("0.01") if abs(value) >= 1000 else Decimal("0.0001")
        assert Decimal(str(plain)) == value
        assert Decimal(str(readable)) == value.quantize(places, ROUND_HALF_UP)
        for words in (str(plain), str(readable)):
            assert not ("." in words and words.endswith(("0", ".")))


@pytest.mark.parametrize("multiplier", multipliers)
def test_a_value_in_its_base_unit_is_rounded_at_most_once(multiplier: int | str) -> None:
    drawn = [Decimal(9973 * number).scaleb(-(number % 7)) for number in range(-100, 100)]
    rows: list[tuple[Decimal | None, ...]] = [
        *((value, Decimal(multiplier)) for value in drawn),
        (None, Decimal(multiplier)),
    ]
    found = ask(rows, MACROS.in_base_unit("x", "m"))
    for (value, _), (converted,) in zip(rows, found, strict=True):
        expected = (
            None
            if value is None
            else (value * Decimal(multiplier)).quantize(MILLIONTH, ROUND_HALF_UP)
        )
        assert converted == expected
