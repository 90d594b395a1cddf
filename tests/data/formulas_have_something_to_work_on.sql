/*
    What is tested: the indicator and sector of every term of every formula are printed or derived
    somewhere.
    When it matters: a formula that can never be worked out guards nothing, and looks as if it did.
    How to resolve: correct the term's indicator, sector or status, or drop the formula.
*/

with

terms as (
    select * from {{ ref('stg_formula_terms') }}
),

known as (
    select distinct indicator from {{ ref('stg_figures') }}
    union
    select distinct indicator from {{ ref('stg_formulas') }}
)

select
    terms.formula_id,
    terms.indicator
from terms
left join known
    on terms.indicator = known.indicator
where known.indicator is null
