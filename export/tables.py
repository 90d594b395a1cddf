"""The marts as they leave the house: rows with types, keys, foreign keys and both languages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from query.connection import Row, Warehouse
from query.dictionary import Column, Described, Mart, read_dictionary

# Columns whose values are rows of another mart; a table does not refer to itself.
REFERENCES: Final[Mapping[str, tuple[str, str]]] = {
    "region_code": ("regions", "region_code"),
    "document_id": ("documents", "document_id"),
    "indicator": ("indicators", "indicator"),
    "figure_id": ("figures", "figure_id"),
}
# Rows in memory at a time.
BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values stand in a column of another table."""

    column: str
    table: str
    table_column: str


@dataclass(frozen=True, slots=True)
class Table:
    """A mart, how many rows it has, and how they are read: nobody holds all marts at once."""

    mart: Mart
    size: int
    foreign_keys: Sequence[ForeignKey]
    batches: Callable[[int], Iterator[Sequence[Row]]]

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the primary key, read anew."""
        for batch in self.batches(BATCH):
            yield from batch

    @property
    def name(self) -> str:
        """Name of the mart, and of its files."""
        return self.mart.name

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in the order of the rows' values."""
        return tuple(self.mart.columns.values())

    @property
    def description(self) -> Described:
        """What a row is, in both languages."""
        return self.mart.description


@dataclass(frozen=True, slots=True)
class Source:
    """A document from which the figures come."""

    document_id: str
    title: str
    number: str | None
    issuer: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that an export writes; `as_of` is the day of the newest document."""

    tables: Sequence[Table]
    sources: Sequence[Source]
    as_of: date

    def table(self, name: str) -> Table:
        """A table by name. Raises KeyError."""
        return next(table for table in self.tables if table.name == name)


def read_holdings(warehouse: Warehouse) -> Holdings:
    """The marts of an open warehouse. Raises QueryFault where it holds no dictionary."""
    marts = read_dictionary(warehouse)
    names = set(marts)
    tables = tuple(
        Table(
            mart,
            _size(warehouse, mart),
            tuple(_foreign_keys(mart, names)),
            partial(warehouse.batches, _in_order(mart)),
        )
        for mart in marts.values()
    )
    documents = warehouse.records("select * from documents order by document_id")
    sources = tuple(
        Source(
            str(row["document_id"]),
            str(row["title_zh"]),
            str(row["document_number"]) if row["document_number"] else None,
            str(row["issuer"]),
        )
        for row in documents
    )
    days = [row["published_on"] for row in documents]
    return Holdings(
        tables, sources, max((day for day in days if isinstance(day, date)), default=date.min)
    )


def _size(warehouse: Warehouse, mart: Mart) -> int:
    ((size,),) = warehouse.rows(f'select count(*) from main."{mart.name}"')  # noqa: S608 - as below
    return int(size)


def _in_order(mart: Mart) -> str:
    columns = ", ".join(f'"{name}"' for name in mart.columns)
    order = ", ".join(f'"{name}" nulls first' for name in mart.key) or "all"
    return f'select {columns} from main."{mart.name}" order by {order}'  # noqa: S608 - names come from the dictionary


def _foreign_keys(mart: Mart, names: set[str]) -> Iterator[ForeignKey]:
    for column, (table, table_column) in REFERENCES.items():
        if column in mart.columns and table in names and table != mart.name:
            yield ForeignKey(column, table, table_column)
