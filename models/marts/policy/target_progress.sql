with

indicators as (
    select * from {{ ref('stg_indicators') }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

periods as (
    select * from {{ ref('periods') }}
),

-- The day that counts as today: the var, or the newest document's.
today as (
    {% if var('as_of') is not none -%}
        select cast('{{ var("as_of") }}' as date) as as_of
    {%- else -%}
        select max(published_on) as as_of from {{ ref('stated_observations') }}
    {%- endif %}
),

all_targets as (
    select * from {{ ref('bounded_targets') }}
    union all
    select * from {{ ref('aimed_targets') }}
),

measured as (
    select
        all_targets.*,
        today.as_of,
        case
            when all_targets.target_type in ('target', 'planned') then due_periods.ends_on
        end as due_on,

        -- how far the actual value has still to rise (or, below 0, to fall)
        case
            when actual_low is null and actual_high is null then null
            when target_low > coalesce(actual, actual_low, actual_high)
                then target_low - coalesce(actual, actual_low, actual_high)
            when target_high < coalesce(actual, actual_high, actual_low)
                then target_high - coalesce(actual, actual_high, actual_low)
            else 0
        end as gap,
        case
            when all_targets.target_type in ('target', 'planned')
                then {{ years_between('today.as_of', 'due_periods.ends_on') }}
        end as years_left,
        (all_targets.actual - all_targets.earlier_actual)
        / nullif({{ years_between('earlier_periods.ends_on', 'actual_periods.ends_on') }}, 0)
            as pace_seen,
        coalesce(actual_low >= target_low, target_low is null)
        and coalesce(actual_high <= target_high, target_high is null)
        and (comparator <> 'more_than' or actual_low > target_low)
        and (comparator <> 'less_than' or actual_high < target_high) as is_met
    from all_targets
    cross join today
    left join periods as due_periods
        on all_targets.due_period = due_periods.period
    left join periods as actual_periods
        on all_targets.period = actual_periods.period
    left join periods as earlier_periods
        on all_targets.earlier_period = earlier_periods.period
),

paced as (
    select
        *,
        case
            when years_left > 0 then gap / years_left
        end as pace_needed
    from measured
)

select
    -- ids
    paced.target_id,
    paced.target_figure_id,
    paced.target_formula_id,
    paced.indicator,
    paced.region_code,
    paced.region_scope,
    paced.sector,
    paced.unit_code,
    paced.actual_region_code,

    -- texts
    indicators.name_zh as indicator_name_zh,
    indicators.name_en as indicator_name_en,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    actual_regions.name_zh as actual_region_name_zh,
    actual_regions.name_en as actual_region_name_en,
    paced.target_type,
    paced.comparator,
    case
        when paced.actual_region_code is null or paced.is_peer then 'no_actual_yet'
        when paced.is_met then 'met'
        when paced.target_type in ('norm', 'price_cap') then 'breached'
        when paced.due_on < paced.as_of then 'overdue'
        when paced.pace_needed > 0 and paced.pace_seen >= paced.pace_needed then 'on_pace'
        when paced.pace_needed < 0 and paced.pace_seen <= paced.pace_needed then 'on_pace'
        else 'behind'
    end as verdict,

    -- numbers
    paced.target,
    paced.target_low,
    paced.target_high,
    paced.actual,
    paced.actual_low,
    paced.actual_high,
    paced.earlier_actual,
    cast(paced.gap as {{ value_type() }}) as gap,
    cast(paced.years_left as decimal(9, 2)) as years_left,
    cast(paced.pace_needed as decimal(18, 4)) as pace_needed,
    cast(paced.pace_seen as decimal(18, 4)) as pace_seen,

    -- booleans
    coalesce(paced.is_peer, false) as is_peer,

    -- times
    paced.period,
    paced.earlier_period,
    paced.due_period,
    paced.due_on,
    paced.as_of
from paced
inner join indicators
    on paced.indicator = indicators.indicator
inner join regions
    on paced.region_code = regions.region_code
left join regions as actual_regions
    on paced.actual_region_code = actual_regions.region_code
order by target_id, region_code
