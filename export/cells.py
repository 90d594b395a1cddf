"""What the values of a column look like in a file of text: whole columns at a time, by Arrow."""

import struct
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa

# What CSV puts between quotes.
QUOTED: Final = '[",\r\n]'
# A spreadsheet takes a cell that begins so for a formula, in Chinese and Japanese also full width.
# Rule: OWASP, CSV Injection.
FORMULA_START: Final = r"^[=+\-@＝＋－＠\t\r\n\x00]"
# Arrow writes a decimal of more places with an exponent where it is small.
PLAIN_PLACES: Final = 6


@cache
def word(text: str) -> "pa.StringScalar":
    """A text as Arrow's own; `pyarrow.scalar` would import pandas for it."""
    import pyarrow as pa

    raw = text.encode()
    ends = pa.py_buffer(struct.pack("=2i", 0, len(raw)))
    return pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(raw)])[0]


@cache
def whole(number: int) -> "pa.Int32Scalar":
    """A whole number as Arrow's own, made like `word`."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.int32(), 1, [None, pa.py_buffer(struct.pack("=i", number))])[0]


def texts_of(column: "pa.Array") -> "pa.Array":
    """The values as a person reads them: plain decimals, days as in ISO 8601, true and false."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_decimal(kind):
        if kind.scale > PLAIN_PLACES:
            plain = [None if value is None else f"{value:f}" for value in column.to_pylist()]
            column = pa.array(plain, pa.string())
        column = column.cast(pa.string())
        return pc.utf8_rtrim(pc.utf8_rtrim(column, "0"), ".") if kind.scale > 0 else column
    if pa.types.is_timestamp(kind):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%S")
    return column.cast(pa.string())


def harmless(column: "pa.Array") -> "pa.Array":
    """Texts that no spreadsheet takes for a formula: an apostrophe goes before the first sign."""
    import pyarrow.compute as pc

    starts = pc.match_substring_regex(column, FORMULA_START)
    if not pc.any(starts).as_py():
        return column
    return pc.if_else(starts, pc.binary_join_element_wise(word("'"), column, word("")), column)


def csv_lines(columns: "list[pa.Array]", begin: str = "") -> bytes:
    """Rows of texts as lines of CSV, quoted where they must be; null is an empty field.

    begin: what every line begins with, as it is to stand there.
    """
    import pyarrow.compute as pc

    fields = [_quoted(column) for column in columns]
    rows = pc.binary_join_element_wise(
        *fields, word(","), null_handling="replace", null_replacement=""
    )
    return bytes_of(pc.binary_join_element_wise(word(begin), rows, word("\r\n"), word("")))


def bytes_of(column: "pa.Array") -> bytes:
    """The texts of a column one after the other, without anything between them."""
    _, offsets, data = column.buffers()
    if data is None or not len(column):
        return b""
    ends = memoryview(offsets).cast("i")
    begin, end = ends[column.offset], ends[column.offset + len(column)]
    return memoryview(data)[begin:end].tobytes()


def _quoted(column: "pa.Array") -> "pa.Array":
    import pyarrow.compute as pc

    raw = bytes_of(column)
    if not any(sign in raw for sign in (b'"', b",", b"\r", b"\n")):
        return column
    doubled = pc.replace_substring(column, '"', '""')
    quoted = pc.binary_join_element_wise(word('"'), doubled, word('"'), word(""))
    return pc.if_else(pc.match_substring_regex(column, QUOTED), quoted, column)
