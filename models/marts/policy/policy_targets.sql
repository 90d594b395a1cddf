{{ config(materialized='incremental') }}

with

stated_observations as (
    select * from {{ ref('stated_observations') }}
    where status in ('target', 'norm', 'price_cap', 'planned') and {{ own_regions() }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
)

select
    -- ids
    stated_observations.figure_id as target_id,
    stated_observations.document_id,
    stated_observations.indicator,
    stated_observations.region_code,
    stated_observations.region_scope,
    stated_observations.sector,
    stated_observations.unit_code,

    -- texts
    documents.title_zh as document_title_zh,
    indicators.name_zh as indicator_name_zh,
    indicators.name_en as indicator_name_en,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    stated_observations.status as target_type,
    case stated_observations.qualifier
        when 'exact' then 'equal'
        else stated_observations.qualifier
    end as comparator,

    -- numbers
    stated_observations.value as target,
    stated_observations.value_low as target_low,
    stated_observations.value_high as target_high,

    -- times
    stated_observations.period as due_period,
    stated_observations.period_basis as due_basis
from stated_observations
inner join indicators
    on stated_observations.indicator = indicators.indicator
inner join regions
    on stated_observations.region_code = regions.region_code
inner join documents
    on stated_observations.document_id = documents.document_id
order by target_id
