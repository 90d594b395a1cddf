with

source as (
    select * from {{ ref('non_figures') }}
),

renamed as (
    select
        -- ids
        document_id,
        char_start,

        -- texts
        printed,
        reason,

        -- numbers
        char_end
    from source
)

select * from renamed
