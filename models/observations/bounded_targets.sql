{{ config(materialized='incremental') }}

with

targets as (
    select * from {{ ref('stated_observations') }}
    where status in ('target', 'norm', 'price_cap', 'planned') and {{ near_regions() }}
),

reconciled_observations as (
    select * from {{ ref('reconciled_observations') }}
    where status = 'actual' and {{ own_regions() }}
),

derived_observations as (
    select * from {{ ref('derived_observations') }}
    where {{ own_regions() }}
),

comparisons as (
    select * from {{ ref('formula_comparisons') }}
    where comparison in ('norm', 'price_cap')
),

-- The caps that formulas read; a norm that a formula states is no figure.
observation_inputs as (
    select * from {{ ref('observation_inputs') }}
    where
        formula_id in (
            select comparisons.formula_id from comparisons
            where comparisons.comparison = 'price_cap'
        )
        and {{ own_regions() }}
),

periods as (
    select * from {{ ref('periods') }}
),

-- A cap or a norm that a formula holds against other figures: what it bounds, and how.
bounds as (
    select
        derived_observations.*,
        observation_inputs.input_figure_id as target_figure_id,
        targets.status as target_type,
        targets.period as due_period
    from derived_observations
    inner join comparisons
        on derived_observations.formula_id = comparisons.formula_id
    left join observation_inputs
        on
            derived_observations.formula_id = observation_inputs.formula_id
            and derived_observations.region_code = observation_inputs.region_code
            and derived_observations.sector = observation_inputs.sector
            and derived_observations.period = observation_inputs.period
    left join targets
        on observation_inputs.input_figure_id = targets.figure_id
    where derived_observations.relation <> 'equal' and derived_observations.obstacle is null
),

newest_bounds as (
    select
        bounds.*,
        row_number() over (
            partition by bounds.formula_id, bounds.region_code, bounds.sector
            order by periods.ends_on desc, bounds.period asc
        ) as newness
    from bounds
    inner join periods
        on bounds.period = periods.period
)

select
    coalesce(newest_bounds.target_figure_id, newest_bounds.formula_id) as target_id,
    newest_bounds.target_figure_id,
    newest_bounds.formula_id as target_formula_id,
    newest_bounds.indicator,
    newest_bounds.region_code,
    'self' as region_scope,
    newest_bounds.sector,
    newest_bounds.unit_code,
    coalesce(newest_bounds.target_type, 'norm') as target_type,
    newest_bounds.relation as comparator,
    cast(null as {{ value_type() }}) as target,
    newest_bounds.value_low as target_low,
    newest_bounds.value_high as target_high,
    newest_bounds.due_period,
    newest_bounds.period,
    newest_bounds.region_code as actual_region_code,
    reconciled_observations.value as actual,
    reconciled_observations.value_low as actual_low,
    reconciled_observations.value_high as actual_high,
    cast(null as string) as earlier_period,
    cast(null as {{ value_type() }}) as earlier_actual,
    false as is_peer
from newest_bounds
inner join reconciled_observations
    on
        newest_bounds.indicator = reconciled_observations.indicator
        and newest_bounds.region_code = reconciled_observations.region_code
        and newest_bounds.sector = reconciled_observations.sector
        and newest_bounds.period = reconciled_observations.period
        and reconciled_observations.region_scope = 'self'
where newest_bounds.newness = 1
