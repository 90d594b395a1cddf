with

-- Printed values of the indicators that formulas give.
observations as (
    select
        *,
        {{ formula_status('status') }} as formula_status
    from {{ ref('observations') }}
    where
        region_scope = 'self'
        and indicator in (select result_indicator from {{ ref('resolved_terms') }})
),

repeated_observations as (
    select * from {{ ref('observations') }}
    where statements > 1
),

derived_observations as (
    select
        *,
        {{ formula_status('status') }} as formula_status
    from {{ ref('derived_observations') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

document_relations as (
    select * from {{ ref('stg_document_relations') }}
),

acknowledged as (
    select * from {{ ref('stg_acknowledged_findings') }}
),

comparisons as (
    select * from {{ ref('formula_comparisons') }}
),

-- What a formula derives against what is printed in the same place.
formula_checks as (
    select
        {{ finding_key('derived_observations') }} as finding_id,
        'formula' as finding_type,
        comparisons.comparison,
        derived_observations.formula_id,
        derived_observations.indicator,
        derived_observations.region_code,
        'self' as region_scope,
        derived_observations.sector,
        derived_observations.period,
        observations.status,
        derived_observations.unit_code,
        observations.figure_id,
        cast(null as string) as compared_formula_id,
        cast(null as string) as other_figure_id,
        derived_observations.obstacle,
        observations.value as stated,
        observations.value_low as stated_low,
        observations.value_high as stated_high,
        derived_observations.value as derived,
        derived_observations.value_low as derived_low,
        derived_observations.value_high as derived_high
    from derived_observations
    inner join comparisons
        on derived_observations.formula_id = comparisons.formula_id
    inner join observations
        on
            derived_observations.indicator = observations.indicator
            and derived_observations.region_code = observations.region_code
            and derived_observations.sector = observations.sector
            and derived_observations.period = observations.period
            and derived_observations.formula_status = observations.formula_status
),

derived_figures as (
    select * from {{ ref('derived_figures') }}
),

unprinted as (
    select
        derived_observations.*,
        comparisons.comparison
    from {{ ref('derived_observations') }} as derived_observations
    inner join comparisons
        on derived_observations.formula_id = comparisons.formula_id
    where comparisons.is_contested and not derived_observations.is_stated
),

-- Two formulas for one value that is not printed.
implied_pairs as (
    select
        {{ finding_key('unprinted') }} as finding_id,
        'implied' as finding_type,
        unprinted.comparison,
        unprinted.formula_id,
        unprinted.indicator,
        unprinted.region_code,
        'self' as region_scope,
        unprinted.sector,
        unprinted.period,
        unprinted.status,
        unprinted.unit_code,
        cast(null as string) as figure_id,
        preferred.formula_id as compared_formula_id,
        cast(null as string) as other_figure_id,
        unprinted.obstacle,
        preferred.value as stated,
        preferred.value_low as stated_low,
        preferred.value_high as stated_high,
        unprinted.value as derived,
        unprinted.value_low as derived_low,
        unprinted.value_high as derived_high
    from unprinted
    inner join unprinted as preferred
        on
            unprinted.indicator = preferred.indicator
            and unprinted.region_code = preferred.region_code
            and unprinted.sector = preferred.sector
            and unprinted.period = preferred.period
            and unprinted.status = preferred.status
            and unprinted.formula_id <> preferred.formula_id
    where preferred.is_preferred
),

-- Two formulas that read the same figures agree by themselves.
independent_pairs as (
    select implied_pairs.finding_id
    from implied_pairs
    inner join derived_figures
        on
            implied_pairs.region_code = derived_figures.region_code
            and implied_pairs.sector = derived_figures.sector
            and implied_pairs.period = derived_figures.period
            and derived_figures.formula_id
            in (implied_pairs.formula_id, implied_pairs.compared_formula_id)
    group by implied_pairs.finding_id
    having count(distinct derived_figures.input_figure_id) * 2 > count(*)
),

implied_checks as (
    select implied_pairs.*
    from implied_pairs
    inner join independent_pairs
        on implied_pairs.finding_id = independent_pairs.finding_id
),

superseded as (
    select distinct
        document_id,
        related_document_id
    from document_relations
    where relation = 'supersedes'
),

-- One statement of a value against the chosen one, of the same document or of another.
repeat_checks as (
    select
        'repeat_statement:' || stated_observations.figure_id as finding_id,
        case
            when stated_observations.document_id = repeated_observations.document_id then 'repeat'
            else 'revision'
        end as finding_type,
        'documents' as comparison,
        'repeat_statement' as formula_id,
        stated_observations.indicator,
        stated_observations.region_code,
        stated_observations.region_scope,
        stated_observations.sector,
        stated_observations.period,
        stated_observations.status,
        stated_observations.unit_code,
        repeated_observations.figure_id,
        cast(null as string) as compared_formula_id,
        stated_observations.figure_id as other_figure_id,
        case when superseded.document_id is not null then 'superseded' end as obstacle,
        repeated_observations.value as stated,
        repeated_observations.value_low as stated_low,
        repeated_observations.value_high as stated_high,
        stated_observations.value as derived,
        stated_observations.value_low as derived_low,
        stated_observations.value_high as derived_high
    from {{ ref('stated_observations') }} as stated_observations
    inner join repeated_observations
        on
            stated_observations.indicator = repeated_observations.indicator
            and stated_observations.region_code = repeated_observations.region_code
            and stated_observations.region_scope = repeated_observations.region_scope
            and stated_observations.sector = repeated_observations.sector
            and stated_observations.period = repeated_observations.period
            and stated_observations.status = repeated_observations.status
            and stated_observations.figure_id <> repeated_observations.figure_id
    left join superseded
        on
            repeated_observations.document_id = superseded.document_id
            and stated_observations.document_id = superseded.related_document_id
),

-- A share of a whole lies between nothing and all of it.
range_checks as (
    select
        'share_range:' || stated_observations.figure_id as finding_id,
        'range' as finding_type,
        'bound' as comparison,
        'share_range' as formula_id,
        stated_observations.indicator,
        stated_observations.region_code,
        stated_observations.region_scope,
        stated_observations.sector,
        stated_observations.period,
        stated_observations.status,
        stated_observations.unit_code,
        stated_observations.figure_id,
        cast(null as string) as compared_formula_id,
        stated_observations.figure_id as other_figure_id,
        cast(null as string) as obstacle,
        stated_observations.value as stated,
        stated_observations.value_low as stated_low,
        stated_observations.value_high as stated_high,
        cast(null as {{ value_type() }}) as derived,
        cast(0 as {{ value_type() }}) as derived_low,
        cast(100 as {{ value_type() }}) as derived_high
    from {{ ref('stated_observations') }} as stated_observations
    where
        stated_observations.indicator in (
            select indicators.indicator from indicators
            where indicators.measure_type = 'share'
        )
),

checks as (
    select * from formula_checks
    union all
    select * from implied_checks
    union all
    select * from repeat_checks
    union all
    select * from range_checks
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
