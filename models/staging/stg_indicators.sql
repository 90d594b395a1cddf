with

source as (
    select * from {{ ref('indicators') }}
),

renamed as (
    select
        -- ids
        indicator,
        unit_code,

        -- texts
        name_zh,
        name_en,
        topic,
        education_stage,
        measure_type,
        definition_zh,
        definition_en,

        -- booleans
        is_additive_over_regions,
        is_additive_over_sectors
    from source
)

select * from renamed
