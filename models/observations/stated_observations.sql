{{ config(materialized='incremental', post_hook="{{ observations_as_of(this) }}") }}

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
),

in_base_units as (
    select
        -- ids
        figures.figure_id,
        figures.document_id,
        figures.region_code,
        units.base_unit_code as unit_code,

        -- texts
        figures.indicator,
        figures.region_scope,
        figures.sector,
        figures.period,
        figures.status,
        figures.period_basis,
        figures.qualifier,

        -- numbers
        {{ in_base_unit('figures.value', 'units.multiplier') }} as value,
        {{ in_base_unit('figures.value_low', 'units.multiplier') }} as value_low,
        {{ in_base_unit('figures.value_high', 'units.multiplier') }} as value_high,

        -- times
        known_documents.published_on
    from figures
    inner join known_documents
        on figures.document_id = known_documents.document_id
    inner join units
        on figures.unit_code = units.unit_code
    -- What is said of some pupils or some staff alone is no value of all of them.
    where {{ is_of_all('figures') }}
)

select * from in_base_units
