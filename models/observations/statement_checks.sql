{{ config(materialized='ephemeral') }}

with

stated_observations as (
    select * from {{ ref('stated_observations') }}
    where {{ own_regions() }}
),

repeated_observations as (
    select * from {{ ref('observations') }}
    where statements > 1 and {{ own_regions() }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

document_relations as (
    select * from {{ ref('stg_document_relations') }}
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
    from stated_observations
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
    from stated_observations
    where
        stated_observations.indicator in (
            select indicators.indicator from indicators
            where indicators.measure_type = 'share'
        )
)

select * from repeat_checks
union all
select * from range_checks
