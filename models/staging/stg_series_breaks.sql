with

source as (
    select * from {{ ref('series_breaks') }}
),

renamed as (
    select
        -- ids
        indicator,
        region_code,
        break_period,

        -- texts
        reason_zh,
        reason_en
    from source
)

select * from renamed
