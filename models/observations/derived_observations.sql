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

-- Of several formulas for one value the lowest level and the first preference speaks.
ranked as (
    select
        derived.formula_id,
        derived.indicator,
        derived.region_code,
        derived.sector,
        derived.period,
        derived.relation,
        derived.obstacle,
        derived.formula_level,
        derived.value,
        derived.value_low,
        derived.value_high,
        derived.is_stated,
        indicators.unit_code,
        case
            when derived.status = 'actual' and indicators.measure_type in ('change', 'growth')
                then 'change'
            else derived.status
        end as status,
        row_number() over (
            partition by
                derived.indicator,
                derived.region_code,
                derived.sector,
                derived.period,
                derived.status
            order by
                case
                    when derived.relation = 'equal' and derived.obstacle is null then 0
                    else 1
                end,
                derived.preference asc,
                derived.formula_level asc,
                derived.formula_id asc
        ) as choice_rank,
        max(
            case when derived.relation = 'equal' and derived.obstacle is null then 1 else 0 end
        ) over (
            partition by
                derived.indicator,
                derived.region_code,
                derived.sector,
                derived.period,
                derived.status
        ) as has_equal
    from derived
    inner join indicators
        on derived.indicator = indicators.indicator
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
    choice_rank = 1 and relation = 'equal' and obstacle is null as is_preferred
from ranked
-- A bound checks what is printed or derived beside it; by itself it says nothing.
where is_stated or has_equal = 1
