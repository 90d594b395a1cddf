with

source as (
    select * from {{ ref('regions') }}
),

renamed as (
    select
        -- ids
        region_code,
        parent_region_code,
        valid_from,

        -- texts
        name_zh,
        name_en,
        region_level,

        -- times
        valid_to
    from source
)

select * from renamed
