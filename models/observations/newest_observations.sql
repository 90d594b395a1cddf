{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where status = 'actual' and {{ own_regions() }}
),

periods as (
    select * from {{ ref('periods') }}
),

ranked as (
    select
        observations.*,
        periods.ends_on,
        row_number() over (
            partition by
                observations.indicator,
                observations.region_code,
                observations.region_scope,
                observations.sector
            order by
                periods.ends_on desc,
                observations.origin desc,
                periods.starts_on desc,
                observations.period asc
        ) as newness
    from observations
    inner join periods
        on observations.period = periods.period
)

select
    -- ids
    indicator,
    region_code,
    region_scope,
    sector,
    period,
    unit_code,
    figure_id,
    formula_id,

    -- numbers
    newness,
    value,
    value_low,
    value_high,

    -- times
    ends_on
from ranked
