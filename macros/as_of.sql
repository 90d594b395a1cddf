{#
  What was known on a day. `dbt build --vars '{as_of: 2023-06-01}'` builds the warehouse of that
  day. In the DuckDB file the table macros observations_as_of(day), figures_as_of(day) and
  documents_as_of(day) answer the same for any day. They stand beside the marts, not among them,
  and name no catalogue, so that they go on working after the file is renamed.
#}

{# The observations chosen from statements: the newest document, then the narrowest interval. #}
{% macro chosen_observations(stated) %}
with

-- Most values are stated once, and nothing is to be chosen there.
repeated_keys as (
    select
        {{ observation_key() | join(',
        ') }}
    from ({{ stated }}) as stated
    group by {{ observation_key() | join(', ') }}
    having count(*) > 1
),

repeats as (
    select stated.*
    from ({{ stated }}) as stated
    inner join repeated_keys
        on {{ equal_columns('stated', 'repeated_keys', observation_key()) }}
),

counted as (
    select
        {{ observation_key() | join(',
        ') }},
        count(*) as statements,
        count(distinct document_id) as documents,
        coalesce(max(value_low) <= min(value_high), true) as has_agreement
    from repeats
    group by {{ observation_key() | join(', ') }}
),

singles as (
    select
        stated.*,
        1 as statements,
        1 as documents,
        true as has_agreement
    from ({{ stated }}) as stated
    left join repeated_keys
        on {{ equal_columns('stated', 'repeated_keys', observation_key()) }}
    where repeated_keys.indicator is null
),

-- The newest document speaks; of two statements as new, the narrower one.
ranked as (
    select
        repeats.*,
        counted.statements,
        counted.documents,
        counted.has_agreement,
        row_number() over (
            partition by {{ prefixed('repeats', observation_key()) | join(', ') }}
            order by
                repeats.published_on desc,
                coalesce(repeats.value_high - repeats.value_low, 1e15) asc,
                repeats.figure_id asc
        ) as choice_rank
    from repeats
    inner join counted
        on {{ equal_columns('repeats', 'counted', observation_key()) }}
)

select {{ chosen_columns() }}
from singles
union all
select {{ chosen_columns() }}
from ranked
where choice_rank = 1
{% endmacro %}

{# What makes one observation. #}
{% macro observation_key() -%}
    {{ return(['indicator', 'region_code', 'region_scope', 'sector', 'period', 'status']) }}
{%- endmacro %}

{# What makes one observation of a year. #}
{% macro year_key() -%}
    {{ return(['indicator', 'region_code', 'region_scope', 'sector', 'status', 'year']) }}
{%- endmacro %}

{% macro chosen_columns() %}
    -- ids
    indicator,
    region_code,
    region_scope,
    sector,
    period,
    status,
    figure_id,
    document_id,
    unit_code,

    -- texts
    period_basis,
    qualifier,

    -- numbers
    value,
    value_low,
    value_high,
    statements,
    documents,

    -- booleans
    has_agreement,

    -- times
    published_on
{%- endmacro %}

{# Column names with the name of a relation before them. #}
{% macro prefixed(relation, columns) -%}
    {%- set found = [] -%}
    {%- for column in columns -%}
        {%- do found.append(relation ~ '.' ~ column) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# The condition that two relations share a key. #}
{% macro equal_columns(left, right, columns) -%}
    {%- for column in columns -%}
        {{ left }}.{{ column }} = {{ right }}.{{ column }}
        {{- ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

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
