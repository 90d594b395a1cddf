select
    'fee_waivers' as mart,
    {{ row_key('fee_waivers', 'waivers') }} as row_key,
    'pupils_waived ' || waivers.pupils_waived || ', pupils in the service ' || service.pupils
        as found
from main.fee_waivers as waivers
inner join main.after_school_service as service
    on
        waivers.region_code = service.region_code
        and left(waivers.period, 4) = left(service.period, 4)
where
    waivers.pupils_waived is not null
    and service.pupils is not null
    and (waivers.pupils_waived <= service.pupils) is not true
