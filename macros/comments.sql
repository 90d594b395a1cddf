{#
  The descriptions of a table and of its columns in one statement. The adapter's own way asks twice
  for the columns and comments in two steps, which costs a build a second. A column that is
  described and does not exist stops the build.
#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments -%}
        {%- if for_relation and config.persist_relation_docs() and model.description -%}
            comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(model.description) }};
        {%- endif -%}
        {%- if for_columns and config.persist_column_docs() -%}
            {%- for name, column in model.columns.items() if column.description %}
            comment on column {{ relation }}.{{ adapter.quote(name) }} is {{ duckdb_escape_comment(column.description) }};
            {%- endfor -%}
        {%- endif -%}
    {%- endset -%}
    {%- if comments | trim -%}
        {%- do run_query(comments) -%}
    {%- endif -%}
{%- endmacro %}
