{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('kindergarten_places') }}
        and region_scope = 'self'
        and {{ own_regions() }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

pivoted as (
    select
        region_code,
        period,
        sector,
        {{ indicator_columns('kindergarten_places') }}
    from observations
    group by region_code, period, sector
)

select
    -- ids and texts
    pivoted.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    pivoted.period,
    pivoted.sector,

    -- numbers
    pivoted.kindergartens,
    pivoted.kindergartens_low,
    pivoted.kindergartens_high,
    pivoted.places,
    pivoted.places_low,
    pivoted.places_high,
    pivoted.enrolment,
    pivoted.enrolment_low,
    pivoted.enrolment_high,
    pivoted.surplus_stated,
    pivoted.surplus_derived,
    pivoted.surplus_derived_low,
    pivoted.surplus_derived_high,
    pivoted.utilisation_pct,
    pivoted.utilisation_pct_low,
    pivoted.utilisation_pct_high
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period, sector
