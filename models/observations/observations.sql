with

stated as (
    select * from {{ ref('stated_observations') }}
),

-- The newest document speaks; of two statements as new, the narrower one.
ranked as (
    select
        *,
        row_number() over (
            partition by indicator, region_code, region_scope, sector, period, status
            order by
                published_on desc,
                coalesce(value_high - value_low, 1e15) asc,
                figure_id asc
        ) as choice_rank
    from stated
),

agreement as (
    select
        indicator,
        region_code,
        region_scope,
        sector,
        period,
        status,
        count(distinct document_id) as documents,
        coalesce(max(value_low) <= min(value_high), true) as has_agreement
    from stated
    group by indicator, region_code, region_scope, sector, period, status
)

select
    -- ids
    ranked.indicator,
    ranked.region_code,
    ranked.region_scope,
    ranked.sector,
    ranked.period,
    ranked.status,
    ranked.figure_id,
    ranked.document_id,
    ranked.unit_code,

    -- texts
    ranked.period_basis,
    ranked.qualifier,

    -- numbers
    ranked.value,
    ranked.value_low,
    ranked.value_high,
    agreement.documents,

    -- booleans
    agreement.has_agreement,

    -- times
    ranked.published_on
from ranked
inner join agreement
    on
        ranked.indicator = agreement.indicator
        and ranked.region_code = agreement.region_code
        and ranked.region_scope = agreement.region_scope
        and ranked.sector = agreement.sector
        and ranked.period = agreement.period
        and ranked.status = agreement.status
where ranked.choice_rank = 1
