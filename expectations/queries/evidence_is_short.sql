/* The words of a transcribed figure are not at hand: what stands for them is our own label. */
select
    'figures' as mart,
    'figure_id=' || figure_id as row_key,
    coalesce(length(evidence) || ' characters', 'no evidence') as found
from main.figures
where
    (
        length(evidence) <= 40
        and (
            provenance = 'transcribed'
            or (
                not regexp_matches(evidence, '\s')
                and contains(evidence, regexp_replace(printed, '\s', '', 'g'))
            )
        )
    ) is not true
