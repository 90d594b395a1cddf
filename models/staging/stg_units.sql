with

source as (
    select * from {{ ref('units') }}
),

renamed as (
    select
        -- ids
        unit_code,
        base_unit_code,

        -- texts
        name_zh,
        name_en,
        dimension,

        -- numbers
        multiplier
    from source
)

select * from renamed
