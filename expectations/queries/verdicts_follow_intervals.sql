/* An empty end is unbounded: it touches everything on its side. */
with

findings as (
    select
        *,
        coalesce(stated_low <= derived_high, true)
        and coalesce(derived_low <= stated_high, true) as intervals_touch
    from main.consistency_findings
)

select
    'consistency_findings' as mart,
    'finding_id=' || finding_id as row_key,
    concat_ws(
        ', ',
        'verdict ' || verdict,
        'stated ' || coalesce(cast(stated_low as varchar), '') || '..'
        || coalesce(cast(stated_high as varchar), ''),
        'derived ' || coalesce(cast(derived_low as varchar), '') || '..'
        || coalesce(cast(derived_high as varchar), '')
    ) as found
from findings
where
    (
        verdict = 'not_comparable'
        or (verdict = 'consistent' and intervals_touch)
        or (verdict = 'contradiction' and not intervals_touch)
    ) is not true
