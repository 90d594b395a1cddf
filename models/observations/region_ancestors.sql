with

regions as (
    select * from {{ ref('latest_regions') }}
),

selves as (
    select
        region_code,
        region_code as ancestor_code,
        0 as distance
    from regions
),

parents as (
    select
        region_code,
        parent_region_code as ancestor_code,
        1 as distance
    from regions
    where parent_region_code is not null
),

grandparents as (
    select
        parents.region_code,
        regions.parent_region_code as ancestor_code,
        2 as distance
    from parents
    inner join regions
        on parents.ancestor_code = regions.region_code
    where regions.parent_region_code is not null
),

great_grandparents as (
    select
        grandparents.region_code,
        regions.parent_region_code as ancestor_code,
        3 as distance
    from grandparents
    inner join regions
        on grandparents.ancestor_code = regions.region_code
    where regions.parent_region_code is not null
)

select * from selves
union all
select * from parents
union all
select * from grandparents
union all
select * from great_grandparents
