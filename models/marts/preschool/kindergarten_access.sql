{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('kindergarten_access') }}
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
        {{ indicator_columns('kindergarten_access') }}
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
    pivoted.public_share_pct,
    pivoted.public_share_pct_low,
    pivoted.public_share_pct_high,
    pivoted.public_share_change_points,
    pivoted.inclusive_share_pct,
    pivoted.inclusive_share_pct_low,
    pivoted.inclusive_share_pct_high,
    pivoted.inclusive_share_change_points,
    pivoted.private_share_pct,
    pivoted.private_share_pct_low,
    pivoted.private_share_pct_high,
    pivoted.gross_enrolment_rate_pct,
    pivoted.gross_enrolment_rate_pct_low,
    pivoted.gross_enrolment_rate_pct_high,
    pivoted.gross_enrolment_rate_change_points
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
