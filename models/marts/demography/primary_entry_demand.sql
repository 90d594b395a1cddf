{{ config(materialized='incremental') }}

with

children as (
    select * from {{ ref('expected_children') }}
    where stage = 'primary_entry' and {{ own_regions() }}
),

regions as (
    select * from {{ ref('latest_regions') }}
)

select
    -- ids and texts
    children.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    children.year,
    children.scenario,

    -- numbers
    children.children as children_of_entry_age,
    children.children_low as children_of_entry_age_low,
    children.children_high as children_of_entry_age_high
from children
inner join regions
    on children.region_code = regions.region_code
order by region_code, year, scenario
