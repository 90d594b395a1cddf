/*
    What is tested: every figure of all pupils and staff in a document that is known reaches the
    observations, with an indicator, region, sector, unit and period that the warehouse knows, and
    in the unit of its indicator.
    When it matters: a join that finds no partner drops a printed number without a word.
    How to resolve: add the missing code to its seed, or correct the figure.
*/

with

figures as (
    select * from {{ ref('stg_figures') }}
    where {{ is_of_all('stg_figures') }} and {{ only_changed() }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

stated_observations as (
    select * from {{ ref('stated_observations') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

sectors as (
    select * from {{ ref('stg_sectors') }}
),

periods as (
    select * from {{ ref('periods') }}
    where period_type is not null and starts_on <= ends_on
),

judged as (
    select
        figures.figure_id,
        case
            when documents.document_id is null then 'its document is not there'
            when stated_observations.figure_id is null then 'its unit is not there'
            when indicators.indicator is null then 'its indicator is not there'
            when regions.region_code is null then 'its region is not there'
            when sectors.sector is null then 'its sector is not there'
            when periods.period is null then 'its period is no period'
            when (indicators.unit_code = stated_observations.unit_code) is not true
                then 'its unit is not the unit of its indicator'
        end as fault
    from figures
    left join documents
        on figures.document_id = documents.document_id
    left join stated_observations
        on figures.figure_id = stated_observations.figure_id
    left join indicators
        on figures.indicator = indicators.indicator
    left join regions
        on figures.region_code = regions.region_code
    left join sectors
        on figures.sector = sectors.sector
    left join periods
        on figures.period = periods.period
    {% if var('as_of') is not none -%}
        where documents.published_on <= cast('{{ var("as_of") }}' as date)
    {%- endif %}
)

select * from judged
where fault is not null
