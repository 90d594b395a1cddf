{#
  A sum on a decimal number, written with {} in its place. DuckDB rounds, divides and prints
  decimals of more than 18 digits some twenty times as slowly as shorter ones, and nearly every
  value is short: those that fit are worked out there, the others as they are. A sum that makes
  its number longer says by how many digits.
#}
{% macro in_short_decimals(template, expression, longer=0) -%}
    {{ return(adapter.dispatch('in_short_decimals', 'xuewei')(template, expression, longer)) }}
{%- endmacro %}

{% macro default__in_short_decimals(template, expression, longer) -%}
    {{ template.replace('{}', expression) }}
{%- endmacro %}

{% macro duckdb__in_short_decimals(template, expression, longer) -%}
    {%- set short = 'try_cast(' ~ expression ~ ' as decimal(' ~ (18 - longer) ~ ', 6))' -%}
    coalesce(
        {{ template.replace('{}', short) }},
        {{ template.replace('{}', '(' ~ expression ~ ')') }}
    )
{%- endmacro %}
