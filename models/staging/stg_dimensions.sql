with

source as (
    select * from {{ ref('dimensions') }}
),

renamed as (
    select
        -- texts
        dimension,
        code,
        name_zh,
        name_en,
        parent
    from source
)

select * from renamed
