{#
  Seeds on Spark. dbt's own loader sends every cell through an insert statement, which takes
  minutes where reading the file takes seconds. Columns have the types that their YAML names; a
  cell that is not of its type stops the build, as on DuckDB.
#}

{% materialization seed, adapter='spark' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set old_relation = adapter.get_relation(database=database, schema=schema, identifier=model.alias) -%}
    {%- set lines = api.Relation.create(identifier='lines_of_' ~ model.alias) -%}

    {{ run_hooks(pre_hooks) }}
    {%- if old_relation -%}
        {%- do adapter.drop_relation(old_relation) -%}
    {%- endif -%}
    {%- call statement('lines') -%}
        create or replace temporary view {{ lines }}
        using csv
        options (
            path '{{ var("seeds_location", model.root_path) }}/{{ model.original_file_path }}',
            header 'true',
            multiLine 'true',
            escape '"'
        )
    {%- endcall -%}
    {%- set typed = typed_lines(lines) -%}
    {%- call statement('main', fetch_result=true) -%}
        {{ create_table_as(false, target_relation, typed) }}
    {%- endcall -%}
    {%- do store_result('agate_table', response='OK', agate_table=load_result('main').table) -%}
    {%- do persist_docs(target_relation, model) -%}
    {{ run_hooks(post_hooks) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# The lines of a CSV file, each cell in the type that the seed's YAML names. #}
{% macro typed_lines(lines) -%}
    {%- set types = config.get('column_types', {}) -%}
    select
    {%- for column in adapter.get_columns_in_relation(lines) -%}
        {%- if column.name not in types -%}
            {{ exceptions.raise_compiler_error(
                model.original_file_path ~ ": column '" ~ column.name
                ~ "' has no type; add it to column_types in the seed's YAML"
            ) }}
        {%- endif %}
        {{ typed_cell(column.name, types[column.name]) }} as {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
    from {{ lines }}
{%- endmacro %}

{% macro typed_cell(name, data_type) -%}
    {%- if data_type in ['varchar', 'string'] -%}
        {{ name }}
    {%- else -%}
        coalesce(
            cast({{ name }} as {{ data_type }}),
            case
                when {{ name }} is not null
                    then cast(raise_error(
                        "{{ model.original_file_path }}: '" || {{ name }}
                        || "' in column {{ name }} is no {{ data_type }}; correct the row"
                    ) as {{ data_type }})
            end
        )
    {%- endif -%}
{%- endmacro %}
