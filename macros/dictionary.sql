{# The data dictionary, read from the YAML of the marts; both languages of a description apart. #}

{% macro dictionary_columns() -%}
    {{ return([
        'mart', 'topic', 'column_name', 'data_type', 'indicator', 'sector', 'measure', 'counts',
        'description_en', 'description_zh', 'position', 'key_position', 'is_about_warehouse',
    ]) }}
{%- endmacro %}

{# One row of dictionary_columns() per column of the marts, and of the dictionary itself. #}
{% macro dictionary_rows(marts) -%}
    {%- set rows = [] -%}
    {%- for mart in marts -%}
        {%- set relation = ref(mart) -%}
        {%- for column in adapter.get_columns_in_relation(relation) -%}
            {%- do rows.append(dictionary_row(mart_node(mart), column.name, type_of_column(column), loop.index)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set itself = mart_node(model.name) -%}
    {%- for name, column in itself.columns.items() -%}
        {%- do rows.append(dictionary_row(itself, name, column.data_type, loop.index)) -%}
    {%- endfor -%}
    {{ rows | join(',\n        ') }}
{%- endmacro %}

{% macro dictionary_row(node, name, data_type, position) -%}
    {%- set column = node.columns.get(name) -%}
    {%- if column is none -%}
        {{ exceptions.raise_compiler_error("data_dictionary: column '" ~ name ~ "' of mart '" ~ node.name ~ "' has no description in its YAML") }}
    {%- endif -%}
    {%- set meta = meta_of(column) -%}
    {%- set both = column.description.strip().split(' ｜ ') -%}
    {%- set key = mart_key(node) -%}
    {%- set texts = [
        node.alias, node.fqn[-2], name, data_type | lower, meta.get('indicator', ''),
        meta.get('sector', ''),
        meta.get('measure', 'value') if meta.get('indicator') or meta.get('measure') else '',
        meta.get('counts', ''), both[0], both[-1],
    ] -%}
    {#- One call for all texts of a row: a macro call costs more than all else here. #}
    {%- set quoted = dbt.escape_single_quotes(texts | join('\n')).replace('\n', "', '") -%}
    {{ return(
        "('" ~ quoted ~ "', " ~ position ~ ', '
        ~ (key.index(name) + 1 if name in key else 0) ~ ', '
        ~ ('true' if (meta.get('lineage') or {}).get('warehouse') else 'false') ~ ')'
    ) }}
{%- endmacro %}
