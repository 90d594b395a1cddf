with

regions as (
    select * from {{ ref('latest_regions') }}
)

select
    -- ids
    region_code,
    parent_region_code,

    -- texts
    name_zh,
    name_en,
    region_level,

    -- booleans
    valid_to is null as is_in_force
from regions
order by region_code
