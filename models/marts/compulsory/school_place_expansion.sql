{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('school_place_expansion') }}
        and {{ own_regions() }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

pivoted as (
    select
        region_code,
        region_scope,
        period,
        {{ indicator_columns('school_place_expansion') }}
    from observations
    group by region_code, region_scope, period
)

select
    -- ids and texts
    pivoted.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    pivoted.region_scope,
    pivoted.period,

    -- numbers
    pivoted.new_public_places,
    pivoted.new_public_places_low,
    pivoted.new_public_places_high
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, region_scope, period
