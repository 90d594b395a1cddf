{{ config(materialized='table') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        region_scope = 'self'
        and status = 'actual'
        and is_newest_of_year
        and value is not null
),

regions as (
    select * from {{ ref('latest_regions') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

placed as (
    select
        observations.indicator,
        observations.region_code,
        observations.sector,
        observations.year,
        observations.unit_code,
        observations.value,
        indicators.is_additive_over_regions,
        regions.region_level,
        regions.parent_region_code,
        regions.name_zh as region_name_zh,
        regions.name_en as region_name_en
    from observations
    inner join regions
        on observations.region_code = regions.region_code
    inner join indicators
        on observations.indicator = indicators.indicator
    where indicators.measure_type in ('stock', 'flow', 'share', 'rate', 'ratio')
),

ranked as (
    select
        *,
        rank() over (
            partition by indicator, sector, year, region_level order by value desc
        ) as rank_in_level,
        count(*) over (partition by indicator, sector, year, region_level) as regions_in_level
    from placed
),

compared as (
    select
        ranked.*,
        '100000' as nation_region_code,
        cast(ranked.year - 1 as string) as year_1_before,
        cast(ranked.year - 5 as string) as year_5_before,
        cast(ranked.year - 10 as string) as year_10_before
    from ranked
)

select
    -- ids and texts
    compared.region_code,
    compared.region_name_zh,
    compared.region_name_en,
    compared.region_level,
    compared.parent_region_code,
    compared.nation_region_code,
    compared.indicator,
    compared.sector,
    compared.year,
    compared.unit_code,
    compared.year_1_before,
    compared.year_5_before,
    compared.year_10_before,

    -- numbers
    compared.value,
    compared.rank_in_level,
    compared.regions_in_level,
    parents.value as parent_value,
    nations.value as nation_value,
    case
        when compared.is_additive_over_regions and parents.value > 0
            then cast(compared.value / parents.value * 100 as {{ value_type() }})
    end as share_of_parent_pct,
    before_1.value as value_1_before,
    compared.value - before_1.value as change_1,
    before_5.value as value_5_before,
    compared.value - before_5.value as change_5,
    before_10.value as value_10_before,
    compared.value - before_10.value as change_10
from compared
left join placed as parents
    on
        compared.parent_region_code = parents.region_code
        and compared.indicator = parents.indicator
        and compared.sector = parents.sector
        and compared.year = parents.year
left join placed as nations
    on
        compared.nation_region_code = nations.region_code
        and compared.indicator = nations.indicator
        and compared.sector = nations.sector
        and compared.year = nations.year
{% for years in [1, 5, 10] -%}
    left join placed as before_{{ years }}
        on
            compared.region_code = before_{{ years }}.region_code
            and compared.indicator = before_{{ years }}.indicator
            and compared.sector = before_{{ years }}.sector
            and compared.year - {{ years }} = before_{{ years }}.year
{% endfor -%}
order by region_code, indicator, sector, year
