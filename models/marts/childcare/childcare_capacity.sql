{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('childcare_capacity') }}
        and region_scope = 'self'
        and {{ own_regions() }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

pivoted as (
    select
        region_code,
        period,
        {{ indicator_columns('childcare_capacity') }}
    from observations
    group by region_code, period
)

select
    -- ids and texts
    pivoted.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    pivoted.period,

    -- numbers
    pivoted.institutions,
    pivoted.places,
    pivoted.enrolled,
    pivoted.vacant,
    pivoted.utilisation_pct,
    pivoted.utilisation_pct_low,
    pivoted.utilisation_pct_high,
    pivoted.kindergartens_with_childcare,
    pivoted.programme_intake_planned,
    pivoted.programme_intake,
    pivoted.programme_intake_low,
    pivoted.programme_intake_high
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
