"""Which regions a few changed documents change, so that a refresh works out no others anew.

A refresh that finds only documents changed starts from a copy of the published file. It names the
regions in the table changes.regions, and the models that work region by region renew the rows of
those alone (macros/changes.sql). A changed number reaches its own region and, by the terms of the
formulas, the regions whose results read it; whoever is in doubt is built whole.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.store import Store, configured_store
from refresh.fingerprint import STORE, Inputs
from refresh.versions import Version

if TYPE_CHECKING:
    import duckdb

SEEDS: Final = frozenset(
    f"seeds/documents/{name}.csv"
    for name in (
        *("documents", "figures", "non_figures", "corrections", "document_relations"),
        *("measures", "measure_owners"),
    )
) | {"seeds/reference/indicator_aliases.csv", "seeds/reference/expected_row_counts.csv"}
"""Seeds that say something of single documents, or that no model reads which works by region."""

GREATEST_SHARE: Final = 0.2
"""Of the regions; where more change, a build of the whole costs no more."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Regions by code: those whose rows change, and all that must be read to renew them."""

    documents: tuple[str, ...]
    changed: frozenset[str]
    near: frozenset[str]
    regions: int


def may_be_few(inputs: Inputs, live: Version, fewest: int) -> bool:
    """Whether only documents changed since `live` was built, and it has the figures that pay."""
    found = live.manifest
    if found.contents.figures < fewest or dict(found.tools) != dict(inputs.tools):
        return False
    changed = inputs.changed(found.inputs)
    return all(name in SEEDS or name.startswith(f"{STORE}/") for name in changed)


def find(root: Path, published: Path) -> Changes | None:
    """What the documents of the project at `root` change in a published file.

    None where so many regions change that everything had better be built anew.
    """
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(published)}' as published (read_only)")
        for table in ("documents", "figures"):
            _attach_inputs(connection, root, table, configured_store(root))
        return _changes(connection, root)


def start_from(published: Path, side: Path, changes: Changes) -> None:
    """Copy a published file to where dbt builds, and name the regions in it."""
    import duckdb

    side.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(published, side)
    side.chmod(0o644)
    with duckdb.connect(str(side)) as connection:
        connection.execute("create schema changes")
        connection.execute("create table changes.regions (region_code varchar, is_changed boolean)")
        connection.execute(
            "insert into changes.regions select unnest(?), unnest(?)",
            [sorted(changes.near), [code in changes.changed for code in sorted(changes.near)]],
        )


def forget(file: Path) -> None:
    """Take the names of the regions out again: what is published is whole."""
    import duckdb

    with duckdb.connect(str(file)) as connection:
        connection.execute("drop schema if exists changes cascade")


def _attach_inputs(
    connection: "duckdb.DuckDBPyConnection", root: Path, table: str, store: Store | None
) -> None:
    """Views `new_<table>` and `old_<table>` of the same columns and types."""
    described = connection.execute(f"describe published.seeds.{table}").fetchall()
    types = {name: type_ for name, type_, *_ in described}
    columns = ", ".join(f"cast({name} as {type_}) as {name}" for name, type_ in types.items())
    sources = [
        f"read_csv('{_quoted(root / 'seeds' / 'documents' / f'{table}.csv')}', header = true,"
        f" columns = {types!r})"
    ]
    if store is not None:
        sources.append(
            f"read_parquet('{_quoted(store.folder)}/{table}/*/*/*.parquet',"
            " hive_partitioning = false)"
        )
    rows = " union all ".join(f"select {columns} from {source}" for source in sources)  # noqa: S608
    connection.execute(f"create view new_{table} as {rows}")
    connection.execute(
        f"create view old_{table} as select {columns} from published.staging.stg_{table}"  # noqa: S608
    )


def _changes(connection: "duckdb.DuckDBPyConnection", root: Path) -> Changes | None:
    relations = _quoted(root / "seeds" / "documents" / "document_relations.csv")
    connection.execute(
        "create view new_document_relations as"  # noqa: S608 - our own path
        f" select * from read_csv('{relations}', header = true, all_varchar = true)"
    )
    for statement in _REACHED:
        connection.execute(statement)
    changed = frozenset(_column(connection, "from reached"))
    [regions] = _column(connection, "select count(*) from published.observations.latest_regions")
    if len(changed) > GREATEST_SHARE * int(regions):
        return None
    return Changes(
        documents=tuple(_column(connection, "from changed_documents order by document_id")),
        changed=changed,
        near=changed | frozenset(_column(connection, _NEAR)),
        regions=int(regions),
    )


_REACHED: Final = (
    # Figures are compared by document: their number and the sum of their hashes.
    """
    create temp table changed_documents as
    with old_sums as (
        select document_id, count(*) as figures, sum(hash(old_figures)) as content
        from old_figures group by document_id
    ),
    new_sums as (
        select document_id, count(*) as figures, sum(hash(new_figures)) as content
        from new_figures group by document_id
    ),
    old_relations as (
        select document_id, relation, related_document_id, related_document_number
        from published.staging.stg_document_relations
    ),
    new_relations as (
        select document_id, relation, related_document_id, related_document_number
        from new_document_relations
    ),
    relations as (
        (from old_relations except from new_relations)
        union all
        (from new_relations except from old_relations)
    )
    select document_id
    from old_sums full join new_sums using (document_id)
    where old_sums.figures is distinct from new_sums.figures
        or old_sums.content is distinct from new_sums.content
    union
    select document_id from (from old_documents except from new_documents)
    union
    select document_id from (from new_documents except from old_documents)
    union
    select document_id from relations
    union
    select related_document_id from relations where related_document_id is not null
    """,
    """
    create temp table changed_figures as
    select 'old' as edition, indicator, region_code, period
    from old_figures semi join changed_documents using (document_id)
    group by all
    union all
    select 'new', indicator, region_code, period
    from new_figures semi join changed_documents using (document_id)
    group by all
    """,
    # Where a period is printed for the first time or no longer, values may be carried there or no
    # longer (models/observations/region_periods.sql).
    """
    create temp table turned_regions as
    with places as (select distinct region_code from changed_figures),
    old_periods as (
        select distinct region_code, period from old_figures semi join places using (region_code)
    ),
    new_periods as (
        select distinct region_code, period from new_figures semi join places using (region_code)
    )
    select distinct region_code
    from (
        (from old_periods except from new_periods)
        union all
        (from new_periods except from old_periods)
    )
    """,
    """
    create temp table reached as
    with recursive terms as (
        select distinct indicator, result_indicator, region_relation, period_relation
        from published.observations.resolved_terms
    ),
    matches as (
        select distinct region_relation, observation_region_code, result_region_code
        from published.observations.region_matches
    ),
    related as (
        select ancestor_code as region_code
        from published.observations.region_ancestors semi join turned_regions using (region_code)
        union
        select ancestors.region_code
        from published.observations.region_ancestors as ancestors
        semi join turned_regions on ancestors.ancestor_code = turned_regions.region_code
    ),
    levels as (
        select count(*) as levels from duckdb_tables()
        where database_name = 'published' and table_name like 'derived_level_%'
    ),
    reached as (
        select indicator, region_code, 0 as formula_level from changed_figures
        union
        select terms.result_indicator, related.region_code, 1
        from terms cross join related
        where terms.period_relation not in ('same', 'start', 'end')
        union
        select terms.result_indicator, matches.result_region_code, reached.formula_level + 1
        from reached
        inner join terms on reached.indicator = terms.indicator
        inner join matches
            on reached.region_code = matches.observation_region_code
            and terms.region_relation = matches.region_relation
        where reached.formula_level < (select levels from levels)
    )
    select distinct region_code from reached
    """,
)

_NEAR: Final = """
    select distinct observation_region_code
    from published.observations.region_matches
    where result_region_code in (select region_code from reached)
"""


def _column(connection: "duckdb.DuckDBPyConnection", query: str) -> list[str]:
    return [value for (value,) in connection.execute(query).fetchall()]


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")
