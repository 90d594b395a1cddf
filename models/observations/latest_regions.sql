with

regions as (
    select * from {{ ref('stg_regions') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by region_code
            order by valid_from desc
        ) as newest_rank
    from regions
),

latest as (
    select
        -- ids
        region_code,
        parent_region_code,

        -- texts
        name_zh,
        name_en,
        region_level,

        -- times
        valid_from,
        valid_to
    from ranked
    where newest_rank = 1
)

select * from latest
