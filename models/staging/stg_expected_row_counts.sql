with

source as (
    select * from {{ ref('expected_row_counts') }}
),

renamed as (
    select
        -- ids
        mart,
        part,

        -- numbers
        least_rows,
        most_rows
    from source
)

select * from renamed
