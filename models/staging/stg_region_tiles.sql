with

source as (
    select * from {{ ref('region_tiles') }}
),

renamed as (
    select
        -- ids
        region_code,

        -- numbers
        tile_row,
        tile_column
    from source
)

select * from renamed
