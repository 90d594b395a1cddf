"""What a built file holds: its marts, their columns, and the roles that the names give them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from expectations.rules import Exemptions, exemptions

if TYPE_CHECKING:
    import duckdb

INTEGERS: Final = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT"})

# The refresh adds its table when dbt has written the dictionary.
KEYS_OF_ADDED_TABLES: Final = {"refresh_runs": ("run_id",)}

# Codes that must stand in a catalogue: column -> catalogue and its column.
REFERENCES: Final = {
    "region_code": ("regions", "region_code"),
    "parent_region_code": ("regions", "region_code"),
    "document_id": ("documents", "document_id"),
    "indicator": ("indicators", "indicator"),
}


@dataclass(frozen=True, slots=True)
class Mart:
    """A mart: its columns with their types, and the columns that identify a row."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    exemptions: Exemptions

    @property
    def row_key(self) -> str:
        """SQL text that names a row of this mart, as the lineage does."""
        return self.key_of_row()

    def key_of_row(self, relation: str = "") -> str:
        """As `row_key`, for a mart that the query calls `relation`: region_code=..;period=.."""
        before = f"{relation}." if relation else ""
        parts = (
            f"'{';' if place else ''}{column}=' || "
            f"coalesce(cast({before}\"{column}\" as varchar), '')"
            for place, column in enumerate(self.key or tuple(self.columns)[:3])
        )
        return " || ".join(parts)

    @property
    def triples(self) -> Iterator[tuple[str, str | None, str]]:
        """Columns low, value and high that belong together; the value may have no column."""
        for low in self.columns:
            stem = low.removesuffix("_low")
            if stem != low and f"{stem}_high" in self.columns:
                yield low, stem if stem in self.columns else None, f"{stem}_high"

    @property
    def shares(self) -> tuple[str, ...]:
        """Columns in per cent, with their ends."""
        return tuple(c for c in self.columns if _stem(c).endswith("_pct"))

    @property
    def counts(self) -> tuple[str, ...]:
        """Columns that count things or money."""
        return tuple(
            column
            for column, type_ in self.columns.items()
            if type_ in INTEGERS or _stem(column).endswith("_yuan")
        )

    @property
    def periods(self) -> tuple[str, ...]:
        """Columns that hold a period as text."""
        return tuple(
            column
            for column, type_ in self.columns.items()
            if type_ == "VARCHAR" and (column == "period" or column.endswith("_period"))
        )

    @property
    def references(self) -> Iterator[tuple[str, str, str]]:
        """Columns of codes, each with the catalogue and the column where the code must stand."""
        for column, (target, target_column) in REFERENCES.items():
            if column in self.columns and (self.name, column) != (target, target_column):
                yield column, target, target_column

    @property
    def texts(self) -> tuple[str, ...]:
        """Columns that hold text."""
        return tuple(column for column, type_ in self.columns.items() if type_ == "VARCHAR")

    def bound(self, rule: str, column: str = "") -> bool:
        """Whether a rule binds a column, or the mart where no column is given."""
        return not self.exemptions.free(rule, self.name, _stem(column))


def read_marts(connection: "duckdb.DuckDBPyConnection") -> tuple[Mart, ...]:
    """The tables of the schema `main` by name, with the keys that the data dictionary gives.

    Lineage beside a figure store is a view of a dozen rows for every figure, and is left out. A
    mart that the dictionary does not know has an empty key, and a rule says so.
    """
    keys = {**_keys(connection), **KEYS_OF_ADDED_TABLES}
    rows = connection.execute(
        """
        select table_name, column_name, data_type
        from duckdb_columns()
        where
            database_name = current_database()
            and schema_name = 'main'
            and not internal
            and table_name in (
                select table_name
                from duckdb_tables()
                where database_name = current_database() and schema_name = 'main'
            )
        order by table_name, column_index
        """
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for mart, column, type_ in rows:
        columns.setdefault(mart, {})[column] = type_
    free = exemptions()
    return tuple(Mart(name, columns[name], keys.get(name, ()), free) for name in columns)


def _keys(connection: "duckdb.DuckDBPyConnection") -> dict[str, tuple[str, ...]]:
    import duckdb

    try:
        rows = connection.execute(
            """
            select mart, column_name
            from main.data_dictionary
            where is_key
            order by mart, key_position
            """
        ).fetchall()
    except duckdb.CatalogException:
        return {}
    keys: dict[str, tuple[str, ...]] = {}
    for mart, column in rows:
        keys[mart] = (*keys.get(mart, ()), column)
    return keys


def _stem(column: str) -> str:
    return column.removesuffix("_low").removesuffix("_high")
