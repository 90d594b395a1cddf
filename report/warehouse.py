"""The one place where the report reads the warehouse: tables, read-only, all at once."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from project.errors import InputFault
from project.language import say
from query.connection import Limits, open_warehouse
from query.connection import Warehouse as Opened
from query.faults import QueryFault
from query.search import ENTRIES, Hit, described_entries, entries_of
from report.keys import Key
from report.topics import marts_on_topic_pages
from report.words import Words, comment_words

Row = Mapping[str, Any]

# Tables beside the marts: how values came about, and the names that marts carry only as codes.
OTHER_TABLES: Final = (
    "observations.reconciled_observations",
    "observations.stated_observations",
    "observations.derived_observations",
    "observations.observation_inputs",
    "staging.stg_formulas",
    "staging.stg_dimensions",
    "staging.stg_sectors",
    "staging.stg_units",
    "staging.stg_region_tiles",
    "staging.stg_document_relations",
)
KEY: Final = tuple(Key._fields)
VALUE: Final = ("value", "value_low", "value_high")
INPUT: Final = ("input_indicator", "input_region_code", "input_sector", "input_period")
DERIVED: Final = ("formula_id", "indicator", "region_code", "sector", "period")
# Of tables that grow with every figure only what a page shows is read: half of their columns.
COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "reconciled_observations": frozenset(
        {*KEY, *VALUE, "unit_code", "document_id", "origin", "year", "is_newest_of_year"}
        | {"derived", "derived_low", "derived_high"}
    ),
    "stated_observations": frozenset({*KEY, "figure_id"}),
    "derived_observations": frozenset({*DERIVED, *VALUE, "unit_code", "relation", "is_preferred"}),
    "observation_inputs": frozenset(
        {*DERIVED, *INPUT, "term_number", "input_figure_id", "input_formula_id"}
        | {"input_value", "input_value_low", "input_value_high"}
    ),
    "consistency_findings": frozenset(
        {*KEY, "finding_id", "finding_type", "formula_id", "compared_formula_id", "unit_code"}
        | {"verdict", "is_acknowledged", "figure_id", "other_figure_id"}
        | {"sentence_zh", "sentence_en", "explanation_zh", "explanation_en"}
        | {"stated", "stated_low", "stated_high", "derived", "derived_low", "derived_high"}
    ),
}
# Their numbers stand for no single observation: a row is explained by the figures behind it.
MARTS_OF_PROJECTIONS: Final = ("kindergarten_demand", "primary_entry_demand")
ROWS_AT_ONCE: Final = 2_000
LIMITS: Final = Limits(seconds=600, memory="2GB")
# Of a large warehouse the figures would make an index that no browser likes to load.
MOST_FIGURES_FOUND: Final = 10_000
KNOWN_TABLES: Final = "select schema_name, table_name, comment from duckdb_tables() order by all"
MARTS: Final = (
    "consistency_findings",
    "documents",
    "figures",
    "indicators",
    "number_accounting",
    "plan_measures",
    "policy_targets",
    "regions",
    "target_progress",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the warehouse: what it is, its columns by name, its rows in its own order."""

    name: str
    title: Words
    columns: Mapping[str, Words]
    rows: tuple[Row, ...]
    exists: bool = True


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Everything that the report needs from a built file."""

    tables: Mapping[str, Table]
    mart_titles: Mapping[str, Words] = field(default_factory=dict)
    findable: tuple[Hit, ...] = ()

    def table(self, name: str) -> Table:
        """A table by name; one that the file lacks is empty and says that it does not exist."""
        missing = Table(name, Words(name, name), {}, (), exists=False)
        return self.tables.get(name, missing)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table, none where the file lacks it."""
        return self.table(name).rows


def read(file: Path) -> Warehouse:
    """Read a built warehouse; raises InputFault where there is none or it is something else."""
    with _opened(file) as opened:
        tables = {table.name: table for table in _tables(opened)}
        titles = {
            name: comment_words(comment, name)
            for schema, name, comment in opened.rows(KNOWN_TABLES)
            if schema == "main"
        }
        return Warehouse(tables, titles, tuple(_findable(opened, tables)))


@contextmanager
def _opened(file: Path) -> Iterator[Opened]:
    if not file.is_file():
        raise InputFault(say("report.no_warehouse", file=file))
    try:
        with open_warehouse(file, LIMITS) as opened:
            yield opened
    except QueryFault as error:
        reason = error.message
        raise InputFault(say("report.unreadable_warehouse", file=file, reason=reason)) from error


def _findable(opened: Opened, tables: Mapping[str, Table]) -> Iterator[Hit]:
    """What a search may find; a file that lacks a table is searched without it."""
    figures = tables.get("figures")
    many = figures is not None and len(figures.rows) > MOST_FIGURES_FOUND
    kinds = [kind for kind in ENTRIES if kind != "figure" or not many]
    for kind in ("described", *kinds):
        try:
            yield from (
                described_entries(opened) if kind == "described" else entries_of(opened, kind)
            )
        except QueryFault:
            continue


def _tables(opened: Opened) -> Iterable[Table]:
    known = opened.rows(KNOWN_TABLES)
    comments: dict[tuple[str, str], dict[str, str | None]] = {}
    for schema, table, column, comment in opened.rows(
        "select schema_name, table_name, column_name, comment from duckdb_columns()"
        " order by schema_name, table_name, column_index"
    ):
        comments.setdefault((schema, table), {})[column] = comment
    # An analyst's own tables may lie in the file too, and be large: only what is shown is read.
    shown = {*MARTS, *marts_on_topic_pages()}
    for schema, name, comment in known:
        full_name = f"{schema}.{name}"
        if full_name == "main.lineage":
            yield _lineage(opened)
        if full_name in OTHER_TABLES or (schema == "main" and name in shown):
            read = COLUMNS.get(name, comments[schema, name].keys())
            columns = {c: words for c, words in comments[schema, name].items() if c in read}
            yield Table(
                name if schema == "main" else full_name.partition(".")[2],
                comment_words(comment, name),
                {column: comment_words(words, column) for column, words in columns.items()},
                _rows(opened, schema, name, tuple(columns)),
            )


def _rows(opened: Opened, schema: str, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    names = ", ".join(_selected(name, column) for column in columns)
    # Keys come first, so this is their order; a table that a refresh added to has lost it.
    # The names come from the file's own catalogue and are quoted as identifiers.
    query = f"select {names} from {_quoted(schema)}.{_quoted(name)} order by all"  # noqa: S608
    return _fetched(opened, query, columns)


def _lineage(opened: Opened) -> Table:
    """The figures behind each row of the marts that hold projections; lineage itself is large."""
    columns = ("mart", "row_key", "input_figure_id")
    marts = ", ".join(f"'{mart}'" for mart in MARTS_OF_PROJECTIONS)
    # A parameter would make duckdb import pandas, which takes longer than the query.
    query = (
        "select distinct mart, row_key, input_figure_id from main.lineage"  # noqa: S608
        f" where mart in ({marts}) and input_figure_id is not null order by all"
    )
    return Table("lineage", Words("lineage", "lineage"), {}, _fetched(opened, query, columns))


def _selected(table: str, column: str) -> str:
    """A column of a table; of the many findings that hold only the verdict is shown."""
    if table == "consistency_findings" and column.startswith(("sentence_", "explanation_")):
        return f"case when verdict <> 'consistent' then {_quoted(column)} end"
    return _quoted(column)


def _fetched(opened: Opened, query: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Rows by column; a value that repeats is kept once, which halves a large warehouse."""
    kept: dict[Any, Any] = {}
    rows = []
    for some in opened.batches(query, ROWS_AT_ONCE):
        for row in some:
            values = [kept.setdefault(v, v) if isinstance(v, str) else v for v in row]
            rows.append(dict(zip(columns, values, strict=True)))
    return tuple(rows)


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
