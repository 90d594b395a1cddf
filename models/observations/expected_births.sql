{{ config(materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where
        sector = 'total'
        and region_scope = 'self'
        and status = 'actual'
        and {{ own_regions() }}
),

printed as (
    select
        region_code,
        year as birth_year,
        value as births,
        value_low as births_low,
        value_high as births_high,
        lag(value) over (partition by region_code order by year) as births_before
    from observations
    where indicator = 'births' and period = cast(year as string)
),

-- The letters say that births fall; where the printed ones do not, nothing is known of the past.
spans as (
    select
        region_code,
        min(birth_year) as first_year,
        max(birth_year) as last_year,
        count(case when births >= births_before then 1 end) = 0 as is_falling
    from printed
    group by region_code
),

children_of_kindergarten_age as (
    select * from observations
    where indicator = 'children_of_kindergarten_age'
),

-- Children that enrolment implies for the last autumn before the printed births go in.
observed as (
    select
        spans.region_code,
        max(children_of_kindergarten_age.year) as observed_year
    from spans
    inner join children_of_kindergarten_age
        on
            spans.region_code = children_of_kindergarten_age.region_code
            and spans.first_year + {{ var('kindergarten_entry_age') }}
            > children_of_kindergarten_age.year
    where spans.is_falling
    group by spans.region_code
),

ends as (
    select
        spans.*,
        observed.observed_year,
        children_of_kindergarten_age.value_high as observed_high,
        first_births.births as first_births,
        first_births.births_low as first_low,
        first_births.births_high as first_high,
        last_births.births as last_births,
        last_births.births_low as last_low,
        last_births.births_high as last_high
    from spans
    inner join printed as first_births
        on
            spans.region_code = first_births.region_code
            and spans.first_year = first_births.birth_year
    inner join printed as last_births
        on
            spans.region_code = last_births.region_code
            and spans.last_year = last_births.birth_year
    left join observed
        on spans.region_code = observed.region_code
    left join children_of_kindergarten_age
        on
            observed.region_code = children_of_kindergarten_age.region_code
            and observed.observed_year = children_of_kindergarten_age.year
            and children_of_kindergarten_age.is_newest_of_year
),

-- While births fall, an earlier year had no fewer than the first printed one, and no more than
-- an average year among the older children that enrolment implies; where these are fewer, births
-- did not fall.
earlier as (
    {% for years in range(1, var('kindergarten_ages') + 1) -%}
        select
            region_code,
            first_year - {{ years }} as birth_year,
            first_births as births,
            first_low as births_low,
            case
                when first_year - {{ years }} >= observed_year - {{ var('kindergarten_entry_age') }}
                    then observed_high / {{ var('kindergarten_ages') }}
            end as births_high
        from ends
        where
            is_falling
            and coalesce(observed_high >= first_births * {{ var('kindergarten_ages') }}, true)
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
),

flat as (
    {% for years in range(1, var('demand_horizon_years') + 1) -%}
        select
            region_code,
            last_year + {{ years }} as birth_year,
            last_births as births,
            last_low as births_low,
            last_high as births_high
        from ends
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
),

-- The yearly ratio between the first and the last printed births goes on.
on_trend as (
    {% for years in range(1, var('demand_horizon_years') + 1) -%}
        select
            region_code,
            last_year + {{ years }} as birth_year,
            round(
                last_births * power(
                    cast(last_births as double) / first_births,
                    {{ years }} / cast(last_year - first_year as double)
                )
            ) as births,
            floor(
                last_low * power(
                    cast(last_low as double) / first_high,
                    {{ years }} / cast(last_year - first_year as double)
                )
            ) as births_low,
            ceil(
                last_high * power(
                    cast(last_high as double) / first_low,
                    {{ years }} / cast(last_year - first_year as double)
                )
            ) as births_high
        from ends
        where last_year > first_year
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
),

by_scenario as (
    {% for scenario in ['known_births', 'births_flat', 'births_on_trend'] -%}
        select
            '{{ scenario }}' as scenario,
            'printed' as origin,
            region_code,
            birth_year,
            births,
            births_low,
            births_high
        from printed
        union all
        select
            '{{ scenario }}' as scenario,
            'earlier' as origin,
            earlier.*
        from earlier
        union all
    {% endfor -%}
    select
        'births_flat' as scenario,
        'expected' as origin,
        flat.*
    from flat
    union all
    select
        'births_on_trend' as scenario,
        'expected' as origin,
        on_trend.*
    from on_trend
)

select
    -- ids
    by_scenario.region_code,
    by_scenario.birth_year,
    by_scenario.scenario,

    -- texts
    by_scenario.origin,

    -- numbers
    cast(by_scenario.births as {{ value_type() }}) as births,
    cast(by_scenario.births_low as {{ value_type() }}) as births_low,
    cast(by_scenario.births_high as {{ value_type() }}) as births_high,
    ends.first_year,
    ends.last_year,
    ends.observed_year,
    ends.observed_high
from by_scenario
inner join ends
    on by_scenario.region_code = ends.region_code
