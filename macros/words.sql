{# What a person reads: numbers and intervals in words. #}

{# The words of a decimal number: no zeros at the end of its fraction. #}
{% macro without_zeros(expression) -%}
    regexp_replace(cast({{ expression }} as string), '[.]?0+$', '')
{%- endmacro %}

{# A number of six decimals without trailing zeros. #}
{% macro plain_number(expression) -%}
    {{ in_short_decimals(without_zeros('{}'), expression) }}
{%- endmacro %}

{# A number as a person reads it: two decimals from a thousand on, four below. #}
{% macro readable_number(expression) -%}
    {{ in_short_decimals(
        'case when abs({}) >= 1000 then ' ~ without_zeros('round({}, 2)')
        ~ ' else ' ~ without_zeros('round({}, 4)') ~ ' end',
        expression
    ) }}
{%- endmacro %}

{# An interval of ends that are words already; words_of_ends are (between, at least, at most, any). #}
{% macro interval_words(low, high, words_of_ends) -%}
    {%- set between, at_least, at_most, any_number = words_of_ends -%}
    case
        when {{ low }} is null and {{ high }} is null then '{{ any_number }}'
        when {{ high }} is null then '{{ at_least }}' || {{ low }}
        when {{ low }} is null then '{{ at_most }}' || {{ high }}
        when {{ low }} = {{ high }} then {{ low }}
        else {{ low }} || '{{ between }}' || {{ high }}
    end
{%- endmacro %}

{# An interval in Chinese words, with its unit; the ends come from readable_number. #}
{% macro interval_zh(low, high, unit) -%}
    {{ interval_words(low, high, ['至', '不低于', '不超过', '任意']) }} || {{ unit }}
{%- endmacro %}

{# An interval in English words, with its unit; the ends come from readable_number. #}
{% macro interval_en(low, high, unit) -%}
    {{ interval_words(low, high, [' to ', 'at least ', 'at most ', 'any number']) }} || {{ unit }}
{%- endmacro %}

{# Printed words without the spaces and line ends that a page puts into them. #}
{% macro printed_words(expression) -%}
    replace(replace(replace({{ expression }}, chr(10), ''), chr(13), ''), ' ', '')
{%- endmacro %}

{# A column and, as columns beside it, its values in the rows that follow in a window. #}
{% macro with_followers(column, most, window) -%}
    {{ column }}
    {%- for after in range(1, most) -%}
        , lead({{ column }}, {{ after }}) over {{ window }} as {{ column }}_{{ after }}
    {%- endfor -%}
{%- endmacro %}

{# Those columns as one text; there are fewer where fewer rows follow. #}
{% macro joined_followers(column, most, separator) -%}
    concat_ws('{{ separator }}', {{ column }}
    {%- for after in range(1, most) -%}
        , {{ column }}_{{ after }}
    {%- endfor -%}
    )
{%- endmacro %}
