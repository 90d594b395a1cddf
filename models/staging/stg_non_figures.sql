with

source as (
    {{ seed_and_store('non_figures') }}
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
