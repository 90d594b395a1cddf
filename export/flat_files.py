"""One Parquet and one CSV file per mart."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from export.cells import csv_lines, harmless, texts_of
from export.data_types import DECIMAL, words_of
from export.tables import Table

if TYPE_CHECKING:
    import pyarrow as pa

# By it Excel knows UTF-8.
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
KINDS: Final = ("parquet", "csv")


def write_flat_files(table: Table, folder: Path) -> Iterator[Path]:
    """`parquet/<name>.parquet`, typed, with both languages in the columns' metadata, and
    `csv/<name>.csv`, UTF-8 with the mark that Excel needs; the rows are read once for both.
    """
    import pyarrow.parquet as pq

    for kind in KINDS:
        (folder / kind).mkdir(parents=True, exist_ok=True)
    typed, plain = (file_of(table, kind, folder) for kind in KINDS)
    schema = _schema(table)
    with pq.ParquetWriter(typed, schema, compression="zstd") as parquet, plain.open("wb") as lines:
        lines.write(BYTE_ORDER_MARK)
        lines.write(",".join(column.name for column in table.columns).encode() + b"\r\n")
        for read in table.batches():
            batch = read.cast(schema)
            parquet.write_batch(batch)
            lines.write(csv_lines([_field(column) for column in batch.columns]))
    yield typed
    yield plain


def file_of(table: Table, kind: str, folder: Path) -> Path:
    """Where a table lies in the folder of the exports, as `parquet` or as `csv`."""
    return folder / kind / f"{table.name}.{kind}"


def _field(column: "pa.Array") -> "pa.Array":
    import pyarrow as pa

    return harmless(column) if pa.types.is_string(column.type) else texts_of(column)


def _schema(table: Table) -> "pa.Schema":
    import pyarrow as pa

    fields = [
        pa.field(
            column.name,
            _arrow_type(column.data_type),
            metadata={"en": column.description.en, "zh": column.description.zh},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"en": table.description.en, "zh": table.description.zh})


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
