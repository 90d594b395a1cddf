select
    'kindergarten_places' as mart,
    {{ row_key('kindergarten_places') }} as row_key,
    concat_ws(
        ', ',
        'places ' || places,
        'enrolment ' || enrolment,
        'surplus_derived ' || coalesce(cast(surplus_derived as varchar), 'is empty')
    ) as found
from main.kindergarten_places
where
    places is not null
    and enrolment is not null
    and (surplus_derived = places - enrolment) is not true
