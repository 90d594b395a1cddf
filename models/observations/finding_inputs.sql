{{ config(materialized='incremental') }}

{% set most_parts = 12 -%}
{% set input_low = readable_number('inputs.input_value_low') -%}
{% set input_high = readable_number('inputs.input_value_high') -%}
{% set input_zh = interval_zh(input_low, input_high, 'indicators.unit_code') -%}
{% set input_en = interval_en(input_low, input_high, 'units.unit_en') -%}
with

-- Where both sides agree nobody asks what was read; at national size that is nearly everywhere.
findings as (
    select * from {{ ref('findings') }}
    where verdict <> 'consistent' and {{ own_regions() }}
),

inputs as (
    select * from {{ ref('observation_inputs') }}
    where {{ own_regions() }}
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

-- Each formula of a finding: the one that checks, and the one that it is compared with.
asked as (
    select
        finding_id,
        formula_id,
        region_code,
        sector,
        period,
        figure_id
    from findings
    union all
    select
        finding_id,
        compared_formula_id as formula_id,
        region_code,
        sector,
        period,
        figure_id
    from findings
    where compared_formula_id is not null
),

read_inputs as (
    select
        asked.finding_id,
        asked.figure_id,
        inputs.*
    from asked
    inner join inputs
        on
            asked.formula_id = inputs.formula_id
            and asked.region_code = inputs.region_code
            and asked.sector = inputs.sector
            and asked.period = inputs.period
),

figures as (
    select * from {{ ref('quoted_figures') }}
    where figure_id in (
        select read_inputs.input_figure_id from read_inputs
        union all
        select findings.figure_id from findings
    )
),

-- What it reads, in words.
input_words as (
    select
        inputs.finding_id,
        inputs.formula_id,
        inputs.region_code,
        lpad(cast(inputs.term_number as string), 2, '0') || inputs.input_region_code as sort_key,
        case when inputs.input_region_code <> inputs.region_code then regions.name_zh else '' end
        || case when inputs.input_period <> inputs.period then periods.name_zh else '' end
        || case when inputs.input_sector <> inputs.sector then sectors.name_zh else '' end
        || indicators.name_zh
        || case
            when figures.figure_id is null
                then {{ input_zh }} || '（推算）'
            when figures.document_id = stated_figures.document_id then figures.printed
            else figures.printed || '（' || figures.document_name || '）'
        end as words_zh,
        indicators.name_en
        || case when inputs.input_sector <> inputs.sector then ', ' || sectors.name_en else '' end
        || case
            when inputs.input_region_code <> inputs.region_code then ', ' || regions.name_en
            else ''
        end
        || case when inputs.input_period <> inputs.period then ', ' || periods.name_en else '' end
        || ': '
        || case
            when figures.figure_id is null
                then {{ input_en }} || ' (derived)'
            when figures.document_id = stated_figures.document_id then figures.printed
            else figures.printed || ' (' || figures.document_name || ')'
        end as words_en
    from read_inputs as inputs
    inner join indicators
        on inputs.input_indicator = indicators.indicator
    inner join units
        on indicators.unit_code = units.unit_code
    inner join sectors
        on inputs.input_sector = sectors.sector
    inner join periods
        on inputs.input_period = periods.period
    inner join regions
        on inputs.input_region_code = regions.region_code
    left join figures
        on inputs.input_figure_id = figures.figure_id
    left join figures as stated_figures
        on inputs.figure_id = stated_figures.figure_id
),

-- Beside each part stand the parts after it: a list that grows by aggregation must lie in memory.
placed as (
    select
        finding_id,
        formula_id,
        region_code,
        row_number() over parts_of_a_finding as place,
        count(*) over (partition by finding_id, formula_id) as parts,
        {{ with_followers('words_zh', most_parts, 'parts_of_a_finding') }},
        {{ with_followers('words_en', most_parts, 'parts_of_a_finding') }}
    from input_words
    window parts_of_a_finding as (partition by finding_id, formula_id order by sort_key asc)
)

-- More parts than a sentence holds are counted.
select
    -- ids
    finding_id,
    formula_id,
    region_code,

    -- texts
    case
        when parts > {{ most_parts }} then parts || '个分项'
        else {{ joined_followers('words_zh', most_parts, '、') }}
    end as inputs_zh,
    case
        when parts > {{ most_parts }} then parts || ' parts'
        else {{ joined_followers('words_en', most_parts, '; ') }}
    end as inputs_en
from placed
where place = 1
