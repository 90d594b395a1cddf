"""A store of the tiny seeds, and the means to spoil it."""

from pathlib import Path

import duckdb

from ingest.store import Store
from ingest.store.write import engine, lay_out, put, select_list, stored_schemas

CITY = "sometown-2020-1"


def pour(store: Store, seeds: Path) -> None:
    """Take the seeds of figures into the store as they are, unchecked, and empty them."""
    schemas = stored_schemas(seeds)
    lay_out(store, schemas)
    with store.changing(), engine() as connection:
        for table, schema in schemas.items():
            connection.execute(
                f"create temp table new_{table} as select {select_list(schema)}"  # noqa: S608
                f" from read_csv('{schema.path}', all_varchar = true, header = true)"
            )
            lines = schema.path.read_text(encoding="utf-8").splitlines(keepends=True)
            schema.path.write_text(lines[0], encoding="utf-8")
        put(store, connection, schemas)


def part(store: Store, table: str) -> Path:
    """The partition with the most rows."""
    return max(store.files(table), key=lambda file: file.stat().st_size)


def rewrite(file: Path, query: str) -> None:
    """Write a partition again as a query over its own rows."""
    aside = file.with_suffix(".new")
    rows = query.format(rows=f"read_parquet('{file}', hive_partitioning = false)")
    duckdb.sql(f"copy ({rows}) to '{aside}' (format parquet)")
    aside.replace(file)
