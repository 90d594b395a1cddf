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
    string_agg({{ text }}, '{{ separator }}' order by {{ key }})
{%- endmacro %}
