"""Every table of both engines, row by row and to the last decimal."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spark.places import Places
from spark.tables import Table, rows_on_spark, tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS_SHOWN: Final = 3
# How the engines call one and the same type: DuckDB counts in wider whole numbers.
WHOLE: Final = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table on both engines: rows, columns whose types differ, rows that one side lacks."""

    table: Table
    rows: int
    types: tuple[str, ...]
    only_on_duckdb: int
    only_on_spark: int
    examples: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return not (self.types or self.only_on_duckdb or self.only_on_spark)


def compare(at: Places, file: Path) -> tuple[Comparison, ...]:
    """Compare the tables that Spark built with those of a DuckDB file, each with each."""
    import duckdb

    with duckdb.connect() as connection:
        place = str(file).replace("'", "''")
        connection.execute(f"attach '{place}' as known (read_only)")
        return tuple(_compared(connection, at, table) for table in tables(at.target))


def _compared(connection: "DuckDBPyConnection", at: Places, table: Table) -> Comparison:
    known = f"(select * from known.{table.full_name})"  # noqa: S608 - names of the manifest
    spark = f"(select * from {rows_on_spark(at, table)})"  # noqa: S608
    types = tuple(_types(connection, known, spark))
    counted = connection.execute(f"select count(*) from {known}").fetchone()  # noqa: S608
    rows = counted[0] if counted else 0
    missing = _missing(connection, known, spark) if not types else []
    added = _missing(connection, spark, known) if not types else []
    return Comparison(
        table=table,
        rows=rows,
        types=types,
        only_on_duckdb=len(missing),
        only_on_spark=len(added),
        examples=tuple(str(row) for row in (*missing[:ROWS_SHOWN], *added[:ROWS_SHOWN])),
    )


def _types(connection: "DuckDBPyConnection", known: str, spark: str) -> Iterator[str]:
    """The columns that are not on both sides, or not of the same type, in words."""
    ours, theirs = (
        {name: _kind(type_) for name, type_, *_ in described}
        for described in (
            connection.execute(f"describe {source}").fetchall() for source in (known, spark)
        )
    )
    if list(ours) != list(theirs) and set(ours) == set(theirs):
        yield f"columns in another order: {', '.join(theirs)}"
    for name in {**ours, **theirs}:
        if ours.get(name) != theirs.get(name):
            yield f"{name}: {ours.get(name)} on DuckDB, {theirs.get(name)} on Spark"


def _kind(data_type: str) -> str:
    return "whole number" if data_type in WHOLE else data_type


def _missing(connection: "DuckDBPyConnection", one: str, other: str) -> list[tuple[object, ...]]:
    """The rows of one side that the other lacks, doubled ones counted."""
    found: list[tuple[object, ...]] = connection.execute(f"{one} except all {other}").fetchall()
    return found
