{{ config(
    alias='figures',
    materialized='incremental',
    post_hook="{{ figures_as_of(this, ref('known_documents')) }}"
) }}

with

figures as (
    select * from {{ ref('stg_figures') }}
    where {{ own_regions() }}
),

known_documents as (
    select * from {{ ref('known_documents') }}
),

units as (
    select * from {{ ref('stg_units') }}
)

select
    -- ids
    figures.figure_id,
    figures.document_id,
    figures.region_code,
    figures.unit_code,

    -- texts
    figures.printed,
    figures.evidence,
    figures.indicator,
    figures.region_scope,
    figures.sector,
    figures.status,
    figures.period,
    figures.period_basis,
    figures.qualifier,
    figures.provenance,
    {% for dimension in dimensions() -%}
        {{ code_of('figures', dimension) }} as {{ dimension }},
    {% endfor -%}
    figures.locator,

    -- numbers
    figures.char_start,
    figures.char_end,
    figures.value,
    figures.value_low,
    figures.value_high,
    {{ in_base_unit('figures.value', 'units.multiplier') }} as base_value,
    units.base_unit_code
from figures
inner join known_documents
    on figures.document_id = known_documents.document_id
inner join units
    on figures.unit_code = units.unit_code
order by figure_id
