select
    'childcare_capacity' as mart,
    {{ row_key('childcare_capacity') }} as row_key,
    concat_ws(
        ', ',
        'places ' || places,
        'enrolled ' || enrolled,
        'vacant ' || coalesce(cast(vacant as varchar), 'is empty')
    ) as found
from main.childcare_capacity
where
    places is not null
    and enrolled is not null
    and (vacant = places - enrolled) is not true
