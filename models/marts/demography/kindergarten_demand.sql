{{ config(materialized='incremental') }}

with

children as (
    select * from {{ ref('expected_children') }}
    where stage = 'kindergarten' and {{ own_regions() }}
),

regions as (
    select * from {{ ref('latest_regions') }}
),

newest as (
    {{ newest_of_kindergartens() }}
),

expected as (
    select
        children.*,
        rates.value as rate,
        rates.value_low as rate_low,
        rates.value_high as rate_high,
        rates.period as rate_period,
        places.value as places,
        places.value_low as places_low,
        places.value_high as places_high,
        places.period as places_period,
        cast(round(children.children * rates.value / 100) as bigint) as enrolment,
        cast(floor(children.children_low * rates.value_low / 100) as bigint) as enrolment_low,
        cast(ceil(children.children_high * rates.value_high / 100) as bigint) as enrolment_high
    from children
    left join newest as rates
        on
            children.region_code = rates.region_code
            and rates.indicator = 'preschool_gross_enrolment_rate'
    left join newest as places
        on
            children.region_code = places.region_code
            and places.indicator = 'kindergarten_places'
)

select
    -- ids and texts
    expected.region_code,
    regions.name_zh as region_name_zh,
    regions.name_en as region_name_en,
    expected.year,
    expected.scenario,
    expected.rate_period,
    expected.places_period,

    -- numbers
    expected.children as children_of_kindergarten_age,
    expected.children_low as children_of_kindergarten_age_low,
    expected.children_high as children_of_kindergarten_age_high,
    cast(expected.rate as decimal(9, 4)) as gross_enrolment_rate_pct,
    cast(expected.rate_low as decimal(9, 4)) as gross_enrolment_rate_pct_low,
    cast(expected.rate_high as decimal(9, 4)) as gross_enrolment_rate_pct_high,
    expected.enrolment as expected_enrolment,
    expected.enrolment_low as expected_enrolment_low,
    expected.enrolment_high as expected_enrolment_high,
    cast(round(expected.places) as bigint) as places,
    cast(round(expected.places) as bigint) - expected.enrolment as expected_surplus,
    cast(floor(expected.places_low) as bigint) - expected.enrolment_high as expected_surplus_low,
    cast(ceil(expected.places_high) as bigint) - expected.enrolment_low as expected_surplus_high
from expected
inner join regions
    on expected.region_code = regions.region_code
order by region_code, year, scenario
