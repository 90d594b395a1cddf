with

source as (
    select * from {{ ref('acknowledged_findings') }}
),

renamed as (
    select
        -- ids
        finding_id,

        -- texts
        explanation_zh,
        explanation_en,

        -- numbers
        gap,

        -- times
        judged_on
    from source
)

select * from renamed
