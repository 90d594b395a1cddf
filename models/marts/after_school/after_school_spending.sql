{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('after_school_spending') }}
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
        {{ indicator_columns('after_school_spending') }}
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
    pivoted.staff_share_pct,
    pivoted.staff_share_pct_low,
    pivoted.staff_share_pct_high,
    pivoted.running_costs_share_pct,
    pivoted.running_costs_share_pct_low,
    pivoted.running_costs_share_pct_high
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
