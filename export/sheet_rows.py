"""Rows of a mart in a worksheet: numbers as numbers, days as days, texts as they are."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from export.cells import texts_of, whole

if TYPE_CHECKING:
    import pyarrow as pa
    from xlsxwriter.worksheet import Worksheet

# Excel keeps fifteen digits; a longer number is written as text, so that none is lost.
MOST_DIGITS: Final = 15
# 1 March 1900 in days since 1970: Excel believes that the day before it was a 29 February.
FIRST_SAFE_DAY: Final = -25_508


def write_rows(sheet: "Worksheet", batch: "pa.RecordBatch", first: int) -> None:
    """The rows of a batch, the first in row `first`, counted from 0; null is an empty cell."""
    columns = [(place, *_cells(sheet, column)) for place, column in enumerate(batch.columns)]
    for row in range(batch.num_rows):
        for place, write, values in columns:
            if (value := values[row]) is not None:
                write(first + row, place, value)


def _cells(
    sheet: "Worksheet", column: "pa.Array"
) -> tuple[Callable[[int, int, Any], object], Sequence[Any]]:
    """The method of the sheet that writes the cells of a column, and what it writes."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_boolean(kind):
        return sheet.write_boolean, column.to_pylist()
    if pa.types.is_date(kind):
        return _with_texts(sheet.write_datetime, sheet, column, column, _is_unsafe_day(column))
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        numbers = column.cast(pa.float64(), safe=False)
        return _with_texts(sheet.write_number, sheet, column, numbers, _is_inexact(column))
    return sheet.write_string, texts_of(column).to_pylist()


def _with_texts(
    write: Callable[..., object],
    sheet: "Worksheet",
    column: "pa.Array",
    values: "pa.Array",
    as_text: "pa.Array",
) -> tuple[Callable[..., object], Sequence[Any]]:
    """The values, but texts where Excel would show another value than the mart holds."""
    import pyarrow.compute as pc

    if not pc.any(as_text).as_py():
        return write, values.to_pylist()
    texts = pc.if_else(as_text, texts_of(column), None).to_pylist()
    both = zip(values.to_pylist(), texts, strict=True)
    return sheet.write, [value if text is None else text for value, text in both]


def _is_unsafe_day(column: "pa.Array") -> "pa.Array":
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.less(column.cast(pa.int32()), whole(FIRST_SAFE_DAY))


def _is_inexact(column: "pa.Array") -> "pa.Array":
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_floating(column.type):
        return pc.invert(pc.is_finite(column))
    digits = pc.utf8_trim(pc.replace_substring(texts_of(column), ".", ""), "-0")
    return pc.greater(pc.utf8_length(digits), whole(MOST_DIGITS))
