with

source as (
    select * from {{ ref('corrections') }}
),

renamed as (
    select
        -- ids
        document_id,
        char_start,

        -- texts
        printed,
        meant,
        reason
    from source
)

select * from renamed
