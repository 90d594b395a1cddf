{#
  The marts, in the order in which an analyst meets them. dbt must know at parse time what a model
  reads, before the graph is there, so the list stands here; a test fails on a mart it lacks.
  The marts about the marts (lineage, data_dictionary) are not in it: they read all others.
#}
{% macro mart_names() -%}
    {{ return([
        'kindergarten_places',
        'kindergarten_access',
        'childcare_capacity',
        'births',
        'kindergarten_demand',
        'primary_entry_demand',
        'school_place_expansion',
        'public_enrolment_share',
        'school_partnerships',
        'digital_resources',
        'teacher_posts',
        'teacher_mobility',
        'after_school_service',
        'after_school_fees',
        'fee_waivers',
        'after_school_spending',
        'policy_targets',
        'target_progress',
        'plan_measures',
        'consistency_findings',
        'number_accounting',
        'catalogue_documents',
        'catalogue_figures',
        'catalogue_indicators',
        'catalogue_regions',
        'current_regions',
        'catalogue_observations',
        'region_comparisons',
    ]) }}
{%- endmacro %}

{# The models that list the observations behind a mart's numbers, by mart (macros/lineage.sql). #}
{% macro mart_input_models() -%}
    {{ return({
        'kindergarten_demand': 'kindergarten_demand_inputs',
        'primary_entry_demand': 'primary_entry_demand_inputs',
    }) }}
{%- endmacro %}

{# The graph's node of a mart. #}
{% macro mart_node(mart) -%}
    {%- set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ mart) -%}
    {%- if node is none -%}
        {{ exceptions.raise_compiler_error("mart_node: there is no mart '" ~ mart ~ "'") }}
    {%- endif -%}
    {{ return(node) }}
{%- endmacro %}

{# What the YAML says under config.meta of a model or a column. #}
{% macro meta_of(described) -%}
    {{ return(described.get('config', {}).get('meta') or described.get('meta') or {}) }}
{%- endmacro %}

{# The columns of a mart's primary key, in their order. #}
{% macro mart_key(node) -%}
    {%- set key = meta_of(node).get('primary_key') -%}
    {%- if not key -%}
        {{ exceptions.raise_compiler_error(
            "mart_key: the YAML of mart '" ~ node.name ~ "' names no config.meta.primary_key"
        ) }}
    {%- endif -%}
    {{ return(key) }}
{%- endmacro %}

{# A row of a mart in readable words: 'region_code=430200;period=2022;sector=total'. #}
{% macro row_key(columns, relation=none) -%}
    {%- set before = relation ~ '.' if relation else '' -%}
    {%- for column in columns -%}
        {{ "'" if loop.first else " || ';" }}{{ column }}=' || cast({{ before }}{{ column }} as string)
    {%- endfor -%}
{%- endmacro %}
