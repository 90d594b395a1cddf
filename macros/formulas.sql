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
    where {{ near_regions() }}
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
    where is_best and {{ near_regions() }}
    {% endfor %}
{%- endmacro %}

{# What is kept of a term and the value that it takes. #}
{% macro term_columns(region_code, period) -%}
        terms.formula_id,
        terms.term_number,
        terms.result_indicator as indicator,
        {{ region_code }} as region_code,
        terms.result_sector as sector,
        {{ period }} as period,
        terms.role,
        terms.coefficient,
        terms.weight,
        available.indicator as input_indicator,
        available.region_code as input_region_code,
        available.sector as input_sector,
        available.period as input_period,
        available.input_level,
        available.figure_id as input_figure_id,
        available.formula_id as input_formula_id,
        available.value,
        available.value_low,
        available.value_high
{%- endmacro %}

{# Every term of every formula with the value that it takes, for each place and time. #}
{% macro term_values(level, kinds=none) %}
with

terms as (
    select * from {{ ref('resolved_terms') }}
    where true
    {%- if kinds %}
    and kind in ('{{ kinds | join("', '") }}')
    {%- endif %}
    {%- if level > 1 %}
    and formula_id in (
        select dependants.formula_id
        from {{ ref('resolved_terms') }} as dependants
        inner join {{ ref('derived_level_' ~ (level - 1)) }} as derived
            on
                dependants.indicator = derived.indicator
                and dependants.sector = derived.sector
                and dependants.status = derived.status
        where {{ near_regions('derived.region_code') }}
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
    where {{ own_regions('result_region_code') }}
),

region_periods as (
    select * from {{ ref('region_periods') }}
),

-- Most terms look at the result's own place and time and need no matching.
beside as (
    select
        {{ term_columns('available.region_code', 'available.period') }},
        0 as recency,
        terms.period_relation
    from ({{ available_values(level) }}) as available
    inner join terms
        on
            available.indicator = terms.indicator
            and available.sector = terms.sector
            and available.status = terms.status
    where
        available.region_scope = 'self'
        and {{ own_regions('available.region_code') }}
        and terms.region_relation = 'self'
        and terms.period_relation = 'same'
),

matched as (
    select
        {{ term_columns('region_matches.result_region_code', 'period_matches.result_period') }},
        period_matches.recency,
        terms.period_relation
    from ({{ available_values(level) }}) as available
    inner join terms
        on
            available.indicator = terms.indicator
            and available.sector = terms.sector
            and available.status = terms.status
            and (terms.region_relation <> 'self' or terms.period_relation <> 'same')
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

-- A value is carried only to where something is printed beside it, in the place, in a part of it
-- or above it.
newest as (
    select matched.*
    from matched
    inner join region_periods
        on
            matched.region_code = region_periods.region_code
            and matched.period = region_periods.period
    where matched.period_relation not in ('same', 'start', 'end')
    qualify
        row_number() over (
            partition by
                matched.formula_id,
                matched.term_number,
                matched.region_code,
                matched.sector,
                matched.period,
                matched.input_region_code
            order by matched.recency desc, matched.input_period asc
        ) = 1
)

select * from beside
union all
select * from matched
where period_relation in ('same', 'start', 'end')
union all
select * from newest
{% endmacro %}

{# Those values times their coefficients; a negative one turns an interval round. #}
{% macro weighted_values(level, kinds) %}
    select
        formula_id,
        region_code,
        sector,
        period,
        term_number,
        input_level,
        {{ weighted('value', 'weight', 'nearest') }} as value,
        case
            when weight >= 0 then {{ weighted('value_low', 'weight', 'down') }}
            else {{ weighted('value_high', 'weight', 'down') }}
        end as value_low,
        case
            when weight >= 0 then {{ weighted('value_high', 'weight', 'up') }}
            else {{ weighted('value_low', 'weight', 'up') }}
        end as value_high
    from ({{ term_values(level, kinds) }}) as term_values
{%- endmacro %}

{# What the complete groups of a level give: one row per formula, region, sector and period. #}
{% macro derived_values(level) %}
with

terms as (
    select * from {{ ref('resolved_terms') }}
),

-- Printed values of the indicators that formulas give.
observations as (
    select
        *,
        {{ formula_status('status') }} as formula_status
    from {{ ref('observations') }}
    where
        region_scope = 'self'
        and indicator in (select result_indicator from {{ ref('resolved_terms') }})
        and {{ own_regions() }}
),

periods as (
    select * from {{ ref('periods') }}
),

region_matches as (
    select * from {{ ref('region_matches') }}
    where region_relation = 'children' and {{ own_regions('result_region_code') }}
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
        max(result_indicator) as indicator,
        max(kind) as kind,
        max(relation) as relation,
        max(result_status) as status,
        max(preference) as preference,
        max(abs(scale)) as scale,
        max(shift) as shift,
        max(obstacle) as obstacle,
        max(terms) as terms,
        max(case when region_relation = 'children' then 1 else 0 end) as has_children,
        max(case when is_contested then 1 else 0 end) as is_contested
    from terms
    group by formula_id
),

-- A missing end of any addend leaves the sum's end open.
sums as (
    select
        formula_id,
        region_code,
        sector,
        period,
        count(*) as inputs,
        max(input_level) as highest_input_level,
        case when count(value) = count(*) then sum(value) end as first_value,
        case when count(value_low) = count(*) then sum(value_low) end as first_low,
        case when count(value_high) = count(*) then sum(value_high) end as first_high
    from ({{ weighted_values(level, ['sum']) }}) as addends
    group by formula_id, region_code, sector, period
),

-- The first operand is the numerator or the first factor.
pairs as (
    select
        formula_id,
        region_code,
        sector,
        period,
        count(*) as inputs,
        max(input_level) as highest_input_level,
        max(case when term_number = 1 then value end) as first_value,
        max(case when term_number = 1 then value_low end) as first_low,
        max(case when term_number = 1 then value_high end) as first_high,
        max(case when term_number = 2 then value end) as second_value,
        max(case when term_number = 2 then value_low end) as second_low,
        max(case when term_number = 2 then value_high end) as second_high
    from ({{ weighted_values(level, ['ratio', 'product']) }}) as factors
    group by formula_id, region_code, sector, period
),

operands as (
    select
        *,
        cast(null as {{ value_type() }}) as second_value,
        cast(null as {{ value_type() }}) as second_low,
        cast(null as {{ value_type() }}) as second_high
    from sums
    union all
    select * from pairs
),

of_children as (
    select distinct
        operands.region_code,
        operands.period
    from operands
    inner join formulas
        on operands.formula_id = formulas.formula_id
    where formulas.has_children = 1
),

children_counts as (
    select
        of_children.region_code,
        of_children.period,
        count(*) as children
    from of_children
    inner join periods
        on of_children.period = periods.period
    inner join region_matches
        on
            of_children.region_code = region_matches.result_region_code
            and periods.ends_on between region_matches.valid_from and region_matches.valid_to
    group by of_children.region_code, of_children.period
),

-- All terms are there, for each of the children where the formula looks at them.
complete as (
    select
        operands.*,
        formulas.indicator,
        formulas.kind,
        formulas.relation,
        formulas.status,
        formulas.preference,
        formulas.scale,
        formulas.shift,
        formulas.obstacle as standing_obstacle,
        formulas.is_contested
    from operands
    inner join formulas
        on operands.formula_id = formulas.formula_id
    left join children_counts
        on
            operands.region_code = children_counts.region_code
            and operands.period = children_counts.period
    where
        operands.highest_input_level = {{ level - 1 }}
        and operands.inputs = formulas.terms * case
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
            when kind = 'sum' then {{ scaled_sum('first_value', 'scale', 'nearest') }}
            when kind = 'ratio' then {{ quotient('over_value', 'under_value', 'scale', 'nearest') }}
            when kind = 'product' then
                {{ product('first_value', 'second_value', 'scale', 'nearest') }}
        end as raw_value,
        shift + case
            when obstacle = 'divisor_touches_zero' then null
            when kind = 'sum' then {{ scaled_sum('first_low', 'scale', 'down') }}
            when kind = 'ratio' then
                {{ quotient_low('over_low', 'under_low', 'under_high', 'scale') }}
            when kind = 'product' then
                {{ product_low('first_low', 'first_high', 'second_low', 'second_high', 'scale') }}
        end as raw_low,
        shift + case
            when obstacle = 'divisor_touches_zero' then null
            when kind = 'sum' then {{ scaled_sum('first_high', 'scale', 'up') }}
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
    select * from {{ ref('derived_level_' ~ lower) }} where {{ own_regions() }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

lower_bests as (
    select distinct indicator, region_code, sector, period, status
    from lower_levels
    where is_best
),

{% endif -%}
-- Only where several formulas may give one value is there a choice.
ranked as (
    select
        *,
        1 as choice_rank
    from bounded
    where is_contested = 0
    union all
    select
        *,
        row_number() over (
            partition by indicator, region_code, sector, period, status
            order by
                case when relation = 'equal' and obstacle is null then 0 else 1 end,
                preference asc,
                formula_id asc
        ) as choice_rank
    from bounded
    where is_contested = 1
),

chosen as (
    select
        ranked.*,
        observations.figure_id is not null as is_stated,
        {% if level > 1 %}lower_bests.indicator is not null{% else %}false{% endif %} as is_known_lower
    from ranked
    left join observations
        on
            ranked.indicator = observations.indicator
            and ranked.region_code = observations.region_code
            and ranked.sector = observations.sector
            and ranked.period = observations.period
            and ranked.status = observations.formula_status
    {% if level > 1 -%}
    left join lower_levels
        on
            ranked.formula_id = lower_levels.formula_id
            and ranked.region_code = lower_levels.region_code
            and ranked.sector = lower_levels.sector
            and ranked.period = lower_levels.period
    left join lower_bests
        on
            ranked.indicator = lower_bests.indicator
            and ranked.region_code = lower_bests.region_code
            and ranked.sector = lower_bests.sector
            and ranked.period = lower_bests.period
            and ranked.status = lower_bests.status
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
