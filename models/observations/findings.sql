{{ config(materialized='incremental') }}

with

acknowledged as (
    select * from {{ ref('stg_acknowledged_findings') }}
),

checks as (
    select * from {{ ref('formula_checks') }}
    union all
    select * from {{ ref('implied_checks') }}
    union all
    select * from {{ ref('statement_checks') }}
),

measured as (
    select
        *,
        case
            when obstacle = 'divisor_touches_zero' then null
            else cast(
                {{ interval_gap('stated_low', 'stated_high', 'derived_low', 'derived_high') }}
                as {{ value_type() }}
            )
        end as gap
    from checks
    where {{ own_regions() }}
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
    judged.region_scope,
    judged.sector,
    judged.period,
    judged.status,
    judged.unit_code,
    judged.figure_id,
    judged.compared_formula_id,
    judged.other_figure_id,

    -- texts
    judged.comparison,
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
-- A judgement holds for the contradiction as it was: a gap that moves is a new one.
left join acknowledged
    on
        judged.finding_id = acknowledged.finding_id
        and judged.gap = acknowledged.gap
        and judged.verdict = 'contradiction'
