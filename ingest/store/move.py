"""Documents move from the seeds into the store with all of their rows."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.proposals import as_csv, replace_file
from ingest.seeds import check
from ingest.seeds.schema import load_schemas
from ingest.store.layout import TABLES, Store
from ingest.store.write import engine, lay_out, put, select_list
from project.errors import InputFault, UsageFault
from project.language import say

if TYPE_CHECKING:
    import duckdb

# Beyond so many figures a reviewed CSV is slow to read, to diff and to load.
MOST_IN_SEEDS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Moved:
    """What went from the seeds into the store: documents by id, and how many figures."""

    documents: tuple[str, ...]
    figures: int


def move(store: Store, seeds: Path, documents: Collection[str]) -> Moved:
    """Move the named documents into the store, then take their rows out of the seeds.

    A crash in between leaves them in both, which the check tells, and moving them again mends.
    Raises UsageFault for a document that the seeds do not hold, InputFault for seeds at fault.
    """
    schemas = load_schemas(seeds)
    stored = {table: schemas[table] for table in TABLES}
    rows = {table: _read(schema.path) for table, schema in stored.items()}
    known = {row["document_id"] for row in rows["documents"][1]}
    if unknown := sorted(set(documents) - known):
        raise UsageFault(say("ingest_store.no_such_document", document=unknown[0]))
    if faults := check(seeds, documents_of(store)):
        lines = "\n".join(fault.text() for fault in faults[:10])
        raise InputFault(say("ingest_flow.seeds_refuse", count=len(faults), faults=lines))
    lay_out(store, stored)
    with store.changing(), engine() as connection:
        chosen = sorted(documents)
        connection.execute("create temp table chosen as select unnest(?) as document_id", [chosen])
        for table, schema in stored.items():
            _read_chosen(connection, table, schema.path, select_list(schema))
        put(store, connection, stored)
        [(figures,)] = connection.execute("select count(*) from new_figures").fetchall()
    for table, (columns, some) in rows.items():
        left = [row for row in some if row["document_id"] not in documents]
        if len(left) < len(some):
            replace_file(stored[table].path, as_csv(columns, left))
    return Moved(tuple(chosen), figures)


def beyond(seeds: Path, most: int = MOST_IN_SEEDS) -> list[str]:
    """The oldest documents of the seeds, as many as must go for `most` figures to be left."""
    schemas = load_schemas(seeds)
    _, figures = _read(schemas["figures"].path)
    _, documents = _read(schemas["documents"].path)
    left = len(figures)
    counts: dict[str, int] = {}
    for row in figures:
        counts[row["document_id"]] = counts.get(row["document_id"], 0) + 1
    chosen = []
    for row in sorted(documents, key=lambda row: (row["published_on"], row["document_id"])):
        if left <= most:
            break
        chosen.append(row["document_id"])
        left -= counts.get(row["document_id"], 0)
    return chosen


def documents_of(store: Store) -> frozenset[str]:
    """Ids of the documents that a store holds; none where there is no store yet."""
    files = [file.as_posix() for file in store.files("documents")]
    if not files:
        return frozenset()
    with engine() as connection:
        found = connection.execute(
            "select document_id from read_parquet(?, hive_partitioning = false)", [files]
        ).fetchall()
    return frozenset(document for (document,) in found)


def _read_chosen(
    connection: "duckdb.DuckDBPyConnection", table: str, path: Path, columns: str
) -> None:
    connection.execute(
        f"create temp table new_{table} as select {columns}"  # noqa: S608 - names of our own
        " from read_csv(?, all_varchar = true, header = true) semi join chosen using (document_id)",
        [path.as_posix()],
    )


def _read(path: Path) -> tuple[Sequence[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows
