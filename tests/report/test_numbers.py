"""Numbers and periods as readers of each language expect them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.numbers import Quantity, column_scale, exact, interval, plain, short
from report.periods import period_words, time_of, year_of


def quantity(value: str | None, low: str | None = "same", high: str | None = "same") -> Quantity:
    def number(text: str | None) -> Decimal | None:
        text = value if text == "same" else text
        return None if text is None else Decimal(text)

    return Quantity(number(value), number(low), number(high), "人")


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (quantity("46927"), "46,927", "46,927"),
        (quantity("128809"), "12.88万", "128,809"),
        (quantity("32255200", "32255150", "32255250"), "3,225.52万", "32.26 million"),
        (quantity("1208967.50"), "120.90万", "1.21 million"),
        (quantity("350000000"), "3.50亿", "350.00 million"),
        (quantity("51.9100", "51.905", "51.915"), "51.91", "51.91"),
        (quantity("92.0000", "91.995", "92.005"), "92.00", "92.00"),
        (quantity("94.7000", "94.65", "94.75"), "94.7", "94.7"),
        (quantity("70", "69.5", "70.5"), "70", "70"),
        (quantity("73.305220", "73.305220", "73.305221"), "73.31", "73.31"),
        (quantity("-119600", "-119650", "-119550"), "−11.96万", "−119,600"),
        (quantity("5000", "5000", "6000"), "5,000～6,000", "5,000–6,000"),
        (quantity(None, "80", "90"), "80～90", "80–90"),
        (quantity("90", "90", None), "≥ 90", "≥ 90"),
        (quantity("10.00", None, "10.00"), "≤ 10", "≤ 10"),
        (quantity(None, None, None), "", ""),
    ],
)
def test_a_number_is_written_as_readers_of_each_language_expect_it(
    found: Quantity, zh: str, en: str
) -> None:
    assert (short(found, "zh"), short(found, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (quantity("46927"), ""),
        (quantity("51.91", "51.905", "51.915"), "±0.005"),
        (quantity("32255200", "32255150", "32255250"), "±50"),
        (quantity("392679", "392659", "392699"), "±20"),
        (quantity("392679", "392659", "392698"), "392,659–392,698"),
        (quantity("73.305220", "73.305220", "73.305221"), ""),
        (quantity("5000", "5000", "6000"), ""),
        (quantity("90", "90", None), ""),
    ],
)
def test_an_inexact_number_shows_its_interval(found: Quantity, words: str) -> None:
    assert interval(found, "en") == words


def test_the_exact_value_is_never_lost_to_rounding() -> None:
    assert exact(quantity("1208967.50"), "zh") == "1,208,967.5"
    assert exact(quantity("130", "130", "140"), "en") == "130 [130–140]"
    assert exact(quantity(None, "80", "90"), "zh") == "80～90"


def test_a_table_shows_exact_numbers_until_they_have_eight_digits() -> None:
    assert column_scale([quantity("9958725"), quantity("17080")], "zh") == 1
    assert column_scale([quantity("32255200")], "zh") == 10_000
    assert column_scale([quantity("32255200")], "en") == 1


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_a_number_written_plainly_reads_back_as_itself(number: Decimal) -> None:
    assert Decimal(plain(number).replace(",", "").replace("−", "-")) == number


@given(
    st.decimals(min_value=0, max_value=10**9, places=3),
    st.decimals(min_value=0, max_value=10**6, places=3),
    st.sampled_from(["zh", "en"]),
)
def test_no_number_is_too_odd_to_be_written(value: Decimal, half: Decimal, language: str) -> None:
    found = Quantity(value, value - half, value + half, "人")
    for words in (short(found, language), exact(found, language)):  # type: ignore[arg-type]
        assert words
        assert "E" not in words


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2022", "2022年", "2022"),
        ("2022-09", "2022年9月", "September 2022"),
        ("2023-04-30", "2023年4月30日", "30 April 2023"),
        ("2022-autumn", "2022年秋季学期", "autumn term 2022"),
        ("2020/2022", "2020—2022年", "2020–2022"),
        ("2022-09/2023-06", "2022年9月至2023年6月", "September 2022 to June 2023"),
        ("2023-13", "2023-13", "2023-13"),
        ("someday", "someday", "someday"),
        (None, "", ""),
    ],
)
def test_a_period_is_written_in_words(period: str | None, zh: str, en: str) -> None:
    words = period_words(period)
    assert (words.zh, words.en) == (zh, en)


def test_periods_lie_on_one_scale_of_time() -> None:
    periods = ["2021/2022", "2022-spring", "2022-09", "2022-autumn", "2023-01-01", "2023-04-30"]
    assert sorted(periods, key=time_of) == periods
    assert year_of("2020/2022") == "2022"
    assert year_of(None) == ""
