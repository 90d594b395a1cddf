/*
    What is tested: the indicator of every term of every formula is printed or derived somewhere,
    for the part of a region that the term looks at.
    When it matters: a formula that can never be worked out guards nothing, and looks as if it did.
    How to resolve: correct the term's indicator or region_relation, or drop the formula.
*/

with

terms as (
    select
        *,
        case
            when region_relation in ('self', 'children', 'parent') then 'self'
            else region_relation
        end as region_scope
    from {{ ref('stg_formula_terms') }}
),

known as (
    select
        indicator,
        region_scope
    from {{ ref('stg_figures') }}
    union
    select
        indicator,
        'self' as region_scope
    from {{ ref('stg_formulas') }}
)

select
    terms.formula_id,
    terms.indicator,
    terms.region_relation
from terms
left join known
    on
        terms.indicator = known.indicator
        and terms.region_scope = known.region_scope
where known.indicator is null
