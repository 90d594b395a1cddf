{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('after_school_fees') }}
        and region_scope = 'self'
        and {{ own_regions() }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

periods as (
    select * from {{ ref('periods') }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

staged as (
    select
        observations.*,
        indicators.education_stage,
        periods.starts_on as valid_from
    from observations
    inner join indicators
        on observations.indicator = indicators.indicator
    inner join periods
        on observations.period = periods.period
),

pivoted as (
    select
        region_code,
        education_stage,
        valid_from,
        min(document_id) as document_id,
        {{ indicator_columns('after_school_fees') }}
    from staged
    group by region_code, education_stage, valid_from
),

-- A cap holds until the day before the next one.
dated as (
    select
        *,
        lead(valid_from) over (
            partition by region_code, education_stage
            order by valid_from asc
        ) as next_valid_from
    from pivoted
)

select
    -- ids and texts
    dated.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    dated.education_stage,
    dated.document_id,

    -- numbers
    dated.cap_per_lesson_yuan,
    dated.cap_per_day_yuan,
    dated.cap_per_term_yuan,

    -- times
    dated.valid_from,
    cast({{ day_before('dated.next_valid_from') }} as date) as valid_to
from dated
inner join regions
    on dated.region_code = regions.region_code
order by region_code, education_stage, valid_from
