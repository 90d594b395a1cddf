{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('school_partnerships') }}
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
        {{ indicator_columns('school_partnerships') }}
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
    pivoted.education_groups,
    pivoted.group_coverage_pct,
    pivoted.group_coverage_pct_low,
    pivoted.group_coverage_pct_high,
    pivoted.partnered_urban_schools,
    pivoted.sister_school_pairs,
    pivoted.furong_schools
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
