with

periods as (
    select * from {{ ref('periods') }}
),

same as (
    select
        'same' as period_relation,
        period as observation_period,
        period as result_period,
        0 as recency
    from periods
),

span_starts as (
    select
        'start' as period_relation,
        start_period as observation_period,
        period as result_period,
        0 as recency
    from periods
    where period_type = 'span'
),

span_ends as (
    select
        'end' as period_relation,
        end_period as observation_period,
        period as result_period,
        0 as recency
    from periods
    where period_type = 'span'
),

-- A value of a day or a month stands for the year in which it lies.
within as (
    select
        'within' as period_relation,
        parts.period as observation_period,
        wholes.period as result_period,
        parts.end_month * 31 + day(parts.ends_on) as recency
    from periods as parts
    inner join periods as wholes
        on
            parts.starts_on >= wholes.starts_on
            and parts.ends_on <= wholes.ends_on
    where wholes.period_type <> 'span' and parts.period_type <> 'span'
),

-- The newest value that is not too old, where a count is renewed now and then.
latest as (
    select
        'latest' as period_relation,
        earlier.period as observation_period,
        later.period as result_period,
        earlier.end_month * 31 + day(earlier.ends_on) as recency
    from periods as earlier
    inner join periods as later
        on
            earlier.ends_on <= later.ends_on
            and earlier.end_month
            >= later.end_month - {{ var('longest_carry_months') }}
    where later.period_type <> 'span' and earlier.period_type <> 'span'
),

-- A cohort that leaves school came in some years before.
years_before as (
    select
        distances.period_relation,
        earlier.period as observation_period,
        later.period as result_period,
        0 as recency
    from periods as later
    cross join (
        values
        ('year_before', 1),
        ('three_years_before', 3),
        ('six_years_before', 6)
    ) as distances (period_relation, years)
    inner join periods as earlier
        on later.end_year - distances.years = earlier.end_year
    where later.period_type = 'year' and earlier.period_type = 'year'
),

-- A price or a norm holds from its beginning until the next one begins.
in_force as (
    select
        'in_force' as period_relation,
        earlier.period as observation_period,
        later.period as result_period,
        year(earlier.starts_on) * 372
        + month(earlier.starts_on) * 31
        + day(earlier.starts_on) as recency
    from periods as earlier
    inner join periods as later
        on earlier.starts_on <= later.starts_on
    where later.period_type <> 'span' and earlier.period_type <> 'span'
)

select * from same
union all
select * from span_starts
union all
select * from span_ends
union all
select * from within
union all
select * from latest
union all
select * from in_force
union all
select * from years_before
