{{ config(materialized='ephemeral') }}

with

derived_observations as (
    select * from {{ ref('derived_observations') }}
    where {{ own_regions() }}
),

comparisons as (
    select * from {{ ref('formula_comparisons') }}
),

derived_figures as (
    select * from {{ ref('derived_figures') }}
    where {{ own_regions() }}
),

unprinted as (
    select
        derived_observations.*,
        comparisons.comparison
    from derived_observations
    inner join comparisons
        on derived_observations.formula_id = comparisons.formula_id
    where comparisons.is_contested and not derived_observations.is_stated
),

-- Two formulas for one value that is not printed.
implied_pairs as (
    select
        {{ finding_key('unprinted') }} as finding_id,
        'implied' as finding_type,
        unprinted.comparison,
        unprinted.formula_id,
        unprinted.indicator,
        unprinted.region_code,
        'self' as region_scope,
        unprinted.sector,
        unprinted.period,
        unprinted.status,
        unprinted.unit_code,
        cast(null as string) as figure_id,
        preferred.formula_id as compared_formula_id,
        cast(null as string) as other_figure_id,
        unprinted.obstacle,
        preferred.value as stated,
        preferred.value_low as stated_low,
        preferred.value_high as stated_high,
        unprinted.value as derived,
        unprinted.value_low as derived_low,
        unprinted.value_high as derived_high
    from unprinted
    inner join unprinted as preferred
        on
            unprinted.indicator = preferred.indicator
            and unprinted.region_code = preferred.region_code
            and unprinted.sector = preferred.sector
            and unprinted.period = preferred.period
            and unprinted.status = preferred.status
            and unprinted.formula_id <> preferred.formula_id
    where preferred.is_preferred
),

-- Two formulas that read the same figures agree by themselves.
independent_pairs as (
    select implied_pairs.finding_id
    from implied_pairs
    inner join derived_figures
        on
            implied_pairs.region_code = derived_figures.region_code
            and implied_pairs.sector = derived_figures.sector
            and implied_pairs.period = derived_figures.period
            and derived_figures.formula_id
            in (implied_pairs.formula_id, implied_pairs.compared_formula_id)
    group by implied_pairs.finding_id
    having count(distinct derived_figures.input_figure_id) * 2 > count(*)
)

select implied_pairs.*
from implied_pairs
inner join independent_pairs
    on implied_pairs.finding_id = independent_pairs.finding_id
