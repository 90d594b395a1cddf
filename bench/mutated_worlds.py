"""Many worlds in one warehouse: each mutation has its own copy of the regions and their figures.

A world is a prefix of the region code, so that the compiled models of the project check thousands
of mutations in one run, without knowing of them.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from bench import scratch_project
from bench.mutated_figures import Figure, Mutation

WORLDS = """
create table worlds.regions as
select worlds.world || '@' || regions.region_code as region_code,
    worlds.world || '@' || regions.parent_region_code as parent_region_code,
    regions.* exclude (region_code, parent_region_code)
from worlds.mutations as worlds
inner join built.staging.stg_regions as regions
    on regions.region_code like worlds.family || '%'
    or worlds.region_code like rtrim(regions.region_code, '0') || '%';

create table worlds.figures as
select worlds.world || '@' || figures.region_code as region_code,
    case when worlds.figure_id = figures.figure_id then worlds.value
        else figures.value end as value,
    case when worlds.figure_id = figures.figure_id then worlds.value_low
        else figures.value_low end as value_low,
    case when worlds.figure_id = figures.figure_id then worlds.value_high
        else figures.value_high end as value_high,
    figures.* exclude (region_code, value, value_low, value_high)
from worlds.mutations as worlds
inner join built.staging.stg_figures as figures
    on figures.region_code like worlds.family || '%';

create table worlds.series_breaks as
select worlds.world || '@' || breaks.region_code as region_code, breaks.* exclude (region_code)
from worlds.mutations as worlds
cross join built.staging.stg_series_breaks as breaks;

create table worlds.acknowledged_findings as
select replace(findings.finding_id, ':' || split_part(findings.finding_id, ':', 2) || ':',
        ':' || worlds.world || '@' || split_part(findings.finding_id, ':', 2) || ':'
    ) as finding_id, findings.* exclude (finding_id)
from worlds.mutations as worlds
cross join built.staging.stg_acknowledged_findings as findings;
"""


def family(region_code: str) -> str:
    """Figures of the nation, or of one city, speak of each other and of nobody else."""
    return region_code if region_code.endswith("0000") else region_code[:4]


def read_figures(built: Path) -> list[Figure]:
    """Every figure of a built warehouse."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = connection.execute(
            "select figure_id, printed, region_code, status, value, value_low, value_high"
            " from staging.stg_figures order by figure_id"
        ).fetchall()
    return [Figure(*row) for row in rows]


def contradicted_worlds(built: Path, worlds: Sequence[Mutation]) -> set[int]:
    """The numbers of the mutations that yield a contradiction which nobody has acknowledged."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out(folder / "many.duckdb", built, worlds)
        scratch_project.lay_out(folder, "many.duckdb")
        scratch_project.run(folder, "+findings")
        with duckdb.connect(folder / "many.duckdb", read_only=True) as connection:
            found = connection.execute(
                "select distinct cast(split_part(region_code, '@', 1) as integer)"
                " from observations.findings"
                " where verdict = 'contradiction' and not is_acknowledged"
            ).fetchall()
    return {world for (world,) in found}


def _lay_out(file: Path, built: Path, worlds: Sequence[Mutation]) -> None:
    with duckdb.connect(file) as connection:
        connection.execute(f"attach '{built}' as built (read_only)")
        connection.execute("create schema worlds; create schema staging")
        connection.execute(
            "create table worlds.mutations (world integer, region_code varchar, figure_id varchar,"
            " value decimal(24, 6), value_low decimal(24, 6), value_high decimal(24, 6),"
            " family varchar)"
        )
        connection.executemany(
            "insert into worlds.mutations values (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(number, world.region_code, world.figure_id),
                    *(world.value, world.low, world.high, family(world.region_code)),
                )
                for number, world in enumerate(worlds)
            ],
        )
        connection.execute(WORLDS)
        staged = connection.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'built' and schema_name = 'staging'"
        ).fetchall()
        for (table,) in staged:
            changed = table.removeprefix("stg_")
            is_changed = changed in ("regions", "figures", "series_breaks", "acknowledged_findings")
            source = f"worlds.{changed}" if is_changed else f"built.staging.{table}"
            connection.execute(f"create table staging.{table} as from {source}")
