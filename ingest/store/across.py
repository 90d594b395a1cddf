"""Faults that show only when rows are seen together: pairs of codes, partitions, the seeds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ingest.seeds.fault import Fault

if TYPE_CHECKING:
    import duckdb

RULES: Final = ("twice_in_store", "in_seed_and_store", "wrong_partition", "document_elsewhere")
SHOWN: Final = 50

# Each gives file, row and the fields of the sentence of its rule.
_PAIRS: Final = {
    "dimension": """
        with pairs as (
            select unit_code, indicator, min(file) as file, arg_min(row, file) as row
            from figures_rows group by unit_code, indicator
        )
        select file, row, pairs.unit_code as unit, units.dimension, indicator,
            bases.dimension as kept
        from pairs
        inner join seed_units as units on pairs.unit_code = units.unit_code
        inner join seed_indicators as indicators using (indicator)
        inner join seed_units as bases on indicators.unit_code = bases.unit_code
        where units.dimension <> bases.dimension""",
    "other_base": """
        with pairs as (
            select unit_code, indicator, min(file) as file, arg_min(row, file) as row
            from figures_rows group by unit_code, indicator
        )
        select file, row, pairs.unit_code as unit, units.base_unit_code as base, indicator,
            indicators.unit_code as kept
        from pairs
        inner join seed_units as units on pairs.unit_code = units.unit_code
        inner join seed_indicators as indicators using (indicator)
        inner join seed_units as bases on indicators.unit_code = bases.unit_code
        where units.dimension = bases.dimension and units.base_unit_code <> indicators.unit_code""",
    "region_not_valid": """
        with pairs as (
            select region_code, period, min(file) as file, arg_min(row, file) as row
            from figures_rows group by region_code, period
        )
        select file, row, region_code as region, last_year as year
        from pairs
        inner join known_periods using (period)
        semi join seed_regions using (region_code)
        anti join seed_regions as valid
            on pairs.region_code = valid.region_code
            and last_year between cast(left(valid.valid_from, 4) as integer)
            and coalesce(cast(left(valid.valid_to, 4) as integer), 9999)""",
    "wrong_partition": """
        select file, row, document_id as document,
            'province=' || left(region_code, 2) || '/year='
            || lpad(cast(year(published_on) as varchar), 4, '0') as wanted
        from documents_rows
        where not contains(file, '/' || wanted || '/')""",
    "in_seed_and_store": """
        select file, row, document_id as document from documents_rows
        semi join seed_documents using (document_id)""",
}

# A document of a row must lie in the same partition as the row.
_ELSEWHERE: Final = """
    with stated as (
        select document_id, split_part(file, '/', 2) || '/' || split_part(file, '/', 3) as place,
            min(file) as file, min(row) as row
        from {table}_rows group by document_id, place
    ),
    kept as (
        select document_id, split_part(file, '/', 2) || '/' || split_part(file, '/', 3) as place
        from all_documents
    )
    select file, row, document_id as document from stated
    anti join kept using (document_id, place)"""

# Hashes need a quarter of the memory of ids; only where two are alike are the ids looked at.
_TWICE: Final = """
    with again as (
        select {key} from all_{table} semi join {table}_rows using ({first})
        group by {key} having count(*) > 1
    )
    select file, row, concat_ws(' ', {key}) as key,
        first_value(file || ':' || row) over (partition by {key} order by file, row) as other
    from all_{table} semi join again using ({key})
    qualify row_number() over (partition by {key} order by file, row) > 1"""

_KEYS: Final = {
    "documents": ("document_id",),
    "figures": ("figure_id",),
    "non_figures": ("document_id", "char_start"),
}


def shared_faults(connection: "duckdb.DuckDBPyConnection") -> Iterator[Fault]:
    """Faults between rows of one partition, between partitions, and with the seeds."""
    for rule, query in _PAIRS.items():
        yield from _faults(connection, rule, query)
    for table in ("figures", "non_figures"):
        yield from _faults(connection, "document_elsewhere", _ELSEWHERE.format(table=table))
    for table, key in _KEYS.items():
        if _has_repeats(connection, table, key):
            query = _TWICE.format(table=table, key=", ".join(key), first=key[0])
            yield from _faults(connection, "twice_in_store", query)
    seed_ids = "select file, row, document_id as document from figures_rows"
    yield from _faults(
        connection, "in_seed_and_store", f"{seed_ids} semi join seed_figures using (figure_id)"
    )


def _has_repeats(connection: "duckdb.DuckDBPyConnection", table: str, key: tuple[str, ...]) -> bool:
    [(rows, keys)] = connection.execute(
        f"select count(*), count(distinct hash({', '.join(key)})) from all_{table}"  # noqa: S608
    ).fetchall()
    return bool(rows != keys)


def _faults(connection: "duckdb.DuckDBPyConnection", rule: str, query: str) -> Iterator[Fault]:
    found = connection.execute(f"from ({query}) order by file, row limit {SHOWN}")
    names = [name for name, *_ in found.description or ()][2:]
    for file, row, *values in found.fetchall():
        yield Fault(rule, file, row, dict(zip(names, values, strict=True)))
