"""What a refresh costs after one new document, against a build of the whole nation.

    python -m bench.incremental                              # a hundredth of national size
    python -m bench.incremental --scale 1 --folder /tmp/n    # keep the nation, or use it again

A nation is built whole by `dbt build`, its tests included. Then a document is added, another one
is corrected and a third emptied, each followed by what a refresh does: find the regions that
change, copy the published file, build those regions. In the end everything is built anew once
more, and every table must hold the same rows, to the last decimal.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import typer

from bench.nation import Nation
from bench.nation.build import DATABASE, Run, data_tests, dbt, opened, rows_of
from ingest.seeds.schema import load_schemas
from ingest.store.layout import TABLES
from ingest.store.write import engine, put
from project import machine
from refresh import changes, fingerprint, take_over
from refresh.build import only_changed

SIDE: Final = "side/nation.duckdb"
AIM: Final = 0.1

# Of a county in the middle of the list: what it printed of a year, printed again a month later.
CHANGES: Final = {
    "one new document": """
        create temp table new_documents as
        select * replace (document_id || '-anew' as document_id,
            published_on + interval 30 day as published_on)
        from stored_documents where document_id = $document;
        create temp table new_figures as
        select * replace (document_id || '-anew' as document_id, figure_id || '-anew' as figure_id,
            value + 1 as value, value_low + 1 as value_low, value_high + 1 as value_high)
        from stored_figures where document_id = $document;
        create temp table new_non_figures as
        select * replace (document_id || '-anew' as document_id)
        from stored_non_figures where document_id = $document
    """,
    "one corrected document": """
        create temp table new_documents as
        from stored_documents where document_id = $document;
        create temp table new_figures as
        select * replace (value - 2 as value, value_low - 2 as value_low,
            value_high - 2 as value_high)
        from stored_figures where document_id = $document;
        create temp table new_non_figures as
        from stored_non_figures where document_id = $document
    """,
    "one document emptied": """
        create temp table new_documents as
        select * replace (0 as numbers_found)
        from stored_documents where document_id = $document;
        create temp table new_figures as
        from stored_figures where false;
        create temp table new_non_figures as
        from stored_non_figures where false
    """,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line per build; 1 where a table differs, 2 where a refresh costs too much."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--scale", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep or use the nation here")
    parser.add_argument(
        "--unproven", action="store_true", help="leave out the last build of everything"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        nation = opened(options.folder or Path(name), options.scale, options.seed)
        with _put_back(nation):
            return measure(nation, proven=not options.unproven)


def measure(nation: Nation, *, proven: bool) -> int:
    """Build whole, change, build the changes, and compare with a build of everything."""
    folder = nation.folder
    typer.echo(
        f"{nation.figures:,} figures in {nation.documents:,} documents;"
        f" {machine.cores_of_machine()} cores, {machine.memory_of_machine() / 2**30:.0f} GiB,"
        f" load {os.getloadavg()[0]:.1f}"
    )
    (folder / SIDE).unlink(missing_ok=True)
    whole = _built(folder, "everything")
    (folder / SIDE).replace(folder / DATABASE)
    dearest = 0.0
    documents = _counties(folder, len(CHANGES))
    for (change, statements), document in zip(CHANGES.items(), documents, strict=True):
        inputs = fingerprint.take(folder)
        _change_store(nation, statements, document)
        names = fingerprint.take(folder).changed(inputs.files)
        begin = time.perf_counter()
        found = changes.find(folder, folder / DATABASE, names)
        if found is None:
            raise SystemExit(f"{change}: so much changes that everything would be built")
        take_over.start_from(folder / DATABASE, folder / SIDE, found)
        before = time.perf_counter() - begin
        built = _built(folder, f"{change}: {len(found.changed)} of {found.regions} regions", before)
        take_over.forget(folder / SIDE)
        (folder / SIDE).replace(folder / DATABASE)
        dearest = max(dearest, (before + built.seconds) / whole.seconds)
    typer.echo(f"the dearest of them cost {dearest:.3f} of a build of everything, aim {AIM}")
    (folder / SIDE).unlink(missing_ok=True)
    if proven:
        _built(folder, "everything anew")
        if _different(folder / DATABASE, folder / SIDE):
            return 1
    return 2 * int(dearest > AIM)


@contextmanager
def _put_back(nation: Nation) -> Iterator[None]:
    """Leave the store as it was; its files are replaced, never written to."""
    kept = nation.folder / "store_before"
    if not kept.exists():
        shutil.copytree(nation.store.folder, kept, copy_function=os.link)
    try:
        yield
    finally:
        shutil.rmtree(nation.store.folder)
        kept.rename(nation.store.folder)


def _built(folder: Path, what: str, before: float = 0.0) -> Run:
    # One path for all, as in the job: dbt then parses only what changed.
    (folder / SIDE).parent.mkdir(exist_ok=True)
    chosen = only_changed(folder / SIDE)
    words = (*data_tests(folder), *chosen)
    run = dbt(folder, "build", None, *words, file=SIDE)
    slowest = sorted(run.models.items(), key=lambda item: -item[1])[:4]
    prepared = f"found and copied in {before:.1f} s, " if before else ""
    typer.echo(
        f"{what}: {prepared}dbt build {run.seconds:.1f} s, computing {run.computing:.1f} s,"
        f" memory at most {run.memory:.2f} GiB; slowest: "
        + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest)
    )
    return run


def _counties(folder: Path, count: int) -> list[str]:
    """Yearbooks of so many counties from the middle of the list."""
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        found = connection.execute(
            """
            select arg_max(documents.document_id, documents.published_on)
            from main.documents inner join main.regions using (region_code)
            where regions.region_level = 'county'
            group by region_code order by abs(hash(region_code)) limit ?
            """,
            [count],
        ).fetchall()
    return [document for (document,) in found]


def _change_store(nation: Nation, statements: str, document: str) -> None:
    schemas = {table: load_schemas(nation.folder / "seeds")[table] for table in TABLES}
    store = nation.store
    with store.changing(), engine() as connection:
        for table in TABLES:
            connection.execute(
                f"create view stored_{table} as from read_parquet("
                f"'{(store.folder / table).as_posix()}/*/*/*.parquet', hive_partitioning = false)"
            )
        for statement in statements.split(";"):
            connection.execute(statement, {"document": document} if "$" in statement else None)
        put(store, connection, schemas)


def _different(one: Path, other: Path) -> list[str]:
    """Tables whose rows are not the same, whatever their order."""
    different = []
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)"
        )
        names = [
            {
                f"{schema}.{table}"
                for schema, table in connection.execute(
                    "select schema_name, table_name from duckdb_tables() where database_name = ?",
                    [database],
                ).fetchall()
            }
            for database in ("one", "other")
        ]
        rows = 0
        for table in sorted(names[0] | names[1]):
            contents = [
                rows_of(connection, f"{database}.{table}") if table in known else None
                for database, known in zip(("one", "other"), names, strict=True)
            ]
            rows += contents[0][0] if contents[0] else 0
            if contents[0] != contents[1]:
                different.append(table)
    typer.echo(
        f"{len(names[0])} tables, {rows:,} rows, compared with those of a build of everything: "
        + (f"different {', '.join(different)}" if different else "all the same")
    )
    return different


if __name__ == "__main__":
    raise SystemExit(main())
