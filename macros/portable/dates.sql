{# What differs between the engines stands here, one macro each. #}

{# Last day of the month that holds a date. #}
{% macro month_end(date_expression) -%}
    last_day({{ date_expression }})
{%- endmacro %}

{# The day before a date. #}
{% macro day_before(date_expression) -%}
    ({{ date_expression }} - interval '1' day)
{%- endmacro %}
