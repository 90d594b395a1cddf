{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('births') }}
        and region_scope = 'self'
        and {{ own_regions() }}
        and is_newest_of_year
),

regions as (
    select * from {{ ref('latest_regions') }}
),

pivoted as (
    select
        region_code,
        year,
        {{ indicator_columns('births') }}
    from observations
    group by region_code, year
)

select
    -- ids and texts
    pivoted.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    pivoted.year,

    -- numbers
    pivoted.births,
    pivoted.births_low,
    pivoted.births_high
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, year
