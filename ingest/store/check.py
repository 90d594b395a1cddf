"""Checks the store as the seeds are checked: set by set in the database, millions of rows."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.seeds.fault import Fault
from ingest.seeds.periods import years
from ingest.seeds.schema import SeedSchema, load_schemas
from ingest.seeds.spans import Span, overlap_faults
from ingest.store import across
from ingest.store.files import file_faults
from ingest.store.layout import TABLES, Store
from ingest.store.rules import Rule, rules_of
from ingest.store.write import engine

if TYPE_CHECKING:
    import duckdb

FAULTS_SHOWN: Final = 50
SEEDS_READ: Final = (
    "regions", "indicators", "units", "sectors", "corrections", "dimensions",
)  # fmt: skip

# Text of documents may be read once in full, not once per figure.
_OVERLAPPING: Final = """
create or replace temp table overlapping as
with spans as (
    select document_id, char_start, char_end, 1 as is_figure from figures_rows
    where char_start >= 0 and char_start < char_end
    union all
    select document_id, char_start, char_end, 0 from non_figures_rows
    where char_start >= 0 and char_start < char_end
),
ordered as (
    select *,
        lag(char_start) over spans_before as start_before,
        lag(char_end) over spans_before as end_before,
        lag(is_figure) over spans_before as figure_before
    from spans
    window spans_before as (partition by document_id order by char_start, char_end)
)
select distinct document_id from ordered
where char_start < end_before
    and not (
        char_start = start_before and char_end = end_before
        and is_figure = 1 and figure_before = 1
    )
"""


def check_store(store: Store, seeds: Path, changed: Collection[str] | None = None) -> list[Fault]:
    """All faults of the store and of what it and the seeds share, at most fifty of each rule.

    changed: partitions (`province=43/year=2023`) to look into, where the others are known to be in
    order; None looks into all. What partitions have in common is looked at in any case.
    """
    return check_files(store, seeds, changed) or check_rows(store, seeds, changed)


def check_files(store: Store, seeds: Path, changed: Collection[str] | None = None) -> list[Fault]:
    """Faults of partitions as files, after finishing what a crash left half done."""
    schemas = load_schemas(seeds)
    stored = {table: schemas[table] for table in TABLES}
    with store.changing(), engine() as connection:
        return list(file_faults(store, connection, stored, changed))


def check_rows(store: Store, seeds: Path, changed: Collection[str] | None = None) -> list[Fault]:
    """Faults of the rows of partitions that can be read."""
    schemas = load_schemas(seeds)
    stored = {table: schemas[table] for table in TABLES}
    faults: list[Fault] = []
    with store.changing(), engine() as connection:
        _read(connection, store, schemas, changed)
        for table, schema in stored.items():
            faults += _row_faults(connection, table, rules_of(schema))
        faults += _overlaps(connection)
        faults += across.shared_faults(connection)
    return sorted(faults, key=lambda fault: (fault.file, fault.row or 0))


def _read(
    connection: "duckdb.DuckDBPyConnection",
    store: Store,
    schemas: Mapping[str, SeedSchema],
    changed: Collection[str] | None,
) -> None:
    """Name what the rules ask: seed_<seed>, all_<table>, and <table>_rows of what has changed."""
    for name in (*SEEDS_READ, *TABLES):
        path = _text(schemas[name].path.as_posix())
        rows = f"select * from read_csv({path}, all_varchar = true, header = true)"  # noqa: S608
        connection.execute(f"create temp table seed_{name} as {rows}")
    for table in TABLES:
        files = [file.as_posix() for file in store.files(table)]
        chosen = [file for file in files if changed is None or _place(file) in changed]
        for view, read in ((f"all_{table}", files), (f"{table}_rows", chosen or files)):
            listed = ", ".join(map(_text, read))
            width = len(store.folder.as_posix()) + 2
            some = "" if chosen or view.startswith("all_") else " where false"
            connection.execute(
                f"create temp view {view} as select * exclude (filename, file_row_number),"  # noqa: S608
                f" substr(filename, {width}) as file, file_row_number + 1 as row"
                f" from read_parquet([{listed}], filename = true, file_row_number = true,"
                f" hive_partitioning = false){some}"
            )
    connection.execute(
        "create temp table unhashed as select document_id from documents_rows"
        " where text_sha256 is null"
    )
    _read_periods(connection)


def _read_periods(connection: "duckdb.DuckDBPyConnection") -> None:
    found = connection.execute("select distinct period from figures_rows").fetchall()
    known = [
        (period, *covered)
        for (period,) in found
        if period and (covered := years(period)) is not None
    ]
    connection.execute(
        "create temp table known_periods (period varchar, first_year int, last_year int)"
    )
    if known:
        connection.executemany("insert into known_periods values (?, ?, ?)", known)


def _row_faults(
    connection: "duckdb.DuckDBPyConnection", table: str, rules: list[Rule]
) -> Iterator[Fault]:
    """Count all rules in one pass; look for the rows of those that are broken."""
    counts = ", ".join(f"count(*) filter (where {rule.wrong})" for rule in rules)
    [found] = connection.execute(f"select {counts} from {table}_rows").fetchall()  # noqa: S608
    for rule, count in zip(rules, found, strict=True):
        if not count:
            continue
        shown = ["file", "row", *rule.fields.values()]
        rows = connection.execute(
            f"select {', '.join(shown)} from {table}_rows as rows"  # noqa: S608 - ours
            f" where ({rule.wrong}) and not ({rule.unless}) order by file, row limit {FAULTS_SHOWN}"
        ).fetchall()
        for file, row, *values in rows:
            fields = dict(zip(rule.fields, map(_shown, values), strict=True))
            yield Fault(rule.name, file, row, fields)


def _overlaps(connection: "duckdb.DuckDBPyConnection") -> Iterator[Fault]:
    connection.execute(_OVERLAPPING)
    spans = [
        Span(*row)
        for table in ("figures", "non_figures")
        for row in connection.execute(
            f"select document_id, char_start, char_end, file, row from {table}_rows"  # noqa: S608
            " semi join overlapping using (document_id)"
            " where char_start >= 0 and char_start < char_end"
        ).fetchall()
    ]
    yield from list(overlap_faults(spans))[:FAULTS_SHOWN]


def _place(file: str) -> str:
    return "/".join(file.split("/")[-3:-1])


def _shown(value: object) -> object:
    return "" if value is None else value


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
