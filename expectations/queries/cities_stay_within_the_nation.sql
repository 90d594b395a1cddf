with

compared as (
    select
        city.region_code,
        city.period,
        city.sector,
        unnest(['kindergartens', 'places', 'enrolment']) as measure,
        unnest([city.kindergartens_low, city.places_low, city.enrolment_low]) as city_low,
        unnest([nation.kindergartens_high, nation.places_high, nation.enrolment_high])
            as nation_high
    from main.kindergarten_places as city
    inner join main.kindergarten_places as nation
        on city.period = nation.period and city.sector = nation.sector
    where city.region_code <> '100000' and nation.region_code = '100000'
)

select
    'kindergarten_places' as mart,
    {{ row_key('kindergarten_places') }} as row_key,
    measure || ' ' || city_low || ', nation ' || nation_high as found
from compared
where city_low is not null and nation_high is not null and (city_low < nation_high) is not true
