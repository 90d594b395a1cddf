{{ config(alias='indicators') }}

with

indicators as (
    select * from {{ ref('stg_indicators') }}
),

observations as (
    select * from {{ ref('reconciled_observations') }}
),

counts as (
    select
        indicator,
        count(*) filter (where origin = 'stated') as stated_observations,
        count(*) filter (where origin = 'derived') as derived_observations
    from observations
    group by indicator
)

select
    -- ids
    indicators.indicator,
    indicators.unit_code,

    -- texts
    indicators.name_zh,
    indicators.name_en,
    indicators.topic,
    indicators.education_stage,
    indicators.measure_type,
    indicators.definition_zh,
    indicators.definition_en,

    -- numbers
    coalesce(counts.stated_observations, 0) as stated_observations,
    coalesce(counts.derived_observations, 0) as derived_observations,

    -- booleans
    indicators.is_additive_over_regions,
    indicators.is_additive_over_sectors
from indicators
left join counts
    on indicators.indicator = counts.indicator
order by indicator
