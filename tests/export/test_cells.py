"""Columns as text: for a person and for CSV."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.cells import FORMULA_START, csv_lines, harmless, texts_of

TEXTS = st.lists(st.one_of(st.none(), st.text(max_size=20)), min_size=1, max_size=8)
SIGNS = "=+-@＝＋－＠\t\r\n\x00"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("46927.000000", 6, "46927"),
        ("1208967.50", 2, "1208967.5"),
        ("0.000000", 6, "0"),
        ("1000", 0, "1000"),
        ("-0.500000", 6, "-0.5"),
        ("0.000001", 6, "0.000001"),
        ("0.00000001", 8, "0.00000001"),
        ("0.00000000", 8, "0"),
    ],
)
def test_a_decimal_is_written_plainly(value: str, places: int, shown: str) -> None:
    column = pa.array([Decimal(value), None], pa.decimal128(24, places))
    assert texts_of(column).to_pylist() == [shown, None]


def test_truth_days_and_instants_are_written_as_iso_8601_says() -> None:
    assert texts_of(pa.array([True, False, None])).to_pylist() == ["true", "false", None]
    assert texts_of(pa.array([date(2023, 9, 1), None])).to_pylist() == ["2023-09-01", None]
    at = pa.array([datetime(2023, 9, 1, 8, 30)], pa.timestamp("us"))
    assert texts_of(at).to_pylist()[0].startswith("2023-09-01T08:30:00")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1人", "-1.90%", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1"]
)
def test_a_text_that_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(pa.array(["x", None, text])).to_pylist() == ["x", None, f"'{text}"]


@pytest.mark.parametrize("text", ["醴陵市 = 430281", "（民办）", "", "a-b"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(pa.array([text])).to_pylist() == [text]


@given(TEXTS)
def test_no_text_begins_a_formula_and_each_can_be_had_back(texts: list[str | None]) -> None:
    made = harmless(pa.array(texts, pa.string())).to_pylist()
    assert not [t for t in made if t and re.match(FORMULA_START, t)]
    begins = [t is not None and t != "" and t[0] in SIGNS for t in texts]
    assert made == [f"'{t}" if begun else t for t, begun in zip(texts, begins, strict=True)]


@given(TEXTS, st.integers(0, 3))
def test_lines_of_csv_are_read_back_as_they_were(texts: list[str | None], skipped: int) -> None:
    column = pa.array(texts, pa.string()).slice(min(skipped, len(texts) - 1))
    lines = csv_lines([column, column]).decode()
    read = list(csv.reader(io.StringIO(lines, newline="")))
    assert read == [[text or "", text or ""] for text in column.to_pylist()]


def test_a_beginning_stands_before_every_line() -> None:
    assert csv_lines([pa.array(["a", None])], begin="x,") == b"x,a\r\nx,\r\n"
