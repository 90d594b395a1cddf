{# Texts joined in the order of a key. #}
{% macro joined_in_order(text, separator, key) -%}
    {{ return(adapter.dispatch('joined_in_order', 'xuewei')(text, separator, key)) }}
{%- endmacro %}

{% macro default__joined_in_order(text, separator, key) -%}
    array_join(
        transform(
            array_sort(collect_list(struct({{ key }} as sort_key, {{ text }} as joined_text))),
            item -> item.joined_text
        ),
        '{{ separator }}'
    )
{%- endmacro %}

{% macro duckdb__joined_in_order(text, separator, key) -%}
    array_to_string(
        list_transform(
            list_sort(list({'sort_key': {{ key }}, 'joined_text': {{ text }}})),
            lambda item: item.joined_text
        ),
        '{{ separator }}'
    )
{%- endmacro %}

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
