{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('observations') }}
    where {{ own_regions() }}
),

preferred as (
    select
        *,
        'self' as region_scope
    from {{ ref('derived_observations') }}
    where is_preferred and {{ own_regions() }}
),

periods as (
    select * from {{ ref('periods') }}
),

paired as (
    select
        -- ids
        coalesce(observations.indicator, preferred.indicator) as indicator,
        coalesce(observations.region_code, preferred.region_code) as region_code,
        coalesce(observations.region_scope, preferred.region_scope) as region_scope,
        coalesce(observations.sector, preferred.sector) as sector,
        coalesce(observations.period, preferred.period) as period,
        coalesce(observations.status, preferred.status) as status,
        coalesce(observations.unit_code, preferred.unit_code) as unit_code,
        observations.figure_id,
        observations.document_id,
        preferred.formula_id,

        -- texts
        case when observations.figure_id is not null then 'stated' else 'derived' end as origin,
        observations.period_basis,
        observations.qualifier,

        -- numbers
        case
            when observations.figure_id is not null then observations.value
            else preferred.value
        end as value,
        case
            when observations.figure_id is not null then observations.value_low
            else preferred.value_low
        end as value_low,
        case
            when observations.figure_id is not null then observations.value_high
            else preferred.value_high
        end as value_high,
        observations.value as stated,
        observations.value_low as stated_low,
        observations.value_high as stated_high,
        preferred.value as derived,
        preferred.value_low as derived_low,
        preferred.value_high as derived_high,
        coalesce(observations.documents, 0) as documents,

        -- booleans
        coalesce(observations.has_agreement, true) as has_agreement
    from observations
    full outer join preferred
        on
            observations.indicator = preferred.indicator
            and observations.region_code = preferred.region_code
            and observations.region_scope = preferred.region_scope
            and observations.sector = preferred.sector
            and observations.period = preferred.period
            and observations.status = preferred.status
),

dated as (
    select
        paired.*,
        periods.end_year as year,
        periods.starts_on,
        periods.ends_on
    from paired
    inner join periods
        on paired.period = periods.period
),

-- Most values are the only ones of their year, and nothing is to be chosen there.
repeated as (
    select
        {{ year_key() | join(',
        ') }},
        count(*) as values_of_year
    from dated
    group by {{ year_key() | join(', ') }}
    having count(*) > 1
),

ranked as (
    select
        dated.*,
        row_number() over (
            partition by {{ prefixed('dated', year_key()) | join(', ') }}
            order by
                dated.ends_on desc,
                dated.origin desc,
                dated.starts_on desc,
                dated.period asc
        ) as newness
    from dated
    inner join repeated
        on {{ equal_columns('dated', 'repeated', year_key()) }}
),

singles as (
    select
        dated.*,
        1 as newness
    from dated
    left join repeated
        on {{ equal_columns('dated', 'repeated', year_key()) }}
    where repeated.values_of_year is null
),

judged as (
    select * from singles
    union all
    select * from ranked
)

select
    -- ids
    indicator,
    region_code,
    region_scope,
    sector,
    period,
    status,
    unit_code,
    figure_id,
    document_id,
    formula_id,

    -- texts
    origin,
    period_basis,
    qualifier,

    -- numbers
    value,
    value_low,
    value_high,
    stated,
    stated_low,
    stated_high,
    derived,
    derived_low,
    derived_high,
    documents,

    -- booleans
    has_agreement,

    -- times
    year,
    newness = 1 as is_newest_of_year
from judged
