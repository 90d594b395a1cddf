with

source as (
    select * from {{ ref('sectors') }}
),

renamed as (
    select
        -- ids
        sector,

        -- texts
        name_zh,
        name_en,
        parent_sector,

        -- numbers
        sort_order
    from source
)

select * from renamed
