with

observations as (
    select * from {{ ref('observations') }}
),

preferred as (
    select
        *,
        'self' as region_scope
    from {{ ref('derived_observations') }}
    where is_preferred
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
)

select
    paired.*,
    periods.end_year as year,
    row_number() over (
        partition by
            paired.indicator,
            paired.region_code,
            paired.region_scope,
            paired.sector,
            paired.status,
            periods.end_year
        order by
            periods.ends_on desc,
            paired.origin desc,
            periods.starts_on desc,
            paired.period asc
    ) = 1 as is_newest_of_year
from paired
inner join periods
    on paired.period = periods.period
