with

source as (
    select * from {{ ref('formula_terms') }}
),

renamed as (
    select
        -- ids
        formula_id,
        term_number,

        -- texts
        role,
        indicator,
        sector,
        status,
        region_relation,
        period_relation,

        -- numbers
        coefficient
    from source
)

select * from renamed
