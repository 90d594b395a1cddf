{#
  A build after a few documents. `xuewei refresh` starts from a copy of the published file and says
  in the table changes.regions which regions the documents change (refresh/changes.py). Models
  that work region by region then take out the rows of those regions and work them out anew from
  the rows at hand; where the table is not there, every model is built whole.
#}

{# The codes in changes.regions; none in a build of everything. #}
{% macro changed_regions() -%}
    {%- if execute and target.type == 'duckdb' -%}
        {%- set there = adapter.get_relation(database=target.database, schema='changes', identifier='regions') -%}
        {%- if there is not none -%}
            {%- set found = run_query('select region_code from ' ~ there ~ ' order by region_code') -%}
            {{ return(found.columns[0].values() | list) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# The condition in a data test: the rows that may have changed; the others were judged before. #}
{% macro only_changed(column='region_code') -%}
    {%- set regions = changed_regions() -%}
    {{ 'true' if regions is none else column ~ ' in ' ~ codes(regions) }}
{%- endmacro %}

{# dbt asks this: a model that works region by region is built whole unless regions are named. #}
{% macro should_full_refresh() -%}
    {%- if model.resource_type == 'model' and not flags.FULL_REFRESH -%}
        {{ return(changed_regions() is none) }}
    {%- endif -%}
    {{ return(flags.FULL_REFRESH) }}
{%- endmacro %}

{# dbt calls this for incremental_strategy changed_regions: out with the old rows, in with the new. #}
{% macro get_incremental_changed_regions_sql(arguments) -%}
    {%- set changed = codes(changed_regions()) -%}
    {%- set columns = get_quoted_csv(arguments['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arguments['target_relation'] }}
    where region_code in {{ changed }};

    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arguments['temp_relation'] }}
    where region_code in {{ changed }}
{%- endmacro %}

{# The rows of a model that a test over many models looks at. #}
{% macro rows_to_judge(node) -%}
    {%- set condition = only_changed() if node.config.materialized == 'incremental' else 'true' -%}
    {%- if condition == 'true' -%}
        {{ return(node.relation_name) }}
    {%- endif -%}
    {{ return('(select * from ' ~ node.relation_name ~ ' where ' ~ condition ~ ') as judged') }}
{%- endmacro %}

{# dbt calls this for the model that a generic test looks at. #}
{% macro get_where_subquery(relation) -%}
    {%- set conditions = [config.get('where')] if config.get('where') else [] -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model'
        and node.config.materialized == 'incremental'
        and node.alias == relation.identifier and node.schema == relation.schema -%}
        {%- do conditions.append(only_changed()) if only_changed() != 'true' -%}
    {%- endfor -%}
    {%- if conditions -%}
        {{ return('(select * from ' ~ relation ~ ' where (' ~ conditions | join(') and (') ~ ')) as dbt_subquery') }}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro %}

{# Codes as a list of SQL; an empty list holds a code that no region has. #}
{% macro codes(regions) -%}
    ('{{ (regions or ['']) | join("', '") }}')
{%- endmacro %}
