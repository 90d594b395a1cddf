{{ config(alias='figures') }}

with

figures as (
    select * from {{ ref('stg_figures') }}
)

select
    -- ids
    figure_id,
    document_id,
    region_code,
    unit_code,

    -- texts
    printed,
    evidence,
    indicator,
    region_scope,
    sector,
    status,
    period,
    period_basis,
    qualifier,
    provenance,

    -- numbers
    char_start,
    char_end,
    value,
    value_low,
    value_high
from figures
order by figure_id
