{#
  What was known on a day. `dbt build --vars '{as_of: 2023-06-01}'` builds the warehouse of that
  day. In the DuckDB file the table macros observations_as_of(day), figures_as_of(day) and
  documents_as_of(day) answer the same for any day. They stand beside the marts, not among them,
  and name no catalogue, so that they go on working after the file is renamed.
#}

{# The observations chosen from statements: the newest document, then the narrowest interval. #}
{% macro chosen_observations(stated) %}
with

stated as (
    {{ stated }}
),

-- The newest document speaks; of two statements as new, the narrower one.
ranked as (
    select
        *,
        row_number() over (
            partition by indicator, region_code, region_scope, sector, period, status
            order by
                published_on desc,
                coalesce(value_high - value_low, 1e15) asc,
                figure_id asc
        ) as choice_rank
    from stated
),

agreement as (
    select
        indicator,
        region_code,
        region_scope,
        sector,
        period,
        status,
        count(distinct document_id) as documents,
        coalesce(max(value_low) <= min(value_high), true) as has_agreement
    from stated
    group by indicator, region_code, region_scope, sector, period, status
)

select
    -- ids
    ranked.indicator,
    ranked.region_code,
    ranked.region_scope,
    ranked.sector,
    ranked.period,
    ranked.status,
    ranked.figure_id,
    ranked.document_id,
    ranked.unit_code,

    -- texts
    ranked.period_basis,
    ranked.qualifier,

    -- numbers
    ranked.value,
    ranked.value_low,
    ranked.value_high,
    agreement.documents,

    -- booleans
    agreement.has_agreement,

    -- times
    ranked.published_on
from ranked
inner join agreement
    on
        ranked.indicator = agreement.indicator
        and ranked.region_code = agreement.region_code
        and ranked.region_scope = agreement.region_scope
        and ranked.sector = agreement.sector
        and ranked.period = agreement.period
        and ranked.status = agreement.status
where ranked.choice_rank = 1
{% endmacro %}

{# A relation as a query in the built file names it: schema and table, no catalogue. #}
{% macro without_catalogue(relation) -%}
    {{ relation.schema }}.{{ relation.identifier }}
{%- endmacro %}

{# Creates a table macro of one day with its comment; nothing on engines that have none. #}
{% macro as_of_table_macro(name, query, comment) -%}
    {%- if target.type == 'duckdb' -%}
        create or replace macro main.{{ name }}(day) as table
        {{ query }};
        comment on macro table main.{{ name }} is '{{ comment }}'
    {%- endif -%}
{%- endmacro %}

{# observations_as_of(day): one row per observation, as the documents of that day state it. #}
{% macro observations_as_of(stated_observations) -%}
    {{ as_of_table_macro(
        'observations_as_of',
        chosen_observations(
            'select * from ' ~ without_catalogue(stated_observations) ~ ' where published_on <= day'
        ),
        'One row per observation, as the documents published by a day state it ｜ 某日之前已发布文件所述的观测值'
    ) }}
{%- endmacro %}

{# documents_as_of(day): the documents published by that day. #}
{% macro documents_as_of(documents) -%}
    {{ as_of_table_macro(
        'documents_as_of',
        'select * from ' ~ without_catalogue(documents) ~ ' where published_on <= day',
        'One row per document published by a day ｜ 某日之前已发布的文件'
    ) }}
{%- endmacro %}

{# figures_as_of(day): the figures of the documents published by that day. #}
{% macro figures_as_of(figures, known_documents) -%}
    {{ as_of_table_macro(
        'figures_as_of',
        'select figures.* from ' ~ without_catalogue(figures) ~ ' as figures inner join '
        ~ without_catalogue(known_documents)
        ~ ' as documents using (document_id) where documents.published_on <= day',
        'One row per figure of the documents published by a day ｜ 某日之前已发布文件中的数字'
    ) }}
{%- endmacro %}
