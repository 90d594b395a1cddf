{# What the dictionary calls the type of a column, on every engine the same. #}
{% macro type_of_column(column) -%}
    {{ return(adapter.dispatch('type_of_column', 'xuewei')(column)) }}
{%- endmacro %}

{% macro default__type_of_column(column) -%}
    {{ return({'string': 'varchar', 'int': 'integer'}.get(column.dtype, column.dtype)) }}
{%- endmacro %}

{% macro duckdb__type_of_column(column) -%}
    {{ return('varchar' if column.is_string() else column.data_type) }}
{%- endmacro %}
