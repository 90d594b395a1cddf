{{ config(materialized='incremental') }}

with

expected_births as (
    select * from {{ ref('expected_births') }}
    where {{ own_regions() }}
),

periods_read as (
    select
        region_code,
        birth_year,
        scenario,
        'births' as input_indicator,
        cast(
            case origin
                when 'printed' then birth_year
                when 'earlier' then first_year
                else last_year
            end as string
        ) as input_period
    from expected_births
    union all
    select
        region_code,
        birth_year,
        scenario,
        'births' as input_indicator,
        cast(first_year as string) as input_period
    from expected_births
    where scenario = 'births_on_trend' and origin = 'expected'
    union all
    select
        region_code,
        birth_year,
        scenario,
        'children_of_kindergarten_age' as input_indicator,
        cast(observed_year as string) as input_period
    from expected_births
    where origin = 'earlier' and observed_year is not null
)

select
    -- ids
    region_code,
    birth_year,
    scenario,
    input_indicator,
    region_code as input_region_code,
    'total' as input_sector,
    input_period
from periods_read
