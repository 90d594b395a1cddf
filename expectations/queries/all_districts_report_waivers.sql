/* As soon as one district of a city reports, all that were in force at the year's end must. */
with

reporting as (
    select distinct
        parent_region_code,
        period,
        make_date(cast(left(period, 4) as integer), 12, 31) as year_end
    from main.fee_waivers
    where region_level = 'county'
),

expected as (
    select
        reporting.period,
        regions.region_code,
        regions.name_zh
    from reporting
    inner join main.regions as regions
        on reporting.parent_region_code = regions.parent_region_code
    where
        regions.region_level = 'county'
        and regions.valid_from <= reporting.year_end
        and coalesce(regions.valid_to >= reporting.year_end, true)
)

select
    'fee_waivers' as mart,
    {{ row_key('fee_waivers', 'expected') }} as row_key,
    expected.name_zh || ' is missing or empty' as found
from expected
left join main.fee_waivers as waivers
    on expected.region_code = waivers.region_code and expected.period = waivers.period
where (waivers.pupils_waived >= 0 and waivers.amount_waived_yuan >= 0) is not true
