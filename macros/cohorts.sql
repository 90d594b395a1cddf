{#
  Cohorts of children from the births of calendar years. A child may enter in the autumn of the
  year in which it reaches the entry age by the cut-off, the last day of entry_cut_off_month. How
  many births of a year fall before it is not printed: each month may lie birth_month_deviation_pct
  above or below a twelfth of the year, which bounds the share; its middle takes months as equal.
  Nobody moves and nobody dies.
#}

{# The stages whose demand is foreseen: (stage, entry age, number of ages). #}
{% macro cohort_stages() -%}
    {{ return([
        ('kindergarten', var('kindergarten_entry_age'), var('kindergarten_ages')),
        ('primary_entry', var('primary_entry_age'), 1),
    ]) }}
{%- endmacro %}

{# Share of a year's births up to the cut-off: (middle, least, greatest). #}
{% macro share_before_cut_off() -%}
    {%- set months = var('entry_cut_off_month') -%}
    {%- set deviation = var('birth_month_deviation_pct') / 100 -%}
    {%- set least = [months * (1 - deviation), 12 - (12 - months) * (1 + deviation)] | max / 12 -%}
    {%- set greatest = [months * (1 + deviation), 12 - (12 - months) * (1 - deviation)] | min / 12 -%}
    {{ return((months / 12, least, greatest)) }}
{%- endmacro %}

{# Rows (years_before, share, share_low, share_high): births that many years before an autumn. #}
{% macro cohort_shares(entry_age, ages) -%}
    {%- set middle, least, greatest = share_before_cut_off() -%}
    {%- set shares = [(entry_age, middle, least, greatest)] -%}
    {%- for age in range(entry_age + 1, entry_age + ages) -%}
        {%- do shares.append((age, 1, 1, 1)) -%}
    {%- endfor -%}
    {%- do shares.append((entry_age + ages, 1 - middle, 1 - greatest, 1 - least)) -%}
    {%- for years_before, share, low, high in shares %}
    select
        {{ years_before }} as years_before,
        cast({{ share | round(6) }} as decimal(9, 6)) as share,
        cast({{ low | round(6, 'floor') }} as decimal(9, 6)) as share_low,
        cast({{ high | round(6, 'ceil') }} as decimal(9, 6)) as share_high
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Autumns by region and scenario: those whose youngest children are born, then those to expect. #}
{% macro cohort_autumns(births, entry_age) -%}
    select distinct
        region_code,
        scenario,
        birth_year + {{ entry_age }} as year
    from {{ births }}
    where
        (scenario = 'known_births' and origin = 'printed')
        or (scenario <> 'known_births' and origin = 'expected')
{%- endmacro %}

{# Children of the given ages in each autumn; every birth year must be known or expected. #}
{% macro cohort_children(births, autumns, shares, years_needed) -%}
    select
        autumns.region_code,
        autumns.year,
        autumns.scenario,
        max(births.observed_year) as observed_year,
        max(births.observed_high) as observed_high,
        count(case when births.origin = 'earlier' then 1 end) as earlier_years,
        sum(births.births * shares.share) as children,
        sum(births.births_low * shares.share_low) as children_low,
        case
            when count(births.births_high) = count(*) then sum(births.births_high * shares.share_high)
        end as children_high
    from {{ autumns }} as autumns
    cross join {{ shares }} as shares
    inner join {{ births }} as births
        on
            autumns.region_code = births.region_code
            and autumns.scenario = births.scenario
            and autumns.year - shares.years_before = births.birth_year
    group by autumns.region_code, autumns.year, autumns.scenario
    having count(*) = {{ years_needed }}
{%- endmacro %}

{# The newest places and enrolment rate of each region, from which expectations go on. #}
{% macro newest_of_kindergartens() -%}
    {%- set condition -%}
        observations.sector = 'total'
        and observations.region_scope = 'self'
        and observations.indicator in ('kindergarten_places', 'preschool_gross_enrolment_rate')
        and {{ own_regions('observations.region_code') }}
    {%- endset -%}
    select * from (
        {{ newest_observations(condition) }}
    ) as newest
    where newness = 1
{%- endmacro %}
