"""The marts as they leave the house: rows with types, keys, foreign keys and both languages."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from project.language import say
from query.connection import Warehouse
from query.dictionary import Column, Described, Mart, read_dictionary

if TYPE_CHECKING:
    import pyarrow as pa

# Columns whose values are rows of another mart; a table does not refer to itself.
REFERENCES: Final[Mapping[str, tuple[str, str]]] = {
    "region_code": ("regions", "region_code"),
    "document_id": ("documents", "document_id"),
    "indicator": ("indicators", "indicator"),
    "figure_id": ("figures", "figure_id"),
}
# Rows in memory at a time.
BATCH: Final = 20_000
# Stands for the day of the newest document where there is none.
UNKNOWN_DAY: Final = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values stand in a column of another table."""

    column: str
    table: str
    table_column: str


@dataclass(frozen=True, slots=True)
class Table:
    """A mart, how many rows it has, and how they are read: nobody holds a whole mart.

    batches: reads the rows anew, in the order of the primary key.
    """

    mart: Mart
    size: int
    foreign_keys: Sequence[ForeignKey]
    batches: "Callable[[], Iterator[pa.RecordBatch]]"

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
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that an export writes; `as_of` is the day of the newest document.

    left_out: a sentence for each mart that is not among the tables.
    """

    tables: Sequence[Table]
    sources: Sequence[Source]
    as_of: date
    left_out: Sequence[str] = ()

    def table(self, name: str) -> Table:
        """A table by name. Raises KeyError."""
        return next(table for table in self.tables if table.name == name)


def read_holdings(warehouse: Warehouse) -> Holdings:
    """The marts of an open warehouse. Raises QueryFault where it holds no dictionary."""
    marts = read_dictionary(warehouse)
    reasons = {name: _why_left_out(mart) for name, mart in marts.items()}
    written = {name: mart for name, mart in marts.items() if not reasons[name]}
    tables = tuple(
        Table(
            mart,
            _size(warehouse, mart),
            tuple(_foreign_keys(mart, written)),
            partial(_read, warehouse, mart),
        )
        for mart in written.values()
    )
    sources, as_of = _sources(warehouse) if "documents" in written else ((), UNKNOWN_DAY)
    return Holdings(tables, sources, as_of, tuple(filter(None, reasons.values())))


def _why_left_out(mart: Mart) -> str:
    """A sentence about a mart that can't become a file, empty for one that can."""
    if not mart.name.isidentifier():
        return say("export.is_no_name", mart=mart.name)
    return {
        "table": "",
        "view": say("export.is_view", mart=mart.name),
        "missing": say("export.is_missing", mart=mart.name),
    }[mart.kind]


def _sources(warehouse: Warehouse) -> tuple[Sequence[Source], date]:
    """The documents, and the day of the newest."""
    documents = warehouse.records("select * from documents order by document_id")
    sources = tuple(
        Source(
            str(row["document_id"]),
            str(row["title_zh"]),
            str(row["document_number"]) if row["document_number"] else None,
            str(row["issuer"]),
            row.get("source_url"),
        )
        for row in documents
    )
    days = [row["published_on"] for row in documents]
    return sources, max((day for day in days if isinstance(day, date)), default=UNKNOWN_DAY)


def _size(warehouse: Warehouse, mart: Mart) -> int:
    ((size,),) = warehouse.rows(f"select count(*) from main.{quoted(mart.name)}")  # noqa: S608 - a quoted name
    return int(size)


def _read(warehouse: Warehouse, mart: Mart) -> "Iterator[pa.RecordBatch]":
    """The rows in the order of the key; those that lie so in the file are not sorted again."""
    columns = ", ".join(quoted(name) for name in mart.columns)
    table = f"main.{quoted(mart.name)}"
    order = ", ".join(f"{quoted(name)} nulls first" for name in mart.key) or "all"
    sorting = "" if _lies_in_order(warehouse, table, mart.key) else f" order by {order}"
    return warehouse.arrow(f"select {columns} from {table}{sorting}", BATCH)  # noqa: S608 - names are quoted


def _lies_in_order(warehouse: Warehouse, table: str, key: Sequence[str]) -> bool:
    """Whether each row's key lies above that of the row before it; false where a part is null."""
    if not key:
        return False
    names = [quoted(name) for name in key]
    befores = [f"before_{position}" for position in range(len(names))]
    follows = "false"
    for name, before in zip(reversed(names), reversed(befores), strict=True):
        follows = f"({name} > {before} or ({name} = {before} and {follows}))"
    shown = ", ".join(
        f"{name}, lag({name}) over () as {before}"
        for name, before in zip(names, befores, strict=True)
    )
    ((breaks,),) = warehouse.rows(
        f"select count(*) from (select {shown} from {table}) where ({follows}) is not true"  # noqa: S608 - as above
    )
    # Before the first row there is none.
    return int(breaks) <= 1


def quoted(name: str) -> str:
    """A name of the file as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def _foreign_keys(mart: Mart, names: Collection[str]) -> Iterator[ForeignKey]:
    for column, (table, table_column) in REFERENCES.items():
        if column in mart.columns and table in names and table != mart.name:
            yield ForeignKey(column, table, table_column)
