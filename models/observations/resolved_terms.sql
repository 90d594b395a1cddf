with

formulas as (
    select * from {{ ref('stg_formulas') }}
),

terms as (
    select * from {{ ref('stg_formula_terms') }}
),

sectors as (
    select * from {{ ref('stg_sectors') }}
),

term_counts as (
    select
        formula_id,
        count(*) as terms
    from terms
    group by formula_id
),

named_sectors as (
    select distinct
        formula_id,
        sector
    from terms
    where sector is not null
),

-- A formula without a sector holds for each sector that none of its terms names.
result_sectors as (
    select
        formulas.formula_id,
        sectors.sector as result_sector
    from formulas
    inner join sectors
        on formulas.sector = sectors.sector or formulas.sector is null
    left join named_sectors
        on
            formulas.formula_id = named_sectors.formula_id
            and sectors.sector = named_sectors.sector
            and formulas.sector is null
    where named_sectors.sector is null
),

resolved as (
    select
        -- ids
        terms.formula_id,
        terms.term_number,

        -- texts
        formulas.kind,
        formulas.relation,
        formulas.obstacle,
        formulas.comparison,
        formulas.indicator as result_indicator,
        result_sectors.result_sector,
        coalesce(formulas.status, 'actual') as result_status,
        terms.role,
        terms.indicator,
        coalesce(terms.sector, result_sectors.result_sector) as sector,
        coalesce(terms.status, formulas.status, 'actual') as status,
        terms.region_relation,
        terms.period_relation,

        -- numbers
        terms.coefficient,
        case
            when formulas.scale < 0 and (formulas.kind = 'sum' or terms.term_number = 1)
                then -terms.coefficient
            else terms.coefficient
        end as weight,
        formulas.scale,
        formulas.shift,
        formulas.preference,
        term_counts.terms
    from terms
    inner join formulas
        on terms.formula_id = formulas.formula_id
    inner join term_counts
        on terms.formula_id = term_counts.formula_id
    inner join result_sectors
        on terms.formula_id = result_sectors.formula_id
),

-- Values that more than one formula may give.
contested as (
    select
        result_indicator,
        result_sector,
        result_status
    from resolved
    group by result_indicator, result_sector, result_status
    having count(distinct formula_id) > 1
)

select
    resolved.*,

    -- booleans
    contested.result_indicator is not null as is_contested
from resolved
left join contested
    on
        resolved.result_indicator = contested.result_indicator
        and resolved.result_sector = contested.result_sector
        and resolved.result_status = contested.result_status
