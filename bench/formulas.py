"""The formula engine at national size, against the leanest hand-written SQL for the same results.

    nice python -m bench.formulas                 # a tenth of national size
    nice python -m bench.formulas --scale 1       # 9.6 million observations

40 formulas of three terms read 120 indicators and check 40 printed ones, for every region and
year. Both sides have two cores and the same limit of memory, and must give the same rows.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb
import typer

from bench import scratch_project

FORMULAS: Final = 40
TERMS: Final = 3
YEARS: Final = 20
REGIONS: Final = 3000
INDICATORS: Final = FORMULAS * (TERMS + 1)
MEMORY: Final = "3GB"
RATIO: Final = 1.5
GIGABYTES: Final = 4.0

# The staged seeds of a made-up nation; the result of formula n is its first plus its second
# less its third term, and every hundredth printed result is wrong.
NATION: Final = f"""
create schema staging;
create table staging.stg_regions as
    select format('{{:06d}}', 100000 + range) as region_code, 'r' as name_zh, 'r' as name_en,
        'county' as region_level, cast(null as varchar) as parent_region_code,
        date '1990-01-01' as valid_from, cast(null as date) as valid_to
    from range($regions);
create table staging.stg_sectors as
    select 'total' as sector, 'all' as name_zh, 'All' as name_en,
        cast(null as varchar) as parent_sector, 1 as sort_order;
create table staging.stg_units as
    select '人' as unit_code, '人' as name_zh, 'persons' as name_en, '人' as base_unit_code,
        cast(1 as decimal(18, 6)) as multiplier, 'count' as dimension;
create table staging.stg_indicators as
    select format('indicator_{{:03d}}', range) as indicator, 'i' as name_zh, 'i' as name_en,
        'policy' as topic, 'all' as education_stage, '人' as unit_code, 'stock' as measure_type,
        true as is_additive_over_regions, true as is_additive_over_sectors
    from range({INDICATORS});
create table staging.stg_formulas as
    select format('formula_{{:02d}}', range) as formula_id, 'sum' as kind,
        format('indicator_{{:03d}}', range * {TERMS + 1} + {TERMS}) as indicator,
        'total' as sector, cast(null as varchar) as status, cast(1 as decimal(9, 3)) as scale,
        cast(0 as decimal(9, 3)) as shift, 'equal' as relation,
        cast(null as varchar) as obstacle, cast(null as varchar) as comparison, 1 as preference
    from range({FORMULAS});
create table staging.stg_formula_terms as
    select formula_id, cast(term as integer) as term_number, 'addend' as role,
        cast(case when term = {TERMS} then -1 else 1 end as decimal(9, 3)) as coefficient,
        format('indicator_{{:03d}}', cast(right(formula_id, 2) as integer) * {TERMS + 1}
            + term - 1) as indicator,
        'total' as sector, cast(null as varchar) as status, 'self' as region_relation,
        'same' as period_relation
    from staging.stg_formulas cross join range(1, {TERMS + 1}) as terms(term);
create table staging.stg_documents as
    select 'yearbook' as document_id, '年鉴' as title_zh, date '2026-01-01' as published_on
    union all select 'revision', '年鉴', date '2026-06-01';
create table staging.stg_series_breaks as
    select 'none' as indicator, '100000' as region_code, '2000' as break_period where false;
create table staging.stg_document_relations as
    select '' as document_id, '' as relation, '' as related_document_id where false;
create table staging.stg_acknowledged_findings as
    select '' as finding_id, cast(0 as decimal(24, 6)) as gap, '' as explanation_zh,
        '' as explanation_en where false;
create table staging.stg_figures as
with numbers as (
    select regions.range as region, years.range as year, indicators.range as indicator,
        (regions.range * 7919 + years.range * 104729 + indicators.range * 1299709) % 100003 + 300000
            as term_value
    from range($regions) as regions, range({YEARS}) as years, range({INDICATORS}) as indicators
),
stated as (
    select *, case when indicator % {TERMS + 1} < {TERMS} then term_value
        else (region * 7919 + year * 104729 + (indicator - 3) * 1299709) % 100003
            + (region * 7919 + year * 104729 + (indicator - 2) * 1299709) % 100003
            - (region * 7919 + year * 104729 + (indicator - 1) * 1299709) % 100003 + 300000
            + case when region % 100 = 0 then 50 else 0 end
        end as value
    from numbers
)
select format('yearbook-{{}}-{{}}-{{}}', region, year, indicator) as figure_id,
    'yearbook' as document_id, format('{{:06d}}', 100000 + region) as region_code,
    '人' as unit_code,
    format('indicator_{{:03d}}', indicator) as indicator, 'self' as region_scope,
    'total' as sector, cast(2006 + year as varchar) as period, 'actual' as status,
    'stated' as period_basis, 'exact' as qualifier, cast(value as decimal(18, 4)) as value,
    cast(value - 0.5 as decimal(18, 4)) as value_low,
    cast(value + 0.5 as decimal(18, 4)) as value_high
from stated;
-- every twentieth region is printed again by the revision, with the same numbers
insert into staging.stg_figures by name
select * replace ('revision' as document_id, 'revision-' || figure_id as figure_id)
from staging.stg_figures where cast(region_code as integer) % 20 = 0;
"""  # noqa: S608 - our own numbers

# The leanest SQL found that gives the same columns of the same rows for this nation.
LEAN: Final = {
    "choose": """
    create or replace table lean.observations as
    with keys as (
        select indicator, region_code, region_scope, sector, period, status
        from observations.stated_observations
        group by all having count(*) > 1
    ),
    repeats as (
        select stated.* from observations.stated_observations as stated
        semi join keys using (indicator, region_code, region_scope, sector, period, status)
    ),
    agreement as (
        select indicator, region_code, region_scope, sector, period, status,
            count(*) as statements, count(distinct document_id) as documents,
            coalesce(max(value_low) <= min(value_high), true) as has_agreement
        from repeats group by all
    )
    select stated.*, 1 as statements, 1 as documents, true as has_agreement
    from observations.stated_observations as stated
    anti join keys using (indicator, region_code, region_scope, sector, period, status)
    union all by name
    select repeats.*, statements, documents, has_agreement
    from repeats
    inner join agreement using (indicator, region_code, region_scope, sector, period, status)
    qualify row_number() over (
        partition by repeats.indicator, repeats.region_code, repeats.region_scope,
            repeats.sector, repeats.period, repeats.status order by published_on desc
    ) = 1
    """,
    "derive": """
    create or replace table lean.derived_observations as
    with summed as (
        select formula_id, result_indicator, region_code, result_sector, period,
            sum(if(coefficient > 0, value, -value)) as value,
            sum(if(coefficient > 0, value_low, -value_high)) as value_low,
            sum(if(coefficient > 0, value_high, -value_low)) as value_high
        from observations.observations
        inner join observations.resolved_terms as terms using (indicator, sector)
        group by formula_id, result_indicator, region_code, result_sector, period
        having count(*) = any_value(terms.terms)
    )
    select summed.formula_id, summed.result_indicator as indicator, summed.region_code,
        summed.result_sector as sector, summed.period, 'actual' as status, '人' as unit_code,
        'equal' as relation, cast(null as varchar) as obstacle, 1 as formula_level,
        cast(summed.value as decimal(24, 6)) as value,
        cast(summed.value_low as decimal(24, 6)) as value_low,
        cast(summed.value_high as decimal(24, 6)) as value_high,
        stated.figure_id is not null as is_stated, true as is_preferred
    from summed
    left join observations.observations as stated
        on summed.result_indicator = stated.indicator
        and summed.region_code = stated.region_code
        and summed.result_sector = stated.sector and summed.period = stated.period
    """,
    "lineage": """
    create or replace table lean.observation_inputs as
    select terms.formula_id, terms.result_indicator as indicator, inputs.region_code,
        terms.result_sector as sector, inputs.period, terms.term_number,
        inputs.indicator as input_indicator, inputs.region_code as input_region_code,
        inputs.sector as input_sector, inputs.period as input_period,
        inputs.figure_id as input_figure_id, cast(null as varchar) as input_formula_id,
        terms.role, 1 as formula_level, 0 as input_level, terms.coefficient,
        inputs.value as input_value, inputs.value_low as input_value_low,
        inputs.value_high as input_value_high
    from observations.observations as inputs
    inner join observations.resolved_terms as terms using (indicator, sector)
    semi join lean.derived_observations as derived
        on terms.formula_id = derived.formula_id and inputs.region_code = derived.region_code
        and terms.result_sector = derived.sector and inputs.period = derived.period;
    create or replace table lean.derived_figures as
    select formula_id, indicator, region_code, sector, period, input_figure_id, 1 as depth
    from lean.observation_inputs
    group by all
    """,
    "findings": """
    create or replace table lean.findings as
    with compared as (
        select derived.formula_id || ':' || derived.region_code || ':' || derived.sector
                || ':' || derived.period as finding_id,
            'formula' as finding_type, derived.formula_id, derived.indicator,
            derived.region_code, 'self' as region_scope, derived.sector, derived.period,
            stated.status, derived.unit_code, stated.figure_id,
            cast(null as varchar) as other_figure_id, 'arithmetic' as comparison,
            stated.value as stated, stated.value_low as stated_low,
            stated.value_high as stated_high, derived.value as derived,
            derived.value_low as derived_low, derived.value_high as derived_high
        from lean.derived_observations as derived
        inner join observations.observations as stated
            using (indicator, region_code, sector, period)
        union all
        select 'repeat_statement:' || other.figure_id, 'revision', 'repeat_statement',
            indicator, region_code, region_scope, sector, period, status, other.unit_code,
            chosen.figure_id, other.figure_id, 'documents', chosen.value, chosen.value_low,
            chosen.value_high, other.value, other.value_low, other.value_high
        from observations.observations as chosen
        inner join observations.stated_observations as other
            using (indicator, region_code, region_scope, sector, period, status)
        where chosen.statements > 1 and chosen.figure_id <> other.figure_id
    ),
    measured as (
        select *, cast(case
                when stated_low > derived_high then stated_low - derived_high
                when stated_high < derived_low then stated_high - derived_low
                else 0 end as decimal(24, 6)) as gap
        from compared
    )
    select *, if(gap = 0, 'consistent', 'contradiction') as verdict, false as is_acknowledged,
        cast(null as varchar) as compared_formula_id, cast(null as varchar) as obstacle,
        cast(null as varchar) as explanation_zh, cast(null as varchar) as explanation_en
    from measured
    """,
}

MODELS: Final = {
    "choose": ("observations",),
    "derive": (
        *(f"derived_level_{level}" for level in (1, 2, 3)),
        "derived_observations",
    ),
    "lineage": ("observation_inputs", "derived_figures"),
    "findings": ("findings",),
}

# What both sides must agree on: rows, and what the numbers in them come to.
SAME: Final = {
    "choose": "select count(*), sum(value), count(distinct figure_id) from {}.observations",
    "derive": "select count(*), sum(value), sum(value_low), sum(value_high)"
    " from {}.derived_observations",
    "lineage": "select count(*), count(distinct input_figure_id), sum(input_value),"
    " (select count(*) from {0}.derived_figures) from {0}.observation_inputs",
    "findings": "select count(*), sum(gap), count(distinct figure_id), max(finding_id)"
    " from {}.findings",
}


def make_nation(file: Path, scale: float) -> int:
    """Write the staged seeds of a nation of that size; how many figures it prints."""
    regions = max(round(REGIONS * scale), 1)
    with duckdb.connect(file, config={"threads": 2, "memory_limit": MEMORY}) as connection:
        for statement in NATION.split(";\n"):
            connection.execute(statement.replace("$regions", str(regions)))
        found = connection.execute("select count(*) from staging.stg_figures").fetchone()
    return int(found[0]) if found else 0


def lean_seconds(file: Path) -> dict[str, float]:
    """The seconds of the hand-written SQL, by phase; a disagreement with the engine is an error."""
    seconds = {}
    with duckdb.connect(file, config={"threads": 2, "memory_limit": MEMORY}) as connection:
        connection.execute("create schema lean")
        for phase, statement in LEAN.items():
            start = time.perf_counter()
            connection.execute(statement)
            seconds[phase] = time.perf_counter() - start
            ours, theirs = (
                connection.execute(SAME[phase].format(schema)).fetchone()
                for schema in ("observations", "lean")
            )
            if ours != theirs:
                raise SystemExit(f"{phase}: the engine gives {ours}, the lean SQL {theirs}")
    return seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line per phase; 1 where memory or the ratio of the whole misses its aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--scale", type=float, default=0.1, help="1 is national size")
    scale = parser.parse_args(arguments).scale
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = make_nation(folder / "nation.duckdb", scale)
        typer.echo(f"{figures:,} figures, {FORMULAS} formulas of {TERMS} terms")
        # One model at a time, as the hand-written SQL runs, each with both cores.
        scratch_project.lay_out(folder, "nation.duckdb", MEMORY, threads=1)
        took = scratch_project.run(folder, "+findings", "observation_inputs", "derived_figures")
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        lean = lean_seconds(folder / "nation.duckdb")
    engine = {phase: sum(took.pop(model) for model in models) for phase, models in MODELS.items()}
    for phase, seconds in engine.items():
        ratio = seconds / lean[phase]
        typer.echo(f"{phase}: {seconds:.1f} s, lean {lean[phase]:.1f} s, ratio {ratio:.2f}")
    ratio = sum(engine.values()) / sum(lean.values())
    typer.echo(f"all: {sum(engine.values()):.1f} s, lean {sum(lean.values()):.1f} s, {ratio:.2f}")
    typer.echo(f"before it (periods, regions, base units): {sum(took.values()):.1f} s")
    typer.echo(f"memory at most {memory:.2f} GiB, limit of the database {MEMORY}")
    return int(ratio > RATIO or memory > GIGABYTES)


if __name__ == "__main__":
    raise SystemExit(main())
