{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('teacher_posts') }}
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
        cast(year as string) as period,
        {{ indicator_columns('teacher_posts') }}
    from observations
    group by region_code, year
)

select
    -- ids and texts
    pivoted.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    pivoted.period,

    -- numbers
    pivoted.posts_approved,
    pivoted.posts_topped_up_municipal,
    pivoted.posts_topped_up_county,
    pivoted.posts_topped_up,
    pivoted.posts_total,
    pivoted.posts_filled,
    pivoted.posts_vacant,
    pivoted.pupils,
    pivoted.pupils_per_post,
    pivoted.pupils_per_post_low,
    pivoted.pupils_per_post_high,
    pivoted.pool,
    pivoted.pool_left,
    pivoted.municipal_pool_left,
    pivoted.county_pool_left
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
