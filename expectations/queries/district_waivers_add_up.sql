/* Judged where the districts are all there; a printed contradiction is left to the findings. */
with

parts as (
    select
        parent_region_code,
        period,
        sum(pupils_waived) as pupils_waived,
        sum(amount_waived_yuan) as amount_waived_yuan
    from main.fee_waivers
    where region_level = 'county'
    group by parent_region_code, period
),

judged as (
    select distinct region_code, period
    from main.consistency_findings
    where verdict = 'contradiction' and is_acknowledged
)

select
    'fee_waivers' as mart,
    {{ row_key('fee_waivers', 'whole') }} as row_key,
    concat_ws(
        ', ',
        'pupils ' || whole.pupils_waived || ' districts ' || parts.pupils_waived,
        'yuan ' || whole.amount_waived_yuan || ' districts ' || parts.amount_waived_yuan
    ) as found
from main.fee_waivers as whole
inner join parts
    on whole.region_code = parts.parent_region_code and whole.period = parts.period
left join judged
    on whole.region_code = judged.region_code and whole.period = judged.period
where
    judged.region_code is null
    and (
        whole.pupils_waived = parts.pupils_waived
        and whole.amount_waived_yuan = parts.amount_waived_yuan
    ) is not true
