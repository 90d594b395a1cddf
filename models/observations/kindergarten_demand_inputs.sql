{{ config(materialized='incremental') }}

with

children as (
    select * from {{ ref('expected_children_inputs') }}
    where stage = 'kindergarten' and {{ own_regions() }}
),

newest as (
    {{ newest_of_kindergartens() }}
),

autumns as (
    select distinct
        region_code,
        year,
        scenario
    from children
),

others as (
    select
        autumns.*,
        newest.indicator as input_indicator,
        newest.region_code as input_region_code,
        newest.sector as input_sector,
        newest.period as input_period,
        case newest.indicator
            when 'kindergarten_places' then 'places'
            else 'gross_enrolment_rate_pct'
        end as column_name
    from autumns
    inner join newest
        on autumns.region_code = newest.region_code
)

select
    -- ids
    region_code,
    year,
    scenario,
    'children_of_kindergarten_age' as column_name,
    input_indicator,
    input_region_code,
    input_sector,
    input_period
from children
union all
select
    region_code,
    year,
    scenario,
    column_name,
    input_indicator,
    input_region_code,
    input_sector,
    input_period
from others
