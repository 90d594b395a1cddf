{# What set-based tests ask of the graph: one query over many tables. #}

{# Declares that a test reads every model, so that it runs after all of them. #}
{% macro after_all_models() -%}
    {%- for mart in mart_names() + ['lineage', 'data_dictionary'] %}
-- depends_on: {{ ref(mart) }}
    {%- endfor %}
{%- endmacro %}

{# The project's tables of the given resource types, of a folder of models if one is named; a model
   that is no table of its own lies within those that read it. #}
{% macro project_nodes(resource_types, folder=none) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() | sort(attribute='name')
            if node.resource_type in resource_types and node.package_name == project_name
            and node.config.materialized != 'ephemeral'
            and (folder is none or node.fqn[1] == folder) -%}
            {%- do found.append(node) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The seed that a staging model reads, whose key is also its own. #}
{% macro seed_of(node) -%}
    {{ return(graph.nodes[node.depends_on.nodes | first]) }}
{%- endmacro %}

{# Selects put one under the other; without any, a select that gives no row of these columns. #}
{% macro union_of(selects, columns) -%}
    {%- for branch in selects %}
{{ branch }}
        {%- if not loop.last %}
union all
        {%- endif %}
    {%- else %}
select
        {%- for column in columns %}
    cast(null as string) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
where false
    {%- endfor %}
{%- endmacro %}

{# The names of a node's columns that have a lower and an upper end beside them. #}
{% macro columns_with_ends(node) -%}
    {%- set found = [] -%}
    {%- for name in node.columns -%}
        {%- if name ~ '_low' in node.columns and name ~ '_high' in node.columns -%}
            {%- do found.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# The names of a mart's columns that show a number of a document. #}
{% macro columns_with_numbers(node) -%}
    {%- set found = [] -%}
    {%- for name, column in node.columns.items() -%}
        {%- set meta = meta_of(column) -%}
        {%- if meta.get('indicator') or meta.get('counts')
            or (meta.get('lineage') and not meta['lineage'].get('warehouse')) -%}
            {%- do found.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
