with

targets as (
    select * from {{ ref('stated_observations') }}
    where status in ('target', 'norm', 'price_cap', 'planned')
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

-- A number to be reached has been reached by a greater one, unless it is a limit. What happened
-- in another period says nothing of what is planned for this one.
aims as (
    select
        targets.*,
        indicators.measure_type,
        regions.region_level,
        case
            when targets.qualifier <> 'exact' then targets.qualifier
            when targets.status in ('target', 'planned') then 'at_least'
            when targets.status = 'price_cap' then 'at_most'
            else 'equal'
        end as comparator,
        case when indicators.measure_type = 'flow' then targets.period else '' end as period_wanted
    from targets
    inner join indicators
        on targets.indicator = indicators.indicator
    left join regions
        on targets.region_code = regions.region_code
    left join bounded
        on targets.figure_id = bounded.target_figure_id
    where bounded.target_figure_id is null
),

aimed_observations as (
    {{ newest_observations('observations.indicator in (select aims.indicator from aims)') }}
),

-- Values under each name by which an aim may ask for one: the newest, or that of a period.
candidates as (
    select
        aimed_observations.*,
        regions.region_level,
        '' as period_wanted
    from aimed_observations
    inner join regions
        on aimed_observations.region_code = regions.region_code
    where aimed_observations.newness = 1
    union all
    select
        aimed_observations.*,
        regions.region_level,
        aimed_observations.period as period_wanted
    from aimed_observations
    inner join regions
        on aimed_observations.region_code = regions.region_code
    where aimed_observations.indicator in (
        select aims.indicator from aims
        where aims.period_wanted <> ''
    )
),

own as (
    select
        aims.figure_id as target_id,
        candidates.*
    from aims
    inner join candidates
        on
            aims.indicator = candidates.indicator
            and aims.sector = candidates.sector
            and aims.region_scope = candidates.region_scope
            and aims.region_code = candidates.region_code
            and aims.period_wanted = candidates.period_wanted
),

-- Aims without a value of their own look at the best peer, which is the same for all of a level.
alone as (
    select aims.*
    from aims
    left join own
        on aims.figure_id = own.target_id
    where own.target_id is null
),

questions as (
    select distinct
        indicator,
        sector,
        region_scope,
        region_level,
        period_wanted,
        comparator in ('at_most', 'less_than') as is_limit
    from alone
),

ranked as (
    select
        questions.is_limit,
        questions.region_level as level_asking,
        candidates.*,
        row_number() over (
            partition by
                questions.indicator,
                questions.sector,
                questions.region_scope,
                questions.region_level,
                questions.period_wanted,
                questions.is_limit
            order by
                case when candidates.region_level = questions.region_level then 1 else 2 end asc,
                case
                    when questions.is_limit then -candidates.value_high
                    else candidates.value_low
                end desc nulls last,
                candidates.region_code asc
        ) as choice_rank
    from questions
    inner join candidates
        on
            questions.indicator = candidates.indicator
            and questions.sector = candidates.sector
            and questions.region_scope = candidates.region_scope
            and questions.period_wanted = candidates.period_wanted
    where candidates.region_level in (questions.region_level, 'nation')
),

best_peers as (
    select * from ranked
    where choice_rank = 1
),

found as (
    select
        target_id,
        region_code,
        period,
        value,
        value_low,
        value_high,
        newness,
        false as is_peer
    from own
    union all
    select
        alone.figure_id as target_id,
        best_peers.region_code,
        best_peers.period,
        best_peers.value,
        best_peers.value_low,
        best_peers.value_high,
        best_peers.newness,
        true as is_peer
    from alone
    inner join best_peers
        on
            alone.indicator = best_peers.indicator
            and alone.sector = best_peers.sector
            and alone.region_scope = best_peers.region_scope
            and alone.region_level = best_peers.level_asking
            and alone.period_wanted = best_peers.period_wanted
            and (alone.comparator in ('at_most', 'less_than')) = best_peers.is_limit
),

-- A flow has nothing before it that it goes on from.
paired as (
    select
        aims.*,
        found.region_code as actual_region_code,
        found.period as actual_period,
        found.value as actual,
        found.value_low as actual_low,
        found.value_high as actual_high,
        found.is_peer,
        case when aims.measure_type <> 'flow' then found.newness + 1 end as newness_before
    from aims
    left join found
        on aims.figure_id = found.target_id
)

select
    paired.figure_id as target_id,
    paired.figure_id as target_figure_id,
    cast(null as string) as target_formula_id,
    paired.indicator,
    paired.region_code,
    paired.region_scope,
    paired.sector,
    paired.unit_code,
    paired.status as target_type,
    paired.comparator,
    paired.value as target,
    case when paired.comparator not in ('at_most', 'less_than') then paired.value_low end
        as target_low,
    case when paired.comparator not in ('at_least', 'more_than') then paired.value_high end
        as target_high,
    paired.period as due_period,
    paired.actual_period as period,
    paired.actual_region_code,
    paired.actual,
    paired.actual_low,
    paired.actual_high,
    earlier.period as earlier_period,
    earlier.value as earlier_actual,
    paired.is_peer
from paired
left join aimed_observations as earlier
    on
        paired.indicator = earlier.indicator
        and paired.actual_region_code = earlier.region_code
        and paired.region_scope = earlier.region_scope
        and paired.sector = earlier.sector
        and paired.newness_before = earlier.newness
