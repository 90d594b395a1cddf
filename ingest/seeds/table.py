"""A seed file as columns of texts, with the line at which each row begins."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ingest.seeds.fault import Fault
from ingest.seeds.schema import SeedSchema


@dataclass(frozen=True, slots=True)
class Table:
    """The values of a seed as they stand in its file; an empty text is null.

    columns: name -> one text per row. lines: the line of each row, as an editor counts.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]

    @property
    def file(self) -> str:
        """Name of the seed's file, as faults give it."""
        return f"{self.name}.csv"

    def rows(self, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line and values of the named columns, row by row."""
        return zip(
            self.lines, zip(*(self.columns[name] for name in names), strict=True), strict=True
        )

    def lookup(self, key: str, value: str) -> dict[str, str]:
        """Value by key; of rows with the same key the last one counts."""
        return dict(zip(self.columns[key], self.columns[value], strict=True))


def read_table(schema: SeedSchema) -> Table | list[Fault]:
    """The table of a seed, or the faults for which it can't be read as one."""
    name = schema.path.name
    try:
        content = schema.path.read_bytes()
    except FileNotFoundError:
        header = ",".join(column.name for column in schema.columns)
        return [Fault("missing_file", name, fields={"header": header})]
    if content.startswith(b"\xef\xbb\xbf"):
        return [Fault("byte_order_mark", name)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return [Fault("not_utf8", name, content.count(b"\n", 0, error.start) + 1)]
    return _parse(schema, text)


def _parse(schema: SeedSchema, text: str) -> Table | list[Fault]:
    name = schema.path.name
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    begin = 1
    try:
        header = next(reader, [])
        if faults := list(_header_faults(schema, header)):
            return faults
        begin = reader.line_num + 1
        for row in reader:
            if row:
                lines.append(begin)
                rows.append(row)
            begin = reader.line_num + 1
    except csv.Error as error:
        return [Fault("not_csv", name, begin, {"error": error})]
    width = len(header)
    ragged = [
        Fault("field_count", name, line, {"found": len(row), "expected": width})
        for line, row in zip(lines, rows, strict=True)
        if len(row) != width
    ]
    if ragged:
        return ragged
    values: Sequence[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * width
    return Table(schema.name, dict(zip(header, values, strict=True)), lines)


def _header_faults(schema: SeedSchema, header: Sequence[str]) -> Iterator[Fault]:
    expected = [column.name for column in schema.columns]
    for column in expected:
        if column not in header:
            yield Fault("missing_column", schema.path.name, 1, {"column": column})
    for column in header:
        if column not in expected:
            yield Fault("unknown_column", schema.path.name, 1, {"column": column})
    if sorted(header) == sorted(expected) and list(header) != expected:
        order = ",".join(expected)
        yield Fault("reordered_columns", schema.path.name, 1, {"order": order})
    elif len(set(header)) < len(header):
        yield Fault("repeated_column", schema.path.name, 1)


def whole(text: str) -> int | None:
    """The integer that a text states; None for an empty or a wrong text."""
    try:
        return int(text)
    except ValueError:
        return None


def number(text: str) -> Decimal | None:
    """The decimal that a text states; None for an empty or a wrong text."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def day(text: str) -> date | None:
    """The day that a text states as YYYY-MM-DD; None for an empty or a wrong text."""
    if len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
