{#
  Interval arithmetic. A null bound is unbounded. Sources: XBRL Calculations 1.1 for rounded
  facts; Civil Code of China, art. 1259, for bounds that include the number (以上, 以下, 以内)
  and those that do not (超过, 不满), which are kept as if they did; Moore, Interval Analysis,
  for the corners. Ends are worked out in whole numbers and rounded outwards to six decimals, so
  that the true result never falls outside.
#}

{% macro value_type() -%}
    decimal(24, 6)
{%- endmacro %}

{# A printed value in the base unit: most multipliers are 1 or whole, and nothing is rounded then. #}
{% macro in_base_unit(value, multiplier) -%}
    case
        when {{ multiplier }} = 1 then {{ value }}
        when {{ multiplier }} = floor({{ multiplier }})
            then cast(
                {{ value }} * cast({{ multiplier }} as decimal(12, 0)) as {{ value_type() }}
            )
        else cast({{ value }} * {{ multiplier }} as {{ value_type() }})
    end
{%- endmacro %}

{# True where two intervals share a point. Never null. #}
{% macro intervals_overlap(low_a, high_a, low_b, high_b) -%}
    (
        coalesce({{ low_a }} <= {{ high_b }}, true)
        and coalesce({{ low_b }} <= {{ high_a }}, true)
    )
{%- endmacro %}

{# Signed distance from the second interval up to the first; 0 where they overlap. #}
{% macro interval_gap(low_a, high_a, low_b, high_b) -%}
    case
        when {{ low_a }} > {{ high_b }} then {{ low_a }} - {{ high_b }}
        when {{ high_a }} < {{ low_b }} then {{ high_a }} - {{ low_b }}
        else 0
    end
{%- endmacro %}

{# True where an interval holds 0 or reaches it, so that nothing can be divided by it. #}
{% macro touches_zero(low, high) -%}
    (coalesce({{ low }} <= 0, true) and coalesce({{ high }} >= 0, true))
{%- endmacro %}

{# dividend / divisor in whole numbers: 'down', 'up' or to the 'nearest'; the divisor is positive. #}
{% macro whole_division(dividend, divisor, rounding) -%}
    {%- if rounding == 'down' -%}
        {{ floor_division(dividend, divisor) }}
    {%- elif rounding == 'up' -%}
        (-{{ floor_division('-(' ~ dividend ~ ')', divisor) }})
    {%- elif rounding == 'nearest' -%}
        {{ floor_division('2 * (' ~ dividend ~ ') + (' ~ divisor ~ ')', '2 * (' ~ divisor ~ ')') }}
    {%- else -%}
        {{ exceptions.raise_compiler_error("whole_division: '" ~ rounding ~ "' is no way to round; write down, up or nearest") }}
    {%- endif -%}
{%- endmacro %}

{#
  An exact number of millionths, by way of a floating-point guess: where the guess, with more than
  its error on either side, rounds to one and the same number, that is it; elsewhere the slow and
  exact expression decides. An engine whose planner minds long expressions more than slow ones is
  given the exact one alone (macros/portable/integers.sql).
#}
{% macro settled(guess, exact, rounding) -%}
    {{ return(adapter.dispatch('settled', 'xuewei')(guess, exact, rounding)) }}
{%- endmacro %}

{# A positive number of at most three decimals as whole thousandths. #}
{% macro thousandths(expression) -%}
    cast({{ expression }} * 1000 as bigint)
{%- endmacro %}

{# A value times a coefficient, which mostly is 1 or -1. #}
{% macro weighted(value, weight, rounding) -%}
    case
        when {{ weight }} = 1 then {{ value }}
        when {{ weight }} = -1 then -{{ value }}
        else {{ product(value, weight, '1', rounding) }}
    end
{%- endmacro %}

{# A sum of values divided by a positive scale, which mostly is 1. #}
{% macro scaled_sum(total, scale, rounding) -%}
    case
        when {{ scale }} = 1 then cast({{ total }} as {{ value_type() }})
        else
            {{ settled(
                'cast(' ~ total ~ ' as double) / ' ~ scale,
                whole_division(billionths(total), thousandths(scale), rounding),
                rounding
            ) }}
    end
{%- endmacro %}

{# numerator / denominator x scale, for a positive denominator and a positive scale. #}
{% macro quotient(numerator, denominator, scale, rounding) -%}
    {{ settled(
        'cast(' ~ numerator ~ ' as double) / ' ~ denominator ~ ' * ' ~ scale,
        whole_division(
            billionths(numerator) ~ ' * ' ~ thousandths(scale) ~ ' * 1000',
            billionths(denominator),
            rounding
        ),
        rounding
    ) }}
{%- endmacro %}

{# Lower end of a quotient: both the denominator, from low to high, and the scale are positive. #}
{% macro quotient_low(numerator_low, denominator_low, denominator_high, scale) -%}
    case
        when {{ numerator_low }} < 0
            then {{ quotient(numerator_low, denominator_low, scale, 'down') }}
        when {{ numerator_low }} >= 0
            then case
                when {{ denominator_high }} is null then 0
                else {{ quotient(numerator_low, denominator_high, scale, 'down') }}
            end
    end
{%- endmacro %}

{# Upper end of a quotient: both the denominator, from low to high, and the scale are positive. #}
{% macro quotient_high(numerator_high, denominator_low, denominator_high, scale) -%}
    case
        when {{ numerator_high }} >= 0
            then {{ quotient(numerator_high, denominator_low, scale, 'up') }}
        when {{ numerator_high }} < 0
            then case
                when {{ denominator_high }} is null then 0
                else {{ quotient(numerator_high, denominator_high, scale, 'up') }}
            end
    end
{%- endmacro %}

{# a x b / scale, for a positive scale. #}
{% macro product(a, b, scale, rounding) -%}
    {{ settled(
        'cast(' ~ a ~ ' as double) * ' ~ b ~ ' / ' ~ scale,
        whole_division(
            billionths(a) ~ ' * ' ~ billionths(b),
            thousandths(scale) ~ ' * ' ~ billionths('1'),
            rounding
        ),
        rounding
    ) }}
{%- endmacro %}

{# The four corners of a product, where an unbounded end times zero is zero. #}
{% macro corners(low_a, high_a, low_b, high_b, is_exact) -%}
    {%- for a, b in [(low_a, low_b), (low_a, high_b), (high_a, low_b), (high_a, high_b)] -%}
        {%- set times = billionths(a) ~ ' * ' ~ billionths(b) if is_exact else 'cast(' ~ a ~ ' as double) * ' ~ b -%}
        coalesce({{ times }}, case when {{ a }} = 0 or {{ b }} = 0 then 0 end)
        {{- ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The corner that is 'least' or 'greatest', divided by a positive scale and rounded outwards. #}
{% macro outermost_corner(which, low_a, high_a, low_b, high_b, scale) -%}
    {%- set rounding = {'least': 'down', 'greatest': 'up'}[which] -%}
    {{ settled(
        which ~ '(' ~ corners(low_a, high_a, low_b, high_b, false) ~ ') / ' ~ scale,
        whole_division(
            which ~ '(' ~ corners(low_a, high_a, low_b, high_b, true) ~ ')',
            thousandths(scale) ~ ' * ' ~ billionths('1'),
            rounding
        ),
        rounding
    ) }}
{%- endmacro %}

{# Lower end of a product: the least corner, open where an unbounded end drives it down. #}
{% macro product_low(low_a, high_a, low_b, high_b, scale) -%}
    case
        when
            ({{ low_a }} is null and coalesce({{ high_b }} > 0, true))
            or ({{ low_b }} is null and coalesce({{ high_a }} > 0, true))
            or ({{ high_a }} is null and coalesce({{ low_b }} < 0, true))
            or ({{ high_b }} is null and coalesce({{ low_a }} < 0, true))
            then null
        else {{ outermost_corner('least', low_a, high_a, low_b, high_b, scale) }}
    end
{%- endmacro %}

{# Upper end of a product: the greatest corner, open where an unbounded end drives it up. #}
{% macro product_high(low_a, high_a, low_b, high_b, scale) -%}
    case
        when
            ({{ low_a }} is null and coalesce({{ low_b }} < 0, true))
            or ({{ low_b }} is null and coalesce({{ low_a }} < 0, true))
            or ({{ high_a }} is null and coalesce({{ high_b }} > 0, true))
            or ({{ high_b }} is null and coalesce({{ high_a }} > 0, true))
            then null
        else {{ outermost_corner('greatest', low_a, high_a, low_b, high_b, scale) }}
    end
{%- endmacro %}
