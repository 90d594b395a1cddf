{# The dimensions of a figure, each with its codes in the seed of that name. #}
{% macro dimensions() -%}
    {{ return(['sex', 'urbanisation', 'pupil_group', 'staff_group']) }}
{%- endmacro %}

{# Whether a figure speaks of everybody: an empty dimension is its total. #}
{% macro is_of_all(relation) -%}
    {%- for dimension in dimensions() -%}
        {{ code_of(relation, dimension) }} = 'total'{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro code_of(relation, dimension) -%}
    coalesce({{ relation }}.{{ dimension }}, 'total')
{%- endmacro %}
