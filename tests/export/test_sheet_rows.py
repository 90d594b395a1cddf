"""What stands in a sheet is what the mart holds, or text where Excel would show something else."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from export.sheet_rows import write_rows
from export.workbook import OPTIONS

TEXTS = st.lists(st.one_of(st.none(), st.text(min_size=1, max_size=20)), min_size=1, max_size=40)


def read_back(*columns: pa.Array, first: int = 0) -> list[list[object]]:
    """The cells of a sheet that those columns were written into; an empty one is ''."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, dict(OPTIONS)) as book:
        names = [str(number) for number in range(len(columns))]
        batch = pa.RecordBatch.from_arrays(list(columns), names=names)
        write_rows(book.add_worksheet(), batch, first)
    made.seek(0)
    sheet = CalamineWorkbook.from_filelike(made).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def column_of(values: list[object], kind: pa.DataType) -> list[object]:
    return [row[0] for row in read_back(pa.array(values, kind))]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_texts_are_read_back_as_they_were(texts: list[str | None]) -> None:
    # The second column keeps rows whose text is missing.
    marks = pa.array(["x"] * len(texts))
    read = [row[0] for row in read_back(pa.array(texts, pa.string()), marks)]
    assert [unescaped(str(text)) for text in read] == [text or "" for text in texts]


def unescaped(text: str) -> str:
    """Signs that XML does not know are written out; Excel reads them so."""
    return re.sub("_x([0-9A-F]{4})_", lambda sign: chr(int(sign[1], 16)), text)


@pytest.mark.parametrize(
    ("values", "kind", "shown"),
    [
        ([31542, None, -7], pa.int64(), [31542, "", -7]),
        ([Decimal("1208967.50")], pa.decimal128(18, 2), [1208967.5]),
        ([Decimal("51.910000")], pa.decimal128(24, 6), [51.91]),
        ([123456789012345678, 5], pa.int64(), ["123456789012345678", 5]),
        ([Decimal("999999999999.123456")], pa.decimal128(24, 6), ["999999999999.123456"]),
        ([True, False], pa.bool_(), [True, False]),
        ([0.5, float("nan")], pa.float64(), [0.5, "nan"]),
    ],
)
def test_a_value_becomes_a_cell_of_its_kind(
    values: list[object], kind: pa.DataType, shown: list[object]
) -> None:
    assert column_of(values, kind) == shown


def test_a_day_that_excel_counts_wrongly_is_text() -> None:
    days = [date(2023, 9, 1), date(1900, 2, 28), date(1900, 3, 1)]
    read = column_of(list(days), pa.date32())
    assert read == [days[0], "1900-02-28", days[2]]


def test_no_text_becomes_a_formula_a_link_or_a_number() -> None:
    texts = ["=1+1", "https://example.org", "0012", "+86"]
    assert column_of(list(texts), pa.string()) == texts


def test_rows_begin_where_they_are_told_to() -> None:
    assert read_back(pa.array(["a", None]), pa.array(["b", "c"]), first=2) == [
        *(["", ""], ["", ""], ["a", "b"], ["", "c"])
    ]
