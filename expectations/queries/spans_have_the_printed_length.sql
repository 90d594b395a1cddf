/* What was transcribed has no span; everything else has one. */
select
    'figures' as mart,
    'figure_id=' || figure_id as row_key,
    concat_ws(', ', provenance, 'char_start ' || char_start, 'char_end ' || char_end, printed)
        as found
from main.figures
where
    (
        (provenance = 'transcribed' and char_start is null and char_end is null)
        or (
            provenance <> 'transcribed'
            and char_start >= 0
            and char_end - char_start = length(printed)
        )
    ) is not true
