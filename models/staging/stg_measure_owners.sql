with

source as (
    select * from {{ ref('measure_owners') }}
),

renamed as (
    select
        -- ids
        measure_id,
        owner_number,

        -- texts
        responsible_unit_zh
    from source
)

select * from renamed
