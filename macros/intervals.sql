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

{# A positive number of at most three decimals as whole thousandths. #}
{% macro thousandths(expression) -%}
    cast({{ expression }} * 1000 as bigint)
{%- endmacro %}

{# A sum divided by a positive scale. #}
{% macro scaled_sum(total, scale, rounding) -%}
    {{ from_millionths(whole_division(billionths(total), thousandths(scale), rounding)) }}
{%- endmacro %}

{# numerator / denominator x scale, for a positive denominator and a positive scale. #}
{% macro quotient(numerator, denominator, scale, rounding) -%}
    {{ from_millionths(whole_division(
        billionths(numerator) ~ ' * ' ~ thousandths(scale) ~ ' * 1000',
        billionths(denominator),
        rounding
    )) }}
{%- endmacro %}

{# Lower end of a quotient: both the denominator, from low to high, and the scale are positive. #}
{% macro quotient_low(numerator_low, denominator_low, denominator_high, scale) -%}
    case
        when {{ numerator_low }} < 0
            then {{ quotient(numerator_low, denominator_low, scale, 'down') }}
        when {{ numerator_low }} >= 0
            then coalesce({{ quotient(numerator_low, denominator_high, scale, 'down') }}, 0)
    end
{%- endmacro %}

{# Upper end of a quotient: both the denominator, from low to high, and the scale are positive. #}
{% macro quotient_high(numerator_high, denominator_low, denominator_high, scale) -%}
    case
        when {{ numerator_high }} >= 0
            then {{ quotient(numerator_high, denominator_low, scale, 'up') }}
        when {{ numerator_high }} < 0
            then coalesce({{ quotient(numerator_high, denominator_high, scale, 'up') }}, 0)
    end
{%- endmacro %}

{# a x b / scale, for a positive scale. #}
{% macro product(a, b, scale, rounding) -%}
    {{ from_millionths(whole_division(
        billionths(a) ~ ' * ' ~ billionths(b),
        thousandths(scale) ~ ' * ' ~ billionths('1'),
        rounding
    )) }}
{%- endmacro %}

{# A corner of a product, where an unbounded end times zero is zero. #}
{% macro corner(a, b) -%}
    coalesce({{ billionths(a) }} * {{ billionths(b) }}, case when {{ a }} = 0 or {{ b }} = 0 then 0 end)
{%- endmacro %}

{# The four corners of a product. #}
{% macro corners(low_a, high_a, low_b, high_b) -%}
    {{ corner(low_a, low_b) }},
                {{ corner(low_a, high_b) }},
                {{ corner(high_a, low_b) }},
                {{ corner(high_a, high_b) }}
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
        else
            {{ from_millionths(whole_division(
                'least(' ~ corners(low_a, high_a, low_b, high_b) ~ ')',
                thousandths(scale) ~ ' * ' ~ billionths('1'),
                'down'
            )) }}
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
        else
            {{ from_millionths(whole_division(
                'greatest(' ~ corners(low_a, high_a, low_b, high_b) ~ ')',
                thousandths(scale) ~ ' * ' ~ billionths('1'),
                'up'
            )) }}
    end
{%- endmacro %}
