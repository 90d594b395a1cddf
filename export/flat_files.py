"""One Parquet and one CSV file per mart."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from export.data_types import DECIMAL, words_of
from export.tables import BATCH, Table

if TYPE_CHECKING:
    import pyarrow as pa

# A spreadsheet takes a cell that begins so for a formula.
# Rule: OWASP, CSV Injection.
FORMULA_START: Final = re.compile(r"[=+\-@\t\r]")


def write_parquet(table: Table, folder: Path) -> Path:
    """The table as `<name>.parquet`, typed, with both languages in the columns' metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [
        pa.field(
            column.name,
            _arrow_type(column.data_type),
            metadata={"en": column.description.en, "zh": column.description.zh},
        )
        for column in table.columns
    ]
    schema = pa.schema(fields, metadata={"en": table.description.en, "zh": table.description.zh})
    file = folder / f"{table.name}.parquet"
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in table.batches(BATCH):
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return file


def write_csv(table: Table, folder: Path) -> Path:
    """The table as `<name>.csv`, UTF-8 with the byte order mark that Excel needs."""
    file = folder / f"{table.name}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(column.name for column in table.columns)
        writer.writerows([text_of(value) for value in row] for row in table.rows())
    return file


def text_of(value: object) -> str:
    """A value as CSV shows it: empty for null, plain decimals, and never a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case datetime() | date():
            return value.isoformat()
        case str():
            return harmless(value)
        case _:
            return str(value)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before its first sign."""
    return f"'{text}" if FORMULA_START.match(text) else text


def write_flat_files(table: Table, folder: Path) -> Iterator[Path]:
    """Both files of a table, each kind in a folder of its own."""
    for name, write in (("parquet", write_parquet), ("csv", write_csv)):
        inside = folder / name
        inside.mkdir(parents=True, exist_ok=True)
        yield write(table, inside)


def _arrow_type(data_type: str) -> "pa.DataType":
    import pyarrow as pa

    if found := DECIMAL.fullmatch(data_type):
        return pa.decimal128(int(found[1]), int(found[2]))
    return {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us"),
    }[words_of(data_type).table_schema]
