{{ config(materialized='ephemeral') }}

with

-- Printed values of the indicators that formulas give.
observations as (
    select
        *,
        {{ formula_status('status') }} as formula_status
    from {{ ref('observations') }}
    where
        region_scope = 'self'
        and indicator in (select result_indicator from {{ ref('resolved_terms') }})
        and {{ own_regions() }}
),

derived_observations as (
    select
        *,
        {{ formula_status('status') }} as formula_status
    from {{ ref('derived_observations') }}
    where {{ own_regions() }}
),

comparisons as (
    select * from {{ ref('formula_comparisons') }}
)

-- What a formula derives against what is printed in the same place.
select
    {{ finding_key('derived_observations') }} as finding_id,
    'formula' as finding_type,
    comparisons.comparison,
    derived_observations.formula_id,
    derived_observations.indicator,
    derived_observations.region_code,
    'self' as region_scope,
    derived_observations.sector,
    derived_observations.period,
    observations.status,
    derived_observations.unit_code,
    observations.figure_id,
    cast(null as string) as compared_formula_id,
    cast(null as string) as other_figure_id,
    derived_observations.obstacle,
    observations.value as stated,
    observations.value_low as stated_low,
    observations.value_high as stated_high,
    derived_observations.value as derived,
    derived_observations.value_low as derived_low,
    derived_observations.value_high as derived_high
from derived_observations
inner join comparisons
    on derived_observations.formula_id = comparisons.formula_id
inner join observations
    on
        derived_observations.indicator = observations.indicator
        and derived_observations.region_code = observations.region_code
        and derived_observations.sector = observations.sector
        and derived_observations.period = observations.period
        and derived_observations.formula_status = observations.formula_status
