with

observations as (
    select distinct
        region_code,
        period
    from {{ ref('observations') }}
),

region_ancestors as (
    select * from {{ ref('region_ancestors') }}
),

-- Who prints the number of a day prints something of its year.
printed as (
    select
        region_code,
        period
    from observations
    union
    select
        region_code,
        substr(period, 1, 4) as period
    from observations
    union
    select
        region_code,
        substr(period, 6, 4) as period
    from observations
    where period like '____/____'
)

select
    region_ancestors.ancestor_code as region_code,
    printed.period
from printed
inner join region_ancestors
    on printed.region_code = region_ancestors.region_code
union
select
    region_ancestors.region_code,
    printed.period
from printed
inner join region_ancestors
    on printed.region_code = region_ancestors.ancestor_code
