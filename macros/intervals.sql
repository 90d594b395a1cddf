{#
  Interval arithmetic. A null bound is unbounded. Sources: XBRL Calculations 1.1 for rounded
  facts; Civil Code of China, art. 1259, for bounds that include the number (以上, 以下, 以内)
  and those that do not (超过, 不满); Moore, Interval Analysis, for the corners.
#}

{% macro value_type() -%}
    decimal(24, 6)
{%- endmacro %}

{# The nearest sixth decimal, for a value in the middle of its interval. #}
{% macro rounded(expression) -%}
    cast(round({{ expression }}, 6) as {{ value_type() }})
{%- endmacro %}

{# Rounds a lower end down, so that the true value stays inside. #}
{% macro rounded_down(expression) -%}
    cast(floor(({{ expression }}) * 1000000) / 1000000 as {{ value_type() }})
{%- endmacro %}

{# Rounds an upper end up, so that the true value stays inside. #}
{% macro rounded_up(expression) -%}
    cast(ceil(({{ expression }}) * 1000000) / 1000000 as {{ value_type() }})
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

{# Lower end of a quotient whose denominator is wholly positive. #}
{% macro quotient_low(numerator_low, denominator_low, denominator_high) -%}
    case
        when {{ numerator_low }} < 0
            then cast({{ numerator_low }} as double) / {{ denominator_low }}
        when {{ numerator_low }} >= 0
            then coalesce(cast({{ numerator_low }} as double) / {{ denominator_high }}, 0)
    end
{%- endmacro %}

{# Upper end of a quotient whose denominator is wholly positive. #}
{% macro quotient_high(numerator_high, denominator_low, denominator_high) -%}
    case
        when {{ numerator_high }} >= 0
            then cast({{ numerator_high }} as double) / {{ denominator_low }}
        when {{ numerator_high }} < 0
            then coalesce(cast({{ numerator_high }} as double) / {{ denominator_high }}, 0)
    end
{%- endmacro %}

{# Lower end of a product: the least corner; an open end leaves only a bound of two factors that are not negative. #}
{% macro product_low(low_a, high_a, low_b, high_b) -%}
    case
        when {{ low_a }} >= 0 and {{ low_b }} >= 0
            then cast({{ low_a }} as double) * {{ low_b }}
        when {{ low_a }} is not null and {{ high_a }} is not null
            and {{ low_b }} is not null and {{ high_b }} is not null
            then least(
                cast({{ low_a }} as double) * {{ low_b }},
                cast({{ low_a }} as double) * {{ high_b }},
                cast({{ high_a }} as double) * {{ low_b }},
                cast({{ high_a }} as double) * {{ high_b }}
            )
    end
{%- endmacro %}

{# Upper end of a product: the greatest corner. #}
{% macro product_high(low_a, high_a, low_b, high_b) -%}
    case
        when {{ low_a }} is not null and {{ high_a }} is not null
            and {{ low_b }} is not null and {{ high_b }} is not null
            then greatest(
                cast({{ low_a }} as double) * {{ low_b }},
                cast({{ low_a }} as double) * {{ high_b }},
                cast({{ high_a }} as double) * {{ low_b }},
                cast({{ high_a }} as double) * {{ high_b }}
            )
    end
{%- endmacro %}
