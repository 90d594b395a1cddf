/*
    What is tested: every change, growth, share and change of share that a national bulletin
    prints, and whose ends are printed too, has been checked and agrees with them by interval.
    When it matters: the national series is the yardstick of every city.
    How to resolve: compare the statement and its ends with the bulletin; a statement across a
    break belongs to series_breaks.csv.
*/

with

observations as (
    select * from {{ ref('observations') }}
    where region_code = '100000' and region_scope = 'self'
),

periods as (
    select * from {{ ref('periods') }}
),

-- Which level a statement speaks of shows in its name; this asks no formula.
statements as (
    select
        observations.figure_id,
        observations.sector,
        observations.period,
        periods.start_period,
        periods.end_period,
        case
            when observations.indicator like '%_change'
                then substr(observations.indicator, 1, length(observations.indicator) - 7)
            when observations.indicator like '%_growth'
                then substr(observations.indicator, 1, length(observations.indicator) - 7)
            when observations.indicator like '%_share'
                then substr(observations.indicator, 1, length(observations.indicator) - 6)
        end as level_indicator,
        observations.indicator like '%_share' as is_share
    from observations
    inner join periods
        on observations.period = periods.period
),

checkable as (
    select statements.figure_id
    from statements
    inner join observations as ends
        on
            statements.level_indicator = ends.indicator
            and statements.end_period = ends.period
            and statements.sector = ends.sector
    inner join observations as bases
        on
            statements.level_indicator = bases.indicator
            and case
                when statements.is_share then statements.end_period else statements.start_period
            end
            = bases.period
            and case when statements.is_share then 'total' else statements.sector end
            = bases.sector
),

agreeing as (
    select distinct figure_id
    from {{ ref('findings') }}
    where finding_type = 'formula' and comparison in ('time', 'share') and verdict = 'consistent'
)

select checkable.figure_id
from checkable
left join agreeing
    on checkable.figure_id = agreeing.figure_id
where agreeing.figure_id is null
