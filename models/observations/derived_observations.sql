with

derived as (
    {% for level in formula_levels() -%}
        select * from {{ ref('derived_level_' ~ level) }}
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

comparisons as (
    select * from {{ ref('formula_comparisons') }}
),

described as (
    select
        derived.formula_id,
        derived.indicator,
        derived.region_code,
        derived.sector,
        derived.period,
        derived.status as formula_status,
        case
            when derived.status = 'actual' and indicators.measure_type in ('change', 'growth')
                then 'change'
            else derived.status
        end as status,
        indicators.unit_code,
        derived.relation,
        derived.obstacle,
        derived.formula_level,
        derived.preference,
        derived.value,
        derived.value_low,
        derived.value_high,
        derived.is_stated,
        derived.relation = 'equal' and derived.obstacle is null as is_equal,
        comparisons.is_contested
    from derived
    inner join indicators
        on derived.indicator = indicators.indicator
    inner join comparisons
        on derived.formula_id = comparisons.formula_id
),

-- Of several formulas for one value the lowest level and the first preference speaks.
ranked as (
    select
        *,
        row_number() over (
            partition by indicator, region_code, sector, period, formula_status
            order by
                case when is_equal then 0 else 1 end,
                preference asc,
                formula_level asc,
                formula_id asc
        ) as choice_rank,
        max(case when is_equal then 1 else 0 end) over (
            partition by indicator, region_code, sector, period, formula_status
        ) as has_equal
    from described
    where is_contested
    union all
    select
        *,
        1 as choice_rank,
        case when is_equal then 1 else 0 end as has_equal
    from described
    where not is_contested
)

select
    -- ids
    formula_id,
    indicator,
    region_code,
    sector,
    period,
    status,
    unit_code,

    -- texts
    relation,
    obstacle,

    -- numbers
    formula_level,
    value,
    value_low,
    value_high,

    -- booleans
    is_stated,
    choice_rank = 1 and is_equal as is_preferred
from ranked
-- A bound checks what is printed or derived beside it; by itself it says nothing.
where is_stated or has_equal = 1
