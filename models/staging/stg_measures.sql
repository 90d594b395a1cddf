with

source as (
    select * from {{ ref('measures') }}
),

renamed as (
    select
        -- ids
        measure_id,
        document_id,

        -- texts
        shortcoming_zh,
        measure_zh,
        shortcoming_en,
        measure_en,
        due_period,

        -- numbers
        measure_number,
        step_number,
        char_start,
        char_end
    from source
)

select * from renamed
