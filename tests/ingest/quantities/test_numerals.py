"""Numerals of every writing, and the way back to Chinese."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.quantities import read_number, to_chinese
from ingest.quantities.numerals import SCALES

PRINTED = [
    ("128", "128"),
    ("5,120", "5120"),
    ("5，120", "5120"),
    ("１２．５", "12.5"),
    ("6。5", "6.5"),
    ("0.50", "0.50"),
    ("-3.2", "-3.2"),
    ("一百二十八", "128"),
    ("三千零五", "3005"),
    ("三百五", "350"),
    ("一千二", "1200"),
    ("一万二", "12000"),
    ("一万零二", "10002"),
    ("两", "2"),
    ("廿", "20"),
    ("廿三", "23"),
    ("卅", "30"),
    ("十", "10"),
    ("十七", "17"),
    ("二〇二五", "2025"),
    ("二○二五", "2025"),
    ("十万八千", "108000"),
    ("三十五点五", "35.5"),
    ("零点五", "0.5"),
    ("壹佰贰拾", "120"),
    ("兩千", "2000"),
]


@pytest.mark.parametrize(("printed", "value"), PRINTED)
def test_a_numeral_states_its_value(printed: str, value: str) -> None:
    number = read_number(printed)
    assert number is not None
    assert number.value == Decimal(value)
    assert number.scale == ""


@pytest.mark.parametrize(
    ("printed", "value", "scale"),
    [
        ("三万", "3", "万"),
        ("一百二十万", "120", "万"),
        ("三千万", "3000", "万"),
        ("一亿二千万", "12000", "万"),
        ("两万亿", "2", "万亿"),
        ("三點五億", "3.5", "亿"),
        ("万", "1", "万"),
    ],
)
def test_a_trailing_multiplier_stays_with_the_unit(printed: str, value: str, scale: str) -> None:
    number = read_number(printed)
    assert number is not None
    assert (number.value, number.scale) == (Decimal(value), scale)


@pytest.mark.parametrize(
    ("printed", "value", "share"),
    [
        ("百分之三十五点五", "35.5", "%"),
        ("百分之百", "100", "%"),
        ("百分之12.5", "12.5", "%"),
        ("千分之三", "3", "‰"),
        ("万分之二", "2", "‱"),
        ("三分之一", "0.333333", "/"),
        ("五分之二", "0.4", "/"),
        ("三成五", "3.5", "成"),
        ("七成", "7", "成"),
        ("一半", "0.5", "/"),
    ],
)
def test_a_share_is_told_from_a_number(printed: str, value: str, share: str) -> None:
    number = read_number(printed)
    assert number is not None
    assert (number.value, number.share) == (Decimal(value), share)


@pytest.mark.parametrize(
    ("printed", "low", "high", "scale"),
    [
        ("几", "2", "9", ""),
        ("几十", "20", "100", ""),
        ("数百", "200", "1000", ""),
        ("几百万", "200", "1000", "万"),
        ("十几", "11", "19", ""),
        ("二十几", "21", "29", ""),
        ("三五", "3", "5", ""),
        ("两三", "2", "3", ""),
        ("三四十", "30", "40", ""),
        ("十七八", "17", "18", ""),
        ("七八百", "700", "800", ""),
    ],
)
def test_a_vague_numeral_has_ends_and_no_value(
    printed: str, low: str, high: str, scale: str
) -> None:
    number = read_number(printed)
    assert number is not None
    assert number.value is None
    assert (number.low, number.high, number.scale) == (Decimal(low), Decimal(high), scale)


@pytest.mark.parametrize(
    "printed",
    ["", "点五", "五点", "百千万万", "十十", "二五", "三五七", "1.2.3", "1-2", "分之一", "九" * 70],
)
def test_what_follows_no_rule_is_no_number(printed: str) -> None:
    assert read_number(printed) is None


@given(st.integers(0, 10**16 - 1))
@settings(max_examples=400)
def test_a_chinese_numeral_reads_back_as_the_number_it_was_written_from(number: int) -> None:
    read = read_number(to_chinese(number))
    assert read is not None
    assert read.value is not None
    assert read.value * 10 ** SCALES[read.scale] == number


@given(st.integers(0, 10**18), st.integers(0, 6))
@settings(max_examples=200)
def test_digits_keep_their_last_printed_digit(number: int, decimals: int) -> None:
    printed = f"{Decimal(number).scaleb(-decimals):f}"
    read = read_number(printed)
    assert read is not None
    assert f"{read.value:f}" == printed


@pytest.mark.parametrize("number", [-1, 10**16])
def test_a_number_without_a_numeral_is_refused_with_its_bounds(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        to_chinese(number)
