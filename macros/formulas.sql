{#
  The formula engine. Level 1 reads what is printed; level n reads that and what the levels below
  derived. A value that is printed is always read in place of a derived one.
#}

{# How many levels the engine climbs. #}
{% macro formula_levels() -%}
    {{ return([1, 2, 3]) }}
{%- endmacro %}

{# A measured change is a value like any other: formulas call both actual. #}
{% macro formula_status(status) -%}
    case when {{ status }} = 'change' then 'actual' else {{ status }} end
{%- endmacro %}

{# The key of what a formula finds at one place and time. #}
{% macro finding_key(relation) -%}
    {{ relation }}.formula_id
        || ':' || {{ relation }}.region_code
        || ':' || {{ relation }}.sector
        || ':' || {{ relation }}.period
{%- endmacro %}

{# The rows that a level may read: one row per indicator, region, scope, sector, period, status. #}
{% macro available_values(level) -%}
    select
        indicator,
        region_code,
        region_scope,
        sector,
        period,
        {{ formula_status('status') }} as status,
        figure_id,
        cast(null as string) as formula_id,
        value,
        value_low,
        value_high,
        0 as input_level
    from {{ ref('observations') }}
    {% for lower in range(1, level) %}
    union all
    select
        indicator,
        region_code,
        'self' as region_scope,
        sector,
        period,
        status,
        cast(null as string) as figure_id,
        formula_id,
        value,
        value_low,
        value_high,
        {{ lower }} as input_level
    from {{ ref('derived_level_' ~ lower) }}
    where is_best
    {% endfor %}
{%- endmacro %}

{# Every term of every formula with the value that it takes, for each place and time. #}
{% macro term_values(level) %}
with

available as (
    {{ available_values(level) }}
),

terms as (
    select * from {{ ref('resolved_terms') }}
    {% if level > 1 -%}
    where formula_id in (
        select dependants.formula_id
        from {{ ref('resolved_terms') }} as dependants
        inner join {{ ref('derived_level_' ~ (level - 1)) }} as derived
            on
                dependants.indicator = derived.indicator
                and dependants.sector = derived.sector
                and dependants.status = derived.status
    )
    {%- endif %}
),

periods as (
    select * from {{ ref('periods') }}
),

period_matches as (
    select * from {{ ref('period_matches') }}
),

region_matches as (
    select * from {{ ref('region_matches') }}
),

matched as (
    select
        terms.formula_id,
        terms.term_number,
        terms.result_indicator as indicator,
        region_matches.result_region_code as region_code,
        terms.result_sector as sector,
        period_matches.result_period as period,
        available.indicator as input_indicator,
        available.region_code as input_region_code,
        available.sector as input_sector,
        available.period as input_period,
        available.input_level,
        available.figure_id as input_figure_id,
        available.formula_id as input_formula_id,
        available.value,
        available.value_low,
        available.value_high,
        terms.period_relation,
        period_matches.recency
    from available
    inner join terms
        on
            available.indicator = terms.indicator
            and available.sector = terms.sector
            and available.status = terms.status
    inner join period_matches
        on
            available.period = period_matches.observation_period
            and terms.period_relation = period_matches.period_relation
    inner join periods
        on period_matches.result_period = periods.period
    inner join region_matches
        on
            available.region_code = region_matches.observation_region_code
            and available.region_scope = region_matches.observation_region_scope
            and terms.region_relation = region_matches.region_relation
            and periods.ends_on between region_matches.valid_from and region_matches.valid_to
),

exact as (
    select * from matched
    where period_relation in ('same', 'start', 'end')
),

newest as (
    select * from matched
    where period_relation not in ('same', 'start', 'end')
    qualify
        row_number() over (
            partition by
                formula_id, term_number, region_code, sector, period, input_region_code
            order by recency desc, input_period asc
        ) = 1
)

select * from exact
union all
select * from newest
{% endmacro %}

{# What the complete groups of a level give: one row per formula, region, sector and period. #}
{% macro derived_values(level) %}
with

term_values as (
    select * from {{ ref('term_values_level_' ~ level) }}
),

terms as (
    select * from {{ ref('resolved_terms') }}
),

observations as (
    select
        *,
        {{ formula_status('status') }} as formula_status
    from {{ ref('observations') }}
    where region_scope = 'self'
),

periods as (
    select * from {{ ref('periods') }}
),

region_matches as (
    select * from {{ ref('region_matches') }}
    where region_relation = 'children'
),

series_breaks as (
    select * from {{ ref('stg_series_breaks') }}
),

region_ancestors as (
    select * from {{ ref('region_ancestors') }}
),

formulas as (
    select
        formula_id,
        max(kind) as kind,
        max(relation) as relation,
        max(result_status) as status,
        max(preference) as preference,
        max(abs(scale)) as scale,
        max(shift) as shift,
        max(obstacle) as obstacle,
        max(terms) as terms,
        max(case when region_relation = 'children' then 1 else 0 end) as has_children
    from terms
    group by formula_id
),

-- A negative coefficient turns an interval round.
weighted as (
    select
        term_values.formula_id,
        term_values.indicator,
        term_values.region_code,
        term_values.sector,
        term_values.period,
        term_values.term_number,
        term_values.input_level,
        terms.weight * term_values.value as value,
        terms.weight * case
            when terms.weight >= 0 then term_values.value_low else term_values.value_high
        end as value_low,
        terms.weight * case
            when terms.weight >= 0 then term_values.value_high else term_values.value_low
        end as value_high
    from term_values
    inner join terms
        on
            term_values.formula_id = terms.formula_id
            and term_values.term_number = terms.term_number
            and term_values.sector = terms.result_sector
),

sums as (
    select
        formula_id,
        indicator,
        region_code,
        sector,
        period,
        count(*) as inputs,
        max(input_level) as highest_input_level,

        -- a missing end of any addend leaves the sum's end open
        case when count(value) = count(*) then sum(value) end as sum_value,
        case when count(value_low) = count(*) then sum(value_low) end as sum_low,
        case when count(value_high) = count(*) then sum(value_high) end as sum_high,

        -- the first operand is the numerator or the first factor
        max(case when term_number = 1 then value end) as first_value,
        max(case when term_number = 1 then value_low end) as first_low,
        max(case when term_number = 1 then value_high end) as first_high,
        max(case when term_number = 2 then value end) as second_value,
        max(case when term_number = 2 then value_low end) as second_low,
        max(case when term_number = 2 then value_high end) as second_high
    from weighted
    group by formula_id, indicator, region_code, sector, period
),

children_counts as (
    select
        region_matches.result_region_code as region_code,
        periods.period,
        count(*) as children
    from region_matches
    inner join periods
        on periods.ends_on between region_matches.valid_from and region_matches.valid_to
    group by region_matches.result_region_code, periods.period
),

-- All terms are there, for each of the children where the formula looks at them.
complete as (
    select
        sums.*,
        formulas.kind,
        formulas.relation,
        formulas.status,
        formulas.preference,
        formulas.scale,
        formulas.shift,
        formulas.obstacle as standing_obstacle
    from sums
    inner join formulas
        on sums.formula_id = formulas.formula_id
    left join children_counts
        on
            sums.region_code = children_counts.region_code
            and sums.period = children_counts.period
            and formulas.has_children = 1
    where
        sums.highest_input_level = {{ level - 1 }}
        and sums.inputs = formulas.terms * case
            when formulas.has_children = 1 then coalesce(children_counts.children, 0)
            else 1
        end
),

-- The series breaks after the start of the span and not after its end.
broken as (
    select distinct
        complete.formula_id,
        complete.region_code,
        complete.sector,
        complete.period
    from complete
    inner join terms
        on
            complete.formula_id = terms.formula_id
            and complete.sector = terms.result_sector
            and terms.period_relation = 'start'
    inner join periods
        on complete.period = periods.period
    inner join series_breaks
        on
            terms.indicator = series_breaks.indicator
            and cast(substr(series_breaks.break_period, 1, 4) as integer) > periods.start_year
            and cast(substr(series_breaks.break_period, 1, 4) as integer) <= periods.end_year
    inner join region_ancestors
        on
            complete.region_code = region_ancestors.region_code
            and series_breaks.region_code = region_ancestors.ancestor_code
),

judged as (
    select
        complete.*,
        case
            when
                complete.kind = 'ratio'
                and {{ touches_zero('complete.second_low', 'complete.second_high') }}
                then 'divisor_touches_zero'
            when broken.formula_id is not null then 'series_break'
            else complete.standing_obstacle
        end as obstacle
    from complete
    left join broken
        on
            complete.formula_id = broken.formula_id
            and complete.region_code = broken.region_code
            and complete.sector = broken.sector
            and complete.period = broken.period
),

-- A wholly negative divisor turns both operands round.
turned as (
    select
        *,
        case when second_high < 0 then -first_high else first_low end as over_low,
        case when second_high < 0 then -first_low else first_high end as over_high,
        case when second_high < 0 then -second_high else second_low end as under_low,
        case when second_high < 0 then -second_low else second_high end as under_high,
        case when second_high < 0 then -first_value else first_value end as over_value,
        case when second_high < 0 then -second_value else second_value end as under_value
    from judged
),

computed as (
    select
        *,
        shift + case
            when obstacle = 'divisor_touches_zero' then null
            when kind = 'sum' then {{ scaled_sum('sum_value', 'scale', 'nearest') }}
            when kind = 'ratio' then {{ quotient('over_value', 'under_value', 'scale', 'nearest') }}
            when kind = 'product' then
                {{ product('first_value', 'second_value', 'scale', 'nearest') }}
        end as raw_value,
        shift + case
            when obstacle = 'divisor_touches_zero' then null
            when kind = 'sum' then {{ scaled_sum('sum_low', 'scale', 'down') }}
            when kind = 'ratio' then
                {{ quotient_low('over_low', 'under_low', 'under_high', 'scale') }}
            when kind = 'product' then
                {{ product_low('first_low', 'first_high', 'second_low', 'second_high', 'scale') }}
        end as raw_low,
        shift + case
            when obstacle = 'divisor_touches_zero' then null
            when kind = 'sum' then {{ scaled_sum('sum_high', 'scale', 'up') }}
            when kind = 'ratio' then
                {{ quotient_high('over_high', 'under_low', 'under_high', 'scale') }}
            when kind = 'product' then
                {{ product_high('first_low', 'first_high', 'second_low', 'second_high', 'scale') }}
        end as raw_high
    from turned
),

-- A part bounds its whole from one side only.
bounded as (
    select
        *,
        cast(case when relation = 'equal' then raw_value end as {{ value_type() }}) as value,
        cast(
            case when relation in ('equal', 'at_least') then raw_low end as {{ value_type() }}
        ) as value_low,
        cast(
            case when relation in ('equal', 'at_most') then raw_high end as {{ value_type() }}
        ) as value_high
    from computed
),

{% if level > 1 -%}
lower_levels as (
    {% for lower in range(1, level) -%}
    select * from {{ ref('derived_level_' ~ lower) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

lower_bests as (
    select distinct indicator, region_code, sector, period, status
    from lower_levels
    where is_best
),

{% endif -%}
chosen as (
    select
        bounded.*,
        row_number() over (
            partition by
                bounded.indicator,
                bounded.region_code,
                bounded.sector,
                bounded.period,
                bounded.status
            order by
                case when bounded.relation = 'equal' and bounded.obstacle is null then 0 else 1 end,
                bounded.preference asc,
                bounded.formula_id asc
        ) as choice_rank,
        observations.figure_id is not null as is_stated,
        {% if level > 1 %}lower_bests.indicator is not null{% else %}false{% endif %} as is_known_lower
    from bounded
    left join observations
        on
            bounded.indicator = observations.indicator
            and bounded.region_code = observations.region_code
            and bounded.sector = observations.sector
            and bounded.period = observations.period
            and bounded.status = observations.formula_status
    {% if level > 1 -%}
    left join lower_levels
        on
            bounded.formula_id = lower_levels.formula_id
            and bounded.region_code = lower_levels.region_code
            and bounded.sector = lower_levels.sector
            and bounded.period = lower_levels.period
    left join lower_bests
        on
            bounded.indicator = lower_bests.indicator
            and bounded.region_code = lower_bests.region_code
            and bounded.sector = lower_bests.sector
            and bounded.period = lower_bests.period
            and bounded.status = lower_bests.status
    where lower_levels.formula_id is null
    {%- endif %}
)

select
    -- ids
    formula_id,
    indicator,
    region_code,
    sector,
    period,
    status,

    -- texts
    relation,
    obstacle,

    -- numbers
    {{ level }} as formula_level,
    preference,
    value,
    value_low,
    value_high,

    -- booleans
    is_stated,
    (
        choice_rank = 1
        and relation = 'equal'
        and obstacle is null
        and not is_stated
        and not is_known_lower
    ) as is_best
from chosen
{% endmacro %}
