"""Which regions a few changed documents change, so that a refresh works out no others anew.

A refresh that finds only documents changed starts from a copy of the published file. It names the
regions in the table changes.regions, and the models that work region by region renew the rows of
those alone (macros/changes.sql). A changed number reaches its own region and, by the terms of the
formulas, the regions whose results read it; whoever is in doubt is built whole.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.store.layout import TABLES
from refresh import before_and_after
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
"""Of the regions; where more change, a build of the whole costs no more.

Of the rows of a file, too: where more are dead, which earlier refreshes replaced."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed inputs change: documents, the codes of regions, of so many, and models.

    `models` are the files where dbt begins to build; what does not read them stays as it is.
    """

    documents: tuple[str, ...]
    changed: frozenset[str]
    regions: int
    models: tuple[str, ...]


def may_be_few(inputs: Inputs, live: Version, fewest: int) -> bool:
    """Whether only documents changed since `live` was built, and it has the figures that pay."""
    found = live.manifest
    if found.contents.figures < fewest or dict(found.tools) != dict(inputs.tools):
        return False
    changed = inputs.changed(found.inputs)
    return all(name in SEEDS or name.startswith(f"{STORE}/") for name in changed)


def find(root: Path, published: Path, inputs: Collection[str]) -> Changes | None:
    """What the documents of the project at `root` change in a published file.

    inputs: the names of the seeds and partitions that are not those of the published file.

    None where so many regions change, or so many rows were replaced by earlier refreshes, that
    everything had better be built anew.
    """
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{before_and_after.quoted(published)}' as published (read_only)"
        )
        if _dead_share(connection) > GREATEST_SHARE:
            return None
        before_and_after.attach(connection, root, inputs)
        return _changes(connection, root, inputs)


def _dead_share(connection: "duckdb.DuckDBPyConnection") -> float:
    """Rows of the figures that lie in the file and count no longer."""
    [[stored, living]] = connection.execute(
        """
        select
            (
                select sum(count)
                from pragma_storage_info('published.staging.stg_figures')
                where column_name = 'region_code' and segment_type <> 'VALIDITY'
            ),
            (select count(*) from published.staging.stg_figures)
        """
    ).fetchall()
    return 1 - living / stored if stored else 0.0


def _changes(
    connection: "duckdb.DuckDBPyConnection", root: Path, inputs: Collection[str]
) -> Changes | None:
    relations = before_and_after.quoted(root / "seeds" / "documents" / "document_relations.csv")
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
        regions=int(regions),
        models=tuple(sorted({file for name in inputs for file in _models_of(name)})),
    )


def _models_of(name: str) -> tuple[str, ...]:
    """The files of the project that read an input before any other does."""
    if name.startswith(f"{STORE}/"):
        return tuple(f"models/staging/stg_{table}.sql" for table in TABLES)
    return (name,)


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
    ),
    -- What is said of a document stands beside the region that it is of.
    documents as (
        from old_documents semi join changed_documents using (document_id)
        union all
        from new_documents semi join changed_documents using (document_id)
    )
    select region_code from reached
    union
    select region_code from documents
    """,
)


def _column(connection: "duckdb.DuckDBPyConnection", query: str) -> list[str]:
    return [value for (value,) in connection.execute(query).fetchall()]
