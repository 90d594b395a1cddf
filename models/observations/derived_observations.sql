{{ config(materialized='incremental') }}

with

derived as (
    {% for level in formula_levels() -%}
        select * from {{ ref('derived_level_' ~ level) }}
        where {{ own_regions() }}
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
        case
            when derived.status = 'actual' and indicators.measure_type in ('change', 'growth')
                then 'change'
            else derived.status
        end as status,
        indicators.unit_code,
        derived.relation,
        derived.obstacle,
        derived.formula_level,
        derived.value,
        derived.value_low,
        derived.value_high,
        derived.is_stated,
        derived.relation = 'equal' and derived.obstacle is null as is_equal
    from derived
    inner join indicators
        on derived.indicator = indicators.indicator
),

-- Of several formulas for one value the lowest level and the first preference speaks.
choices as (
    select
        contested.formula_id,
        contested.region_code,
        contested.sector,
        contested.period,
        row_number() over (
            partition by
                contested.indicator,
                contested.region_code,
                contested.sector,
                contested.period,
                contested.status
            order by
                case
                    when contested.relation = 'equal' and contested.obstacle is null then 0
                    else 1
                end,
                contested.preference asc,
                contested.formula_level asc,
                contested.formula_id asc
        ) as choice_rank,
        max(
            case when contested.relation = 'equal' and contested.obstacle is null then 1 else 0 end
        ) over (
            partition by
                contested.indicator,
                contested.region_code,
                contested.sector,
                contested.period,
                contested.status
        ) as has_equal
    from derived as contested
    inner join comparisons
        on contested.formula_id = comparisons.formula_id
    where comparisons.is_contested
),

ranked as (
    select
        described.*,
        coalesce(choices.choice_rank, 1) as choice_rank,
        coalesce(choices.has_equal, case when described.is_equal then 1 else 0 end) as has_equal
    from described
    left join choices
        on
            described.formula_id = choices.formula_id
            and described.region_code = choices.region_code
            and described.sector = choices.sector
            and described.period = choices.period
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
