with

regions as (
    select * from {{ ref('stg_regions') }}
),

latest_regions as (
    select * from {{ ref('latest_regions') }}
),

-- A functional zone lies inside counties, so it is no part that adds up.
parts as (
    select *
    from regions
    where
        parent_region_code is not null
        and region_level <> 'functional_zone'
),

selves as (
    select
        'self' as region_relation,
        region_code as observation_region_code,
        region_code as result_region_code,
        cast('0001-01-01' as date) as valid_from,
        cast('9999-12-31' as date) as valid_to
    from latest_regions
),

children as (
    select
        'children' as region_relation,
        region_code as observation_region_code,
        parent_region_code as result_region_code,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to
    from parts
),

parents as (
    select
        'parent' as region_relation,
        parent_region_code as observation_region_code,
        region_code as result_region_code,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to
    from parts
)

select * from selves
union all
select * from children
union all
select * from parents
