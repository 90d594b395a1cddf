{#
  Whole numbers of 38 digits, so that the ends of an interval are exact. One macro per operation
  and engine; the default is what Spark understands.
#}

{# A decimal number as whole billionths. #}
{% macro billionths(expression) -%}
    {{ return(adapter.dispatch('billionths', 'xuewei')(expression)) }}
{%- endmacro %}

{% macro default__billionths(expression) -%}
    cast(({{ expression }}) * 1000000000 as decimal(38, 0))
{%- endmacro %}

{% macro duckdb__billionths(expression) -%}
    cast(({{ expression }}) * 1000000000 as hugeint)
{%- endmacro %}

{# The greatest whole number not above dividend / divisor, both whole, the divisor positive. #}
{% macro floor_division(dividend, divisor) -%}
    {{ return(adapter.dispatch('floor_division', 'xuewei')(dividend, divisor)) }}
{%- endmacro %}

{% macro default__floor_division(dividend, divisor) -%}
    cast(
        (({{ dividend }}) - pmod({{ dividend }}, {{ divisor }})) / ({{ divisor }})
        as decimal(38, 0)
    )
{%- endmacro %}

{% macro duckdb__floor_division(dividend, divisor) -%}
    (
        ({{ dividend }}) // ({{ divisor }})
        - case when ({{ dividend }}) % ({{ divisor }}) < 0 then 1 else 0 end
    )
{%- endmacro %}

{# Whole millionths as a decimal number; one too large for the type leaves its end open. #}
{% macro from_millionths(expression) -%}
    try_cast(try_cast({{ expression }} as decimal(30, 0)) * 0.000001 as {{ value_type() }})
{%- endmacro %}

{# An exact number of millionths; the guess may settle it sooner. #}
{% macro default__settled(guess, exact, rounding) -%}
    {{ from_millionths(exact) }}
{%- endmacro %}

{% macro duckdb__settled(guess, exact, rounding) -%}
    {%- set g = '(cast(' ~ guess ~ ' as double) * 1e6)' -%}
    {%- if rounding == 'up' -%}
        {%- set below, at, above = 'ceil(' ~ g ~ ' * (1 - 4e-15))', 'ceil(' ~ g ~ ')', 'ceil(' ~ g ~ ' * (1 + 4e-15))' -%}
    {%- else -%}
        {%- set half = ' + 0.5' if rounding == 'nearest' else '' -%}
        {%- set below, at, above = 'floor(' ~ g ~ ' * (1 - 4e-15)' ~ half ~ ')', 'floor(' ~ g ~ half ~ ')', 'floor(' ~ g ~ ' * (1 + 4e-15)' ~ half ~ ')' -%}
    {%- endif -%}
    case
        when {{ below }} = {{ above }} and abs({{ g }}) < 1e15
            then cast({{ at }} / 1e6 as {{ value_type() }})
        else {{ from_millionths(exact) }}
    end
{%- endmacro %}
