{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('digital_resources') }}
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
        {{ indicator_columns('digital_resources') }}
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
    pivoted.online_teaching_resources,
    pivoted.online_teaching_resources_low,
    pivoted.online_teaching_resources_high,
    pivoted.studio_resources,
    pivoted.studio_resources_low,
    pivoted.studio_resources_high
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
