{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        {{ shows_indicators('after_school_service') }}
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
        {{ indicator_columns('after_school_service') }}
    from observations
    group by region_code, period
)

select
    -- ids and texts
    pivoted.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    pivoted.period,

    -- numbers
    pivoted.schools,
    pivoted.pupils,
    pivoted.teachers,
    pivoted.pupil_participation_pct,
    pivoted.pupil_participation_pct_low,
    pivoted.pupil_participation_pct_high,
    pivoted.teacher_participation_pct,
    pivoted.teacher_participation_pct_low,
    pivoted.teacher_participation_pct_high,
    pivoted.eligible_pupils,
    pivoted.eligible_pupils_low,
    pivoted.eligible_pupils_high,
    pivoted.eligible_teachers,
    pivoted.eligible_teachers_low,
    pivoted.eligible_teachers_high,
    pivoted.pupils_per_teacher,
    pivoted.pupils_per_teacher_low,
    pivoted.pupils_per_teacher_high,
    pivoted.outside_specialists,
    pivoted.coverage_pct,
    pivoted.coverage_pct_low,
    pivoted.coverage_pct_high,
    pivoted.hours_compliance_pct,
    pivoted.hours_compliance_pct_low,
    pivoted.hours_compliance_pct_high
from pivoted
inner join regions
    on pivoted.region_code = regions.region_code
order by region_code, period
