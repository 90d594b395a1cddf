{{ config(materialized='incremental') }}

with

source as (
    {{ seed_and_store('figures') }}
),

renamed as (
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
        sex,
        urbanisation,
        pupil_group,
        staff_group,
        locator,

        -- numbers
        char_start,
        char_end,
        value,
        value_low,
        value_high
    from source
    where {{ only_changed() }}
)

select * from renamed
