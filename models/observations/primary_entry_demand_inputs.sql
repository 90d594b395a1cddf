{{ config(materialized='incremental') }}

with

children as (
    select * from {{ ref('expected_children_inputs') }}
    where stage = 'primary_entry' and {{ own_regions() }}
)

select
    -- ids
    region_code,
    year,
    scenario,
    'children_of_entry_age' as column_name,
    input_indicator,
    input_region_code,
    input_sector,
    input_period
from children
