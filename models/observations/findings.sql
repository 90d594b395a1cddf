with

observations as (
    select * from {{ ref('observations') }}
    where status in ('actual', 'change') and region_scope = 'self'
),

all_observations as (
    select * from {{ ref('observations') }}
),

stated_observations as (
    select * from {{ ref('stated_observations') }}
),

derived_observations as (
    select * from {{ ref('derived_observations') }}
),

acknowledged as (
    select * from {{ ref('stg_acknowledged_findings') }}
),

-- What a formula derives against what is printed in the same place.
formula_checks as (
    select
        derived_observations.formula_id
        || ':' || derived_observations.region_code
        || ':' || derived_observations.sector
        || ':' || derived_observations.period as finding_id,
        'formula' as finding_type,
        derived_observations.formula_id,
        derived_observations.indicator,
        derived_observations.region_code,
        derived_observations.sector,
        derived_observations.period,
        derived_observations.unit_code,
        observations.figure_id,
        cast(null as varchar) as other_figure_id,
        derived_observations.obstacle,
        observations.value as stated,
        observations.value_low as stated_low,
        observations.value_high as stated_high,
        derived_observations.value as derived,
        derived_observations.value_low as derived_low,
        derived_observations.value_high as derived_high
    from derived_observations
    inner join observations
        on
            derived_observations.indicator = observations.indicator
            and derived_observations.region_code = observations.region_code
            and derived_observations.sector = observations.sector
            and derived_observations.period = observations.period
),

-- One statement of a value against the chosen one.
repeat_checks as (
    select
        'repeat_statement:' || stated_observations.figure_id as finding_id,
        'repeat' as finding_type,
        'repeat_statement' as formula_id,
        stated_observations.indicator,
        stated_observations.region_code,
        stated_observations.sector,
        stated_observations.period,
        stated_observations.unit_code,
        all_observations.figure_id,
        stated_observations.figure_id as other_figure_id,
        cast(null as varchar) as obstacle,
        all_observations.value as stated,
        all_observations.value_low as stated_low,
        all_observations.value_high as stated_high,
        stated_observations.value as derived,
        stated_observations.value_low as derived_low,
        stated_observations.value_high as derived_high
    from stated_observations
    inner join all_observations
        on
            stated_observations.indicator = all_observations.indicator
            and stated_observations.region_code = all_observations.region_code
            and stated_observations.region_scope = all_observations.region_scope
            and stated_observations.sector = all_observations.sector
            and stated_observations.period = all_observations.period
            and stated_observations.status = all_observations.status
            and stated_observations.figure_id <> all_observations.figure_id
),

checks as (
    select * from formula_checks
    union all
    select * from repeat_checks
),

measured as (
    select
        *,
        case
            when obstacle is not null then null
            else
                {{ interval_gap('stated_low', 'stated_high', 'derived_low', 'derived_high') }}
        end as gap
    from checks
),

judged as (
    select
        *,
        case
            when obstacle is not null then 'not_comparable'
            when gap = 0 then 'consistent'
            else 'contradiction'
        end as verdict
    from measured
)

select
    -- ids
    judged.finding_id,
    judged.finding_type,
    judged.formula_id,
    judged.indicator,
    judged.region_code,
    judged.sector,
    judged.period,
    judged.unit_code,
    judged.figure_id,
    judged.other_figure_id,

    -- texts
    judged.verdict,
    judged.obstacle,
    acknowledged.explanation_zh,
    acknowledged.explanation_en,

    -- numbers
    judged.stated,
    judged.stated_low,
    judged.stated_high,
    judged.derived,
    judged.derived_low,
    judged.derived_high,
    judged.gap,

    -- booleans
    acknowledged.finding_id is not null as is_acknowledged
from judged
left join acknowledged
    on judged.finding_id = acknowledged.finding_id
