with

terms as (
    select * from {{ ref('resolved_terms') }}
)

select
    -- ids
    formula_id,

    -- texts
    case
        when max(comparison) is not null then max(comparison)
        when count(case when status = 'price_cap' then 1 end) > 0 then 'price_cap'
        when count(case when status = 'norm' then 1 end) > 0 then 'norm'
        when max(relation) <> 'equal' then 'bound'
        when count(case when period_relation in ('start', 'end') then 1 end) > 0 then 'time'
        when count(case when region_relation <> 'self' then 1 end) > 0 then 'regions'
        when count(case when sector <> result_sector then 1 end) > 0 and max(kind) = 'ratio'
            then 'share'
        when count(case when sector <> result_sector then 1 end) > 0 then 'sectors'
        else 'arithmetic'
    end as comparison,

    -- booleans
    max(case when is_contested then 1 else 0 end) = 1 as is_contested
from terms
group by formula_id
