with

figures as (
    select * from {{ ref('stg_figures') }}
),

breaks as (
    select * from {{ ref('stg_series_breaks') }}
),

printed as (
    select period from figures
    union
    select break_period from breaks
),

-- A change is derived between any two years that follow each other.
years as (
    select distinct substr(period, 1, 4) as period
    from printed
),

consecutive_years as (
    select earlier.period || '/' || later.period as period
    from years as earlier
    inner join years as later
        on cast(later.period as integer) = cast(earlier.period as integer) + 1
),

all_periods as (
    select period from printed
    union
    select period from years
    union
    select substr(period, 6, 4) from printed
    where period like '____/____'
    union
    select period from consecutive_years
),

typed as (
    select
        period,
        case
            when period like '____/____' then 'span'
            when period like '____-spring' then 'spring_term'
            when period like '____-autumn' then 'autumn_term'
            when period like '____-__-__' then 'day'
            when period like '____-__' then 'month'
            when period like '____' then 'year'
        end as period_type,
        cast(substr(period, 1, 4) as integer) as start_year,
        case
            when period like '____/____' then cast(substr(period, 6, 4) as integer)
            else cast(substr(period, 1, 4) as integer)
        end as end_year
    from all_periods
),

dated as (
    select
        period,
        period_type,
        start_year,
        end_year,
        case period_type
            when 'day' then cast(period as date)
            when 'month' then cast(period || '-01' as date)
            when 'spring_term' then cast(start_year || '-02-01' as date)
            when 'autumn_term' then cast(start_year || '-09-01' as date)
            else cast(start_year || '-01-01' as date)
        end as starts_on,
        case period_type
            when 'day' then cast(period as date)
            when 'month' then {{ month_end("cast(period || '-01' as date)") }}
            when 'spring_term' then cast(start_year || '-08-31' as date)
            when 'autumn_term' then cast((start_year + 1) || '-01-31' as date)
            else cast(end_year || '-12-31' as date)
        end as ends_on
    from typed
)

select
    -- ids
    period,

    -- texts
    period_type,
    cast(start_year as string) as start_period,
    cast(end_year as string) as end_period,
    case period_type
        when 'span' then start_year || '年至' || end_year || '年'
        when 'spring_term' then start_year || '年春季学期'
        when 'autumn_term' then start_year || '年秋季学期'
        when 'year' then start_year || '年'
        when 'month' then start_year || '年' || month(ends_on) || '月'
        when 'day' then start_year || '年' || month(ends_on) || '月' || day(ends_on) || '日'
    end as name_zh,
    case period_type
        when 'span' then start_year || ' to ' || end_year
        when 'spring_term' then 'the spring term of ' || start_year
        when 'autumn_term' then 'the autumn term of ' || start_year
        else period
    end as name_en,

    -- numbers
    start_year,
    end_year,
    year(ends_on) * 12 + month(ends_on) as end_month,

    -- times
    starts_on,
    ends_on
from dated
