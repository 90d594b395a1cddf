with

source as (
    select * from {{ ref('indicator_aliases') }}
),

renamed as (
    select
        -- ids
        alias_zh,

        -- texts
        indicator,
        sector
    from source
)

select * from renamed
