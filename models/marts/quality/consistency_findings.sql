{{ config(materialized='incremental') }}

with

findings as (
    select * from {{ ref('findings') }}
    where {{ own_regions() }}
),

sentences as (
    select * from {{ ref('finding_sentences') }}
    where {{ own_regions() }}
),

formulas as (
    select * from {{ ref('stg_formulas') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

regions as (
    select * from {{ ref('latest_regions') }}
)

select
    -- ids
    findings.finding_id,
    findings.finding_type,
    findings.formula_id,
    findings.indicator,
    findings.region_code,
    findings.region_scope,
    findings.sector,
    findings.period,
    findings.status,
    findings.unit_code,
    findings.figure_id,
    findings.other_figure_id,
    findings.compared_formula_id,

    -- texts
    findings.comparison,
    findings.verdict,
    sentences.sentence_zh,
    sentences.sentence_en,
    indicators.name_zh as indicator_name_zh,
    indicators.name_en as indicator_name_en,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    formulas.name_zh as formula_zh,
    formulas.name_en as formula_en,
    findings.obstacle,
    coalesce(findings.explanation_zh, formulas.note_zh) as explanation_zh,
    coalesce(findings.explanation_en, formulas.note_en) as explanation_en,

    -- numbers
    findings.stated,
    findings.stated_low,
    findings.stated_high,
    findings.derived,
    findings.derived_low,
    findings.derived_high,
    findings.gap,

    -- booleans
    findings.is_acknowledged
from findings
inner join sentences
    on findings.finding_id = sentences.finding_id
inner join indicators
    on findings.indicator = indicators.indicator
inner join regions
    on findings.region_code = regions.region_code
left join formulas
    on findings.formula_id = formulas.formula_id
-- Contradictions are asked for most, by region: they lie side by side.
order by verdict, region_code, finding_id
