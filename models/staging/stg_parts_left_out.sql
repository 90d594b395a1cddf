with

source as (
    select * from {{ ref('parts_left_out') }}
),

renamed as (
    select
        -- ids
        region_code,
        part_region_code,

        -- texts
        reason_zh,
        reason_en,

        -- times
        valid_to
    from source
)

select * from renamed
