{#
  Which regions a model reads and gives. A value reads others of its own region, of its parts and of
  the region around it, so that a model can be built of some regions alone. A refresh builds the
  regions that changed (macros/changes.sql); a build of many figures goes slice by slice
  (models/observations/region_slices.sql), so that it needs the memory of one slice and leaves
  the rows of a region side by side.

  Models ask by conditions that hold for every region as they stand; whoever builds some regions
  alone puts their codes in the place of `true`.
#}

{# The regions whose rows the model gives. #}
{% macro own_regions(column='region_code') -%}
    {{ regions_within('own', column) }}
{%- endmacro %}

{# Those, their parts and the regions around them. #}
{% macro near_regions(column='region_code') -%}
    {{ regions_within('near', column) }}
{%- endmacro %}

{# As far as the inputs of inputs reach: the regions near the near ones. #}
{% macro wider_regions(column='region_code') -%}
    {{ regions_within('wider', column) }}
{%- endmacro %}

{% macro regions_within(reach, column) -%}
    {#- A unit test knows only the relations that it gives. -#}
    {%- if model.resource_type == 'model' -%}
        {%- do ref('region_slices') -%}
        {%- do ref('region_matches') -%}
    {%- endif -%}
    {#- No parentheses: `where (true)` is an alias with its columns to Spark. -#}
    true /* {{ reach }} {{ column }} */
{%- endmacro %}

{# How large a slice is: as the memory of the machine allows, or as the project says. #}
{% macro figures_per_slice() -%}
    {{ env_var('XUEWEI_FIGURES_PER_SLICE', var('figures_per_slice') | string) | int }}
{%- endmacro %}

{# The slices to build, one after the other: for each the codes within each reach, as SQL lists;
   none where all regions are built at once. #}
{% macro slices_to_build() -%}
    {%- if target.type != 'duckdb' or 'region_slices' not in model.refs | map(attribute='name') -%}
        {{ return([]) }}
    {%- elif changed_regions() is not none -%}
        {{ return(codes_of_slices('select region_code, 1 as slice from changes.regions')) }}
    {%- endif -%}
    {%- set slices = 'select region_code, slice from ' ~ ref('region_slices') -%}
    {%- set last = run_query('select max(slice) from (' ~ slices ~ ')').columns[0][0] -%}
    {{ return(codes_of_slices(slices) if last and last > 1 else []) }}
{%- endmacro %}

{# `slices` is a query of region_code and slice. #}
{% macro codes_of_slices(slices) -%}
    {%- set codes -%}
        with

        matches as (
            select distinct observation_region_code, result_region_code
            from {{ ref('region_matches') }}
        ),

        own as (
            {{ slices }}
        ),

        near as (
            from own
            union
            select observation_region_code, slice
            from own inner join matches on region_code = result_region_code
        ),

        wider as (
            from near
            union
            select observation_region_code, slice
            from near inner join matches on region_code = result_region_code
        ),

        codes as (
            select 'own' as reach, * from own
            union all
            select 'near' as reach, * from near
            union all
            select 'wider' as reach, * from wider
        )

        select
            slice,
            reach,
            string_agg('''' || replace(region_code, '''', '''''') || '''', ', ' order by region_code)
        from codes
        group by slice, reach
        order by slice
    {%- endset -%}
    {%- set lists = {} -%}
    {%- for slice, reach, listed in run_query(codes).rows -%}
        {%- do lists.setdefault(slice, {}).update({reach: '(' ~ listed ~ ')'}) -%}
    {%- endfor -%}
    {{ return(lists.values() | list) }}
{%- endmacro %}

{# A model's SQL for the regions of a slice. #}
{% macro of_slice(compiled_code, slice) -%}
    {%- set sql = [compiled_code] -%}
    {%- for reach, codes in slice.items() -%}
        {%- do sql.append(modules.re.sub(
            'true /\\* ' ~ reach ~ ' (.+?) \\*/', '(\\1 in ' ~ codes ~ ')', sql[-1]
        )) -%}
    {%- endfor -%}
    select * from (
    {{ sql[-1] }}
    ) as slice
    where region_code in {{ slice.own }}
{%- endmacro %}

{# dbt calls this for what fills a table. The last two are for lakes; nothing here names them. #}
{% macro create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
    {%- set create = adapter.dispatch('create_table_as', 'dbt') -%}
    {%- set slices = slices_to_build() if model.config.materialized == 'incremental' else [] -%}
    {%- if not slices -%}
        {{ return(create(temporary, relation, compiled_code)) }}
    {%- endif -%}
    {%- for slice in slices -%}
        {%- if loop.first -%}
            {{ create(temporary, relation, of_slice(compiled_code, slice)) }}
        {%- else -%}
            insert into {{ relation }}
            {{ of_slice(compiled_code, slice) }};
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
