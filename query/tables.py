"""A result as a table for a person, as CSV, or as JSON."""

import csv
import io
import json
from decimal import Decimal

from rich.table import Table
from rich.text import Text

from query.connection import Result
from query.explanation import plain
from query.numbers import number_text


def as_table(result: Result) -> Table:
    """A table whose numbers stand right; an empty cell stays empty."""
    table = Table(header_style="bold")
    for position, name in enumerate(result.columns):
        is_number = any(_is_number(row[position]) for row in result.rows)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    return table


def as_csv(result: Result) -> str:
    """CSV with a header, LF and no quotes but where needed; an empty field is null."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([_field(value) for value in row] for row in result.rows)
    return text.getvalue()


def as_json(result: Result) -> str:
    """A list of one object per row."""
    records = [{name: plain(value) for name, value in row.items()} for row in result.records()]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return number_text(value).replace(",", "")
    return "" if value is None else str(value)


def _field(value: object) -> object:
    return _cell(value) if isinstance(value, Decimal) else "" if value is None else plain(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
