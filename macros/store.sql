{#
  The figure store: Parquet partitions that `xuewei store add` writes beside the seeds, with the
  columns and types of the seeds. The var figure_store names its folder.
#}

{# The rows of a seed and, where there is a store, those of its table of the same name. #}
{% macro seed_and_store(seed) -%}
    {%- set columns = seed_columns(seed) if execute else '*' -%}
    select {{ columns }} from {{ ref(seed) }}
    {%- if var('figure_store', none) is not none %}
    union all
    select {{ columns }} from {{ stored_table(var('figure_store') ~ '/' ~ seed) }}
    {%- endif %}
{%- endmacro %}

{# The columns of a seed in their order, as its YAML types them. #}
{% macro seed_columns(seed) -%}
    {%- set node = graph.nodes.get('seed.' ~ project_name ~ '.' ~ seed) -%}
    {%- if node is none -%}
        {{ exceptions.raise_compiler_error("seed_and_store: there is no seed '" ~ seed ~ "'") }}
    {%- endif -%}
    {{ return(node.config.column_types.keys() | join(', ')) }}
{%- endmacro %}
