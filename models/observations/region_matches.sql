with

regions as (
    select * from {{ ref('stg_regions') }}
),

parts_left_out as (
    select * from {{ ref('stg_parts_left_out') }}
),

latest_regions as (
    select * from {{ ref('latest_regions') }}
),

-- A part of a region that formulas look at is no region of its own.
scopes as (
    select distinct region_relation as region_scope
    from {{ ref('stg_formula_terms') }}
    where region_relation not in ('self', 'children', 'parent')
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
        'self' as observation_region_scope,
        region_code as result_region_code,
        cast('0001-01-01' as date) as valid_from,
        cast('9999-12-31' as date) as valid_to
    from latest_regions
),

parts_of_selves as (
    select
        scopes.region_scope as region_relation,
        selves.observation_region_code,
        scopes.region_scope as observation_region_scope,
        selves.result_region_code,
        selves.valid_from,
        selves.valid_to
    from selves
    cross join scopes
),

-- A total covers the parts that its source counts: the nation's leaves three provinces out. A part
-- that was left out for a time counts from the day after it.
children as (
    select
        'children' as region_relation,
        parts.region_code as observation_region_code,
        'self' as observation_region_scope,
        parts.parent_region_code as result_region_code,
        case
            when parts_left_out.valid_to >= parts.valid_from
                then {{ day_after('parts_left_out.valid_to') }}
            else parts.valid_from
        end as valid_from,
        coalesce(parts.valid_to, cast('9999-12-31' as date)) as valid_to
    from parts
    left join parts_left_out
        on
            parts.parent_region_code = parts_left_out.region_code
            and parts.region_code = parts_left_out.part_region_code
    where parts_left_out.region_code is null or parts_left_out.valid_to is not null
),

parents as (
    select
        'parent' as region_relation,
        parent_region_code as observation_region_code,
        'self' as observation_region_scope,
        region_code as result_region_code,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to
    from parts
)

select * from selves
union all
select * from parts_of_selves
union all
select * from children
union all
select * from parents
