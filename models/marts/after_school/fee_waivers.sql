{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('fee_waivers') }}
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
        {{ indicator_columns('fee_waivers') }}
    from observations
    group by region_code, period
)

select
    -- ids and texts
    pivoted.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    regions.region_level,
    regions.parent_region_code,
    pivoted.period,

    -- numbers
    pivoted.pupils_waived,
    pivoted.amount_waived_yuan,
    pivoted.amount_per_pupil_yuan,
    pivoted.amount_per_pupil_yuan_low,
    pivoted.amount_per_pupil_yuan_high,
    pivoted.share_of_parent_pct,
    pivoted.share_of_parent_pupils_pct
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
