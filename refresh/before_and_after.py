"""The rows of documents and figures as they are published and as they are now, side by side.

What lies in partitions of the store in which nothing changed is on neither side.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.store import Store, configured_store
from refresh.fingerprint import STORE

if TYPE_CHECKING:
    import duckdb

# Names documents that may lie in any partition.
RELATIONS: Final = "seeds/documents/document_relations.csv"


def attach(connection: "duckdb.DuckDBPyConnection", root: Path, inputs: Collection[str]) -> None:
    """Views old_documents, new_documents, old_figures, new_figures of the same columns and types.

    The old ones come from the attached file `published`, the new ones from the project at `root`;
    inputs: the names of the seeds and partitions that are not those of that file.
    """
    _name_kept_documents(connection, root, inputs)
    for table in ("documents", "figures"):
        _attach_table(connection, root, table, inputs)


def quoted(path: Path) -> str:
    """A path for a text in SQL."""
    return path.as_posix().replace("'", "''")


def _name_kept_documents(
    connection: "duckdb.DuckDBPyConnection", root: Path, inputs: Collection[str]
) -> None:
    """Table `kept_documents`: those of partitions in which nothing changed."""
    connection.execute("create temp table kept_documents (document_id varchar)")
    store = configured_store(root)
    if store is None:
        return
    compared = _compared(store, "documents", inputs)
    files = [file.as_posix() for file in store.files("documents") if file not in compared]
    if files:
        connection.execute(
            "insert into kept_documents"
            " select document_id from read_parquet(?, hive_partitioning = false)",
            [files],
        )


def _compared(store: Store, table: str, inputs: Collection[str]) -> list[Path]:
    """The files of a table in which something changed; all where any document may be concerned."""
    files = store.files(table)
    if RELATIONS in inputs:
        return list(files)
    changed = {
        _partition(name.removeprefix(f"{STORE}/")) for name in inputs if name.startswith(STORE)
    }
    return [file for file in files if _partition(store.name(file)) in changed]


def _partition(name: str) -> str:
    """`province=43/year=2023` of `figures/province=43/year=2023/part.parquet`."""
    return name.partition("/")[2].rpartition("/")[0]


def _attach_table(
    connection: "duckdb.DuckDBPyConnection", root: Path, table: str, inputs: Collection[str]
) -> None:
    described = connection.execute(f"describe published.seeds.{table}").fetchall()
    types = {name: type_ for name, type_, *_ in described}
    columns = ", ".join(f"cast({name} as {type_}) as {name}" for name, type_ in types.items())
    sources = [
        f"read_csv('{quoted(root / 'seeds' / 'documents' / f'{table}.csv')}', header = true,"
        f" columns = {types!r})"
    ]
    if (store := configured_store(root)) is not None:
        sources += [
            f"read_parquet('{quoted(file)}', hive_partitioning = false)"
            for file in _compared(store, table, inputs)
        ]
    rows = " union all ".join(f"select {columns} from {source}" for source in sources)  # noqa: S608
    connection.execute(f"create view new_{table} as {rows}")
    connection.execute(
        f"create view old_{table} as select {columns} from published.staging.stg_{table}"  # noqa: S608
        " anti join kept_documents using (document_id)"
    )
