with

source as (
    select * from {{ ref('formulas') }}
),

renamed as (
    select
        -- ids
        formula_id,

        -- texts
        kind,
        indicator,
        sector,
        status,
        relation,
        obstacle,
        comparison,
        name_zh,
        name_en,
        note_zh,
        note_en,

        -- numbers
        scale,
        shift,
        preference
    from source
)

select * from renamed
