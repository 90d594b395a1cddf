with

parts as (
    select
        part.region_code,
        part.period,
        part.sector,
        whole.sector as whole_sector,
        unnest(['kindergartens', 'places', 'enrolment']) as measure,
        unnest([part.kindergartens_low, part.places_low, part.enrolment_low]) as part_low,
        unnest([whole.kindergartens_high, whole.places_high, whole.enrolment_high]) as whole_high
    from main.kindergarten_places as part
    inner join staging.stg_sectors as sectors
        on part.sector = sectors.sector
    inner join main.kindergarten_places as whole
        on
            sectors.parent_sector = whole.sector
            and part.region_code = whole.region_code
            and part.period = whole.period
)

select
    'kindergarten_places' as mart,
    {{ row_key('kindergarten_places') }} as row_key,
    measure || ' ' || part_low || ', ' || whole_sector || ' ' || whole_high as found
from parts
where part_low is not null and whole_high is not null and (part_low <= whole_high) is not true
