with

targets as (
    select * from {{ ref('stated_observations') }}
    where status in ('target', 'norm', 'price_cap', 'planned')
),

newest_observations as (
    select * from {{ ref('newest_observations') }}
),

bounded as (
    select * from {{ ref('bounded_targets') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

-- A number to be reached has been reached by a greater one, unless it is a limit.
aims as (
    select
        targets.*,
        indicators.measure_type,
        case
            when targets.qualifier <> 'exact' then targets.qualifier
            when targets.status in ('target', 'planned') then 'at_least'
            when targets.status = 'price_cap' then 'at_most'
            else 'equal'
        end as comparator
    from targets
    inner join indicators
        on targets.indicator = indicators.indicator
    left join bounded
        on targets.figure_id = bounded.target_figure_id
    where bounded.target_figure_id is null
),

-- What happened in another period says nothing of what is planned for this one.
candidates as (
    select
        aims.figure_id as target_id,
        newest_observations.*,
        aims.region_code <> newest_observations.region_code as is_peer,
        case
            when aims.region_code = newest_observations.region_code then 0
            when peers.region_level = places.region_level then 1
            else 2
        end as farness,
        case
            when aims.comparator in ('at_most', 'less_than') then -newest_observations.value_high
            else newest_observations.value_low
        end as goodness
    from aims
    inner join newest_observations
        on
            aims.indicator = newest_observations.indicator
            and aims.sector = newest_observations.sector
            and aims.region_scope = newest_observations.region_scope
    inner join regions as places
        on aims.region_code = places.region_code
    inner join regions as peers
        on newest_observations.region_code = peers.region_code
    where
        (
            aims.region_code = newest_observations.region_code
            or peers.region_level in (places.region_level, 'nation')
        )
        and (
            (aims.measure_type <> 'flow' and newest_observations.newness = 1)
            or (aims.measure_type = 'flow' and aims.period = newest_observations.period)
        )
),

ranked as (
    select
        *,
        row_number() over (
            partition by target_id
            order by farness asc, goodness desc nulls last, region_code asc
        ) as choice_rank
    from candidates
)

select
    aims.figure_id as target_id,
    aims.figure_id as target_figure_id,
    cast(null as string) as target_formula_id,
    aims.indicator,
    aims.region_code,
    aims.region_scope,
    aims.sector,
    aims.unit_code,
    aims.status as target_type,
    aims.comparator,
    aims.value as target,
    case when aims.comparator not in ('at_most', 'less_than') then aims.value_low end
        as target_low,
    case when aims.comparator not in ('at_least', 'more_than') then aims.value_high end
        as target_high,
    aims.period as due_period,
    ranked.period,
    ranked.region_code as actual_region_code,
    ranked.value as actual,
    ranked.value_low as actual_low,
    ranked.value_high as actual_high,
    earlier.period as earlier_period,
    earlier.value as earlier_actual,
    ranked.is_peer
from aims
left join ranked
    on aims.figure_id = ranked.target_id and ranked.choice_rank = 1
left join newest_observations as earlier
    on
        ranked.indicator = earlier.indicator
        and ranked.region_code = earlier.region_code
        and ranked.region_scope = earlier.region_scope
        and ranked.sector = earlier.sector
        and ranked.newness + 1 = earlier.newness
        and aims.measure_type <> 'flow'
