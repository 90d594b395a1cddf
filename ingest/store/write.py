"""Documents with all of their rows go into the store, or out of it, whole or not at all."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.seeds.schema import SeedSchema, load_schemas
from ingest.store.layout import EMPTY, PART, TABLES, Store
from project import machine, paths

if TYPE_CHECKING:
    import duckdb

# Rows of a document stand together, in the order of the text.
ORDER: Final = {
    "documents": "document_id",
    "figures": "document_id, char_start nulls first, figure_id",
    "non_figures": "document_id, char_start",
}
FORMAT: Final = "format parquet, compression zstd, row_group_size 122880"


@contextmanager
def engine() -> "Iterator[duckdb.DuckDBPyConnection]":
    """A database in memory that keeps within what the machine has to give."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        settings = machine.engine(Path(folder)).settings
        with duckdb.connect(config=settings) as connection:
            # Row order comes from order by, and holding on to it costs memory.
            connection.execute("set preserve_insertion_order = false")
            connection.execute("set enable_progress_bar = false")
            yield connection


def stored_schemas(seeds: Path | None = None) -> dict[str, SeedSchema]:
    """The schemas of the stored tables: those of the seeds of the same names."""
    schemas = load_schemas(seeds or paths.seeds_folder())
    return {table: schemas[table] for table in TABLES}


def select_list(schema: SeedSchema) -> str:
    """The columns of a table in the order and the types of its seed."""
    return ", ".join(f"cast({column.name} as {column.type}) as {column.name}"
                     for column in schema.columns)  # fmt: skip


def lay_out(store: Store, schemas: Mapping[str, SeedSchema]) -> None:
    """Make a store without rows, unless there is one."""
    if store.exists:
        return
    with store.changing(), engine() as connection:
        for table, schema in schemas.items():
            columns = ", ".join(f"cast(null as {c.type}) as {c.name}" for c in schema.columns)
            _copy(connection, f"select {columns} where false", store.aside(f"{table}/{EMPTY}"))
        store.commit([f"{table}/{EMPTY}" for table in schemas])


def put(
    store: Store, connection: "duckdb.DuckDBPyConnection", schemas: Mapping[str, SeedSchema]
) -> None:
    """Put the documents of the tables new_documents, new_figures and new_non_figures in.

    Each takes the place of what the store held of it, in whatever partition. The caller holds
    the store by `changing`.
    """
    connection.execute(
        "create or replace temp table new_places as select document_id, 'province='"
        " || left(region_code, 2) || '/year=' || lpad(cast(year(published_on) as varchar), 4, '0')"
        " as place from new_documents"
    )
    wanted = {place for (place,) in connection.execute("from new_places select place").fetchall()}
    written, removed = [], []
    for place in sorted(wanted | _present(store, connection)):
        for table, schema in schemas.items():
            old = sorted((store.folder / table / place).glob("*.parquet"))
            name = f"{table}/{place}/{PART}"
            _copy(connection, _merged(table, schema, place, old), store.aside(name))
            written.append(name)
            removed += [store.name(file) for file in old]
    store.commit(written, removed)


def _present(store: Store, connection: "duckdb.DuckDBPyConnection") -> set[str]:
    """The partitions that hold one of the new documents already."""
    files = [file.as_posix() for file in store.files("documents")]
    if not files:
        return set()
    found = connection.execute(
        "select distinct filename from read_parquet(?, filename = true, hive_partitioning = false)"
        " semi join new_documents using (document_id)",
        [files],
    ).fetchall()
    base = store.folder / "documents"
    return {Path(file).parent.relative_to(base).as_posix() for (file,) in found}


def _merged(table: str, schema: SeedSchema, place: str, old: list[Path]) -> str:
    columns = select_list(schema)
    rows = (
        f"select {columns} from new_{table}"  # noqa: S608 - names of our own
        f" semi join (from new_places where place = '{place}') using (document_id)"
    )
    if old:
        files = ", ".join("'" + file.as_posix().replace("'", "''") + "'" for file in old)
        rows += (
            f" union all select {columns} from read_parquet([{files}], hive_partitioning = false)"  # noqa: S608
            " anti join new_documents using (document_id)"
        )
    return f"select * from ({rows}) order by {ORDER[table]}"  # noqa: S608


def _copy(connection: "duckdb.DuckDBPyConnection", query: str, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    target = file.as_posix().replace("'", "''")
    connection.execute(f"copy ({query}) to '{target}' ({FORMAT})")
