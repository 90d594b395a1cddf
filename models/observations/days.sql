-- What MetricFlow lays time series over: it asks for days, although every measure is a year's.
with

periods as (
    select * from {{ ref('periods') }}
),

span as (
    select
        min(starts_on) as first_day,
        max(ends_on) as last_day
    from periods
),

digits as (
    select listed.digit
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as listed (digit)
),

numbered as (
    select
        ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit
        + 10000 * ten_thousands.digit as days_after
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as ten_thousands
),

dated as (
    select
        cast({{ dbt.dateadd('day', 'numbered.days_after', 'span.first_day') }} as date) as day_on,
        span.last_day
    from numbered
    cross join span
)

select day_on
from dated
where day_on <= last_day
