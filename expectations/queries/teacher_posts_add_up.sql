select
    'teacher_posts' as mart,
    {{ row_key('teacher_posts') }} as row_key,
    concat_ws(
        ', ',
        'approved ' || posts_approved,
        'topped up ' || posts_topped_up,
        'total ' || posts_total,
        'filled ' || posts_filled,
        'vacant ' || posts_vacant
    ) as found
from main.teacher_posts
where
    not (
        coalesce(posts_total = posts_approved + posts_topped_up, true)
        and coalesce(posts_vacant = posts_total - posts_filled, true)
        and coalesce(posts_topped_up = posts_topped_up_municipal + posts_topped_up_county, true)
    )
