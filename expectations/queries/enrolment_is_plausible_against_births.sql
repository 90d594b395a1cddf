/* Three cohorts of three to five, born up to six years before: 1 to 8 mean years of births. */
with

births as (
    select
        places.region_code,
        places.period,
        places.enrolment,
        avg(births.births) as mean_births
    from main.kindergarten_places as places
    inner join main.births as births
        on
            places.region_code = births.region_code
            and births.year between cast(left(places.period, 4) as integer) - 6
            and cast(left(places.period, 4) as integer)
    where places.sector = 'total' and places.enrolment is not null
    group by all
)

select
    'kindergarten_places' as mart,
    'region_code=' || region_code || ';period=' || period as row_key,
    'enrolment ' || enrolment || ', births a year ' || cast(round(mean_births) as bigint) as found
from births
where (enrolment between mean_births and 8 * mean_births) is not true
