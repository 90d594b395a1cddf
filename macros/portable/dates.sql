{# What differs between the engines stands here, one macro each. #}

{# Last day of the month that holds a date. #}
{% macro month_end(date_expression) -%}
    last_day({{ date_expression }})
{%- endmacro %}

{# The day before a date. #}
{% macro day_before(date_expression) -%}
    ({{ date_expression }} - interval '1' day)
{%- endmacro %}

{# The day after a date. #}
{% macro day_after(date_expression) -%}
    cast({{ date_expression }} + interval '1' day as date)
{%- endmacro %}

{# Years from one date to another, with their fraction. #}
{% macro years_between(start_date, end_date) -%}
    {{ return(adapter.dispatch('years_between', 'xuewei')(start_date, end_date)) }}
{%- endmacro %}

{% macro default__years_between(start_date, end_date) -%}
    (cast(datediff({{ end_date }}, {{ start_date }}) as double) / 365.25)
{%- endmacro %}

{% macro duckdb__years_between(start_date, end_date) -%}
    (datediff('day', {{ start_date }}, {{ end_date }}) / 365.25)
{%- endmacro %}
