{{ config(materialized='ephemeral') }}

{# The two ends of a value in words. #}
{% set stated_zh = interval_zh(
    'findings.stated_low_words', 'findings.stated_high_words', 'findings.unit_code'
) -%}
{% set stated_en = interval_en(
    'findings.stated_low_words', 'findings.stated_high_words', 'units.unit_en'
) -%}
{% set derived_zh = interval_zh(
    'findings.derived_low_words', 'findings.derived_high_words', 'findings.unit_code'
) -%}
{% set derived_en = interval_en(
    'findings.derived_low_words', 'findings.derived_high_words', 'units.unit_en'
) -%}
with

-- An end goes into several sentences and is put into words once.
findings as (
    select
        *,
        {{ readable_number('stated_low') }} as stated_low_words,
        {{ readable_number('stated_high') }} as stated_high_words,
        {{ readable_number('derived_low') }} as derived_low_words,
        {{ readable_number('derived_high') }} as derived_high_words
    from {{ ref('findings') }}
    where {{ own_regions() }}
),

formulas as (
    select * from {{ ref('stg_formulas') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

sectors as (
    select * from {{ ref('stg_sectors') }}
),

periods as (
    select * from {{ ref('periods') }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

units as (
    select
        unit_code,
        case when dimension = 'count' then '' else ' ' || name_en end as unit_en
    from {{ ref('stg_units') }}
),

quoted_figures as (
    select * from {{ ref('quoted_figures') }}
),

figures as (
    select * from quoted_figures
    where figure_id in (select findings.figure_id from findings)
),

-- Only a statement that is held against another one speaks of a second figure.
other_figures as (
    select * from quoted_figures
    where figure_id in (
        select findings.other_figure_id from findings
        where findings.finding_type in ('repeat', 'revision')
    )
),

inputs_in_words as (
    select * from {{ ref('finding_inputs') }}
    where {{ own_regions() }}
),

pieces as (
    select
        findings.finding_id,
        findings.region_code,
        findings.finding_type,
        findings.verdict,
        findings.gap,
        regions.name_zh
        || periods.name_zh
        || case when findings.sector = 'total' then '' else sectors.name_zh end
        || indicators.name_zh as subject_zh,
        indicators.name_en
        || case when findings.sector = 'total' then '' else ', ' || sectors.name_en end
        || ', ' || regions.name_en || ', ' || periods.name_en as subject_en,
        coalesce(figures.document_name, '') as document_name,
        coalesce(figures.printed, '') as printed,
        coalesce(other_figures.document_name, '') as other_document_name,
        coalesce(other_figures.printed, '') as other_printed,
        case when figures.period_basis = 'assumed' then '（时期为推定）' else '' end as basis_zh,
        case
            when figures.period_basis = 'assumed' then ' (the period is assumed)' else ''
        end as basis_en,
        {{ stated_zh }} as stated_zh,
        {{ stated_en }} as stated_en,
        {{ derived_zh }} as derived_zh,
        {{ derived_en }} as derived_en,
        {{ plain_number('abs(findings.gap)') }} || findings.unit_code as gap_zh,
        {{ plain_number('abs(findings.gap)') }} || units.unit_en as gap_en,
        coalesce(formulas.name_zh, '') as formula_zh,
        coalesce(formulas.name_en, '') as formula_en,
        coalesce(compared_formulas.name_zh, '') as compared_formula_zh,
        coalesce(compared_formulas.name_en, '') as compared_formula_en,
        coalesce('由' || derived_inputs.inputs_zh, '') as from_zh,
        coalesce(', from ' || derived_inputs.inputs_en || ',', '') as from_en,
        coalesce('由' || compared_inputs.inputs_zh, '') as compared_from_zh,
        coalesce(', from ' || compared_inputs.inputs_en || ',', '') as compared_from_en,
        case findings.obstacle
            when 'scope_differs' then '两边的范围不同'
            when 'series_break' then '统计口径在期内改变'
            when 'divisor_touches_zero' then '除数可能为零'
            when 'superseded' then '后一文件已取代前一文件'
        end as reason_zh,
        case findings.obstacle
            when 'scope_differs' then 'the scopes of the two differ'
            when 'series_break' then 'the series was redefined in between'
            when 'divisor_touches_zero' then 'the divisor may be zero'
            when 'superseded' then 'the later document supersedes the earlier one'
        end as reason_en,
        coalesce(findings.explanation_zh, formulas.note_zh) as explanation_zh,
        coalesce(findings.explanation_en, formulas.note_en) as explanation_en
    from findings
    inner join indicators
        on findings.indicator = indicators.indicator
    inner join units
        on findings.unit_code = units.unit_code
    inner join sectors
        on findings.sector = sectors.sector
    inner join periods
        on findings.period = periods.period
    inner join regions
        on findings.region_code = regions.region_code
    left join formulas
        on findings.formula_id = formulas.formula_id
    left join formulas as compared_formulas
        on findings.compared_formula_id = compared_formulas.formula_id
    left join figures
        on findings.figure_id = figures.figure_id
    left join other_figures
        on findings.other_figure_id = other_figures.figure_id
    left join inputs_in_words as derived_inputs
        on
            findings.finding_id = derived_inputs.finding_id
            and findings.formula_id = derived_inputs.formula_id
    left join inputs_in_words as compared_inputs
        on
            findings.finding_id = compared_inputs.finding_id
            and findings.compared_formula_id = compared_inputs.formula_id
),

-- What stands on the page, and what should follow from it.
claims as (
    select
        *,
        case finding_type
            when 'formula'
                then
                    document_name || '印“' || subject_zh || '”' || printed || basis_zh
                    || '；按“' || formula_zh || '”，'
                    || case when from_zh <> '' then from_zh || '，' else '' end
                    || '应为' || derived_zh
            when 'implied'
                then
                    subject_zh || '，按“' || compared_formula_zh || '”' || compared_from_zh
                    || '，得' || stated_zh
                    || '；按“' || formula_zh || '”' || from_zh || '，应为' || derived_zh
            when 'range'
                then
                    document_name || '印“' || subject_zh || '”' || printed || basis_zh
                    || '；占比应在0至100之间'
            else
                document_name || '印“' || subject_zh || '”' || printed || basis_zh
                || '；' || case
                    when document_name = other_document_name then '同一文件另处'
                    else other_document_name
                end || '印' || other_printed
        end as claim_zh,
        case finding_type
            when 'formula'
                then
                    document_name || ' prints ' || printed || ' for ' || subject_en || basis_en
                    || '; by “' || formula_en || '”' || from_en
                    || ' it should be ' || derived_en
            when 'implied'
                then
                    subject_en
                    || ': by “'
                    || compared_formula_en
                    || '”'
                    || compared_from_en
                    || ' it comes to ' || stated_en
                    || '; by “' || formula_en || '”' || from_en
                    || ' it should be ' || derived_en
            when 'range'
                then
                    document_name || ' prints ' || printed || ' for ' || subject_en || basis_en
                    || '; a share lies between 0 and 100'
            else
                document_name || ' prints ' || printed || ' for ' || subject_en || basis_en
                || '; ' || case
                    when document_name = other_document_name then 'elsewhere it'
                    else other_document_name
                end || ' prints ' || other_printed
        end as claim_en
    from pieces
)

select
    -- ids
    finding_id,
    region_code,

    -- texts
    claim_zh || case
        when verdict = 'consistent' then '，两者一致。'
        when verdict = 'not_comparable'
            then '，但两者不可比：' || coalesce(explanation_zh, reason_zh) || '。'
        else
            case
                when finding_type = 'revision' then '，后一文件改动了前一文件的数而未说明，'
                else '，'
            end
            || '前者比后者' || case when gap > 0 then '高出' else '低' end || gap_zh || '。'
            || coalesce('可能的原因：' || explanation_zh || '。', '')
    end as sentence_zh,
    claim_en || case
        when verdict = 'consistent' then '; the two agree.'
        when verdict = 'not_comparable'
            then '; but the two cannot be compared: ' || coalesce(explanation_en, reason_en) || '.'
        else
            case
                when finding_type = 'revision'
                    then '; one document alters what the other says and does not tell'
                else ''
            end
            || '; the first is ' || gap_en
            || case when gap > 0 then ' above' else ' below' end || ' the second.'
            || coalesce(' What may explain it: ' || explanation_en || '.', '')
    end as sentence_en
from claims
