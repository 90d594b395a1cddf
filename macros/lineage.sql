{#
  The way down from every number of every mart. A numeric column says under config.meta what its
  number comes from:

    indicator, sector, measure, status     an observation at the row's own place and time
                                           (macros/indicators.sql)
    lineage: {figure: COLUMN}              the figure whose figure_id stands in COLUMN
    lineage: {formula: COLUMN}             what the formula_id in COLUMN derives for the row's
                                           region_code, sector and period
    lineage: {observation: {indicator: COLUMN, region_code: COLUMN, sector: COLUMN, period: COLUMN}}
                                           the observation at another place or time; a part left
                                           out is read from the column of its own name
    lineage: {listed: true}                several observations, which the model that
                                           mart_input_models() names for the mart lists: the
                                           mart's primary key, column_name, input_indicator,
                                           input_region_code, input_sector, input_period
    lineage: {inputs: [COLUMN, ...]}       worked out from other columns of the same row
    lineage: {document: COLUMN}            stands in, or is a place in, the document_id in COLUMN
    lineage: {warehouse: true}             speaks of the warehouse itself and of no document
    counts: WORD, lineage: {document: COLUMN}    counts what WORD says in that document
    counts: WORD, lineage: {indicator: COLUMN}, measure: stated | derived
                                           counts the observations of that indicator

  Several of them may stand side by side; those whose column is empty in a row give nothing. A
  column of the primary key names its row and needs none. Where the period of a row is not that
  of its observations, the mart says under config.meta which it is:

    observation_period: newest_of_year     the newest observation of the year in column period or year
    observation_period: starts_on          the observations whose period begins on valid_from
#}

{# The ways down of one column, as (kind, spec) pairs. #}
{% macro lineage_ways(meta) -%}
    {%- set ways = [] -%}
    {%- if meta.get('indicator') -%}
        {%- do ways.append(('observation', {})) -%}
    {%- endif -%}
    {%- for kind, spec in (meta.get('lineage') or {}).items() -%}
        {%- if kind not in ['figure', 'formula', 'observation', 'listed', 'inputs', 'document', 'indicator', 'warehouse'] -%}
            {{ exceptions.raise_compiler_error("lineage: '" ~ kind ~ "' is no way down; macros/lineage.sql lists them") }}
        {%- endif -%}
        {%- do ways.append((kind, spec)) -%}
    {%- endfor -%}
    {{ return(ways) }}
{%- endmacro %}

{# Columns that a column is worked out from, itself included, as (source column, steps between). #}
{% macro lineage_sources(node, name) -%}
    {%- set found = [(name, 0)] -%}
    {%- for step in range(1, 10) -%}
        {%- for source, steps in found | list if steps == step - 1 -%}
            {%- set column = node.columns.get(source) -%}
            {%- if column is none -%}
                {{ exceptions.raise_compiler_error("lineage: mart '" ~ node.name ~ "' has no column '" ~ source ~ "', which '" ~ name ~ "' names as an input") }}
            {%- endif -%}
            {%- for input in (meta_of(column).get('lineage') or {}).get('inputs', []) -%}
                {%- if input == name -%}
                    {{ exceptions.raise_compiler_error("lineage: column '" ~ name ~ "' of mart '" ~ node.name ~ "' is worked out from itself") }}
                {%- endif -%}
                {%- if input not in found | map('first') -%}
                    {%- do found.append((input, step)) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# Every way down of every column of a mart: a list of dictionaries. #}
{% macro lineage_specifications(node) -%}
    {%- set found = [] -%}
    {%- for name in node.columns if name not in mart_key(node) -%}
        {%- for source, steps in lineage_sources(node, name) -%}
            {%- set meta = meta_of(node.columns[source]) -%}
            {%- for kind, spec in lineage_ways(meta) if kind not in ['inputs', 'warehouse'] -%}
                {%- do found.append({
                    'column': name, 'source': source, 'steps': steps, 'kind': kind, 'spec': spec,
                    'indicator': meta.get('indicator', ''), 'sector': meta.get('sector', ''),
                    'status': meta.get('status', ''), 'measure': meta.get('measure', 'value'),
                    'counts': meta.get('counts', ''),
                }) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# The ways down of all marts as rows of lineage_specification_columns(). #}
{% macro lineage_specification_rows(marts) -%}
    {%- set rows = [] -%}
    {%- for mart in marts -%}
        {%- set node = mart_node(mart) -%}
        {%- for found in lineage_specifications(node) -%}
            {%- do rows.append(
                "('" ~ [
                    node.alias, found.column, found.source, found.kind, found.indicator,
                    found.sector, found.status, found.measure, found.counts,
                ] | join("', '") ~ "', " ~ found.steps ~ ")"
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ rows | join(',\n        ') }}
{%- endmacro %}

{% macro lineage_specification_columns() -%}
    {{ return([
        'mart', 'column_name', 'source_column', 'kind', 'indicator_shown', 'sector_shown',
        'status_shown', 'measure', 'counts', 'steps',
    ]) }}
{%- endmacro %}

{# The column of a mart that holds one part of what stands behind a source column. #}
{% macro lineage_part_column(node, found, part) -%}
    {%- if part in [found.kind, found.kind ~ '_id'] -%}
        {{ return(found.spec) }}
    {%- elif found.kind not in ['observation', 'formula'] or part in ['figure_id', 'formula_id', 'document_id'] -%}
        {{ return(none) }}
    {%- elif found.spec is mapping and found.spec.get(part) -%}
        {{ return(found.spec[part]) }}
    {%- elif part in node.columns -%}
        {{ return(part) }}
    {%- elif part == 'period' -%}
        {{ return({'newest_of_year': 'year', 'starts_on': 'valid_from'}.get(meta_of(node).get('observation_period'))) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# That part for all source columns of the mart, as one expression. #}
{% macro lineage_part(node, specifications, part) -%}
    {%- set branches = {} -%}
    {%- for found in specifications -%}
        {%- set column = lineage_part_column(node, found, part) -%}
        {%- if column -%}
            {%- do branches.setdefault(column, []).append(found.source ~ ' ' ~ found.kind) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not branches -%}
        cast(null as string)
    {%- elif branches | length == 1 -%}
        cast(cells.{{ branches | first }} as string)
    {%- else -%}
        case
            {%- for column, ways in branches.items() %}
            when specifications.source_column || ' ' || specifications.kind in ('{{ ways | unique | join("', '") }}')
                then cast(cells.{{ column }} as string)
            {%- endfor %}
        end
    {%- endif -%}
{%- endmacro %}

{# The filled cells of one mart with what stands behind them. #}
{% macro lineage_cells(mart) -%}
    {%- set node = mart_node(mart) -%}
    {%- set specifications = lineage_specifications(node) -%}
    select
        specifications.*,
        {{ row_key(mart_key(node), 'cells') }} as row_key,
        coalesce(
            nullif(specifications.indicator_shown, ''),
            {{ lineage_part(node, specifications, 'indicator') }}
        ) as indicator,
        {{ lineage_part(node, specifications, 'region_code') }} as region_code,
        coalesce({{ lineage_part(node, specifications, 'region_scope') }}, 'self') as region_scope,
        coalesce(
            nullif(specifications.sector_shown, ''),
            {{ lineage_part(node, specifications, 'sector') }}
        ) as sector,
        {{ lineage_part(node, specifications, 'period') }} as period,
        '{{ meta_of(node).get('observation_period', 'period') }}' as period_kind,
        {{ lineage_part(node, specifications, 'figure_id') }} as figure_id,
        {{ lineage_part(node, specifications, 'formula_id') }} as formula_id,
        {{ lineage_part(node, specifications, 'document_id') }} as document_id
    from {{ ref(mart) }} as cells
    inner join specifications
        on specifications.mart = '{{ node.alias }}'
    where
        case
        {%- for column in specifications | map(attribute='column') | unique %}
            when specifications.column_name = '{{ column }}' then cells.{{ column }} is not null
        {%- endfor %}
            when true then false
        end
{%- endmacro %}

{# Every observation under each name by which a row of a mart may call its period. #}
{% macro lineage_observations(observations, periods) -%}
    select
        {{ observations }}.*,
        'period' as period_kind,
        {{ observations }}.period as period_name
    from {{ observations }}
    union all
    select
        {{ observations }}.*,
        'newest_of_year' as period_kind,
        cast({{ observations }}.year as string) as period_name
    from {{ observations }}
    where {{ observations }}.is_newest_of_year
    union all
    select
        {{ observations }}.*,
        'starts_on' as period_kind,
        cast({{ periods }}.starts_on as string) as period_name
    from {{ observations }}
    inner join {{ periods }}
        on {{ observations }}.period = {{ periods }}.period
{%- endmacro %}

{# One source of a cell: a figure, what a formula derives at a place and time, or a document. #}
{% macro lineage_source(relation) -%}
        cells.mart,
        cells.row_key,
        cells.column_name,
        cells.source_column,
        cells.counts,
        cells.steps,
    {%- if relation == 'cells' %}
        case when cells.kind = 'figure' then cells.figure_id end as figure_id,
        case when cells.kind = 'formula' then cells.formula_id end as formula_id,
        case when cells.kind = 'document' then cells.document_id end as document_id,
    {%- else %}
        case
            when
                cells.measure like 'stated%'
                or (cells.measure like 'value%' and {{ relation }}.origin = 'stated')
                then {{ relation }}.figure_id
        end as figure_id,
        case
            when
                cells.measure like 'derived%'
                or (cells.measure like 'value%' and {{ relation }}.origin = 'derived')
                then {{ relation }}.formula_id
        end as formula_id,
        cast(null as string) as document_id,
    {%- endif %}
        {{ relation }}.region_code,
        {{ relation }}.sector,
        {{ relation }}.period
{%- endmacro %}

{# The sources that a model of mart_input_models() lists. #}
{% macro lineage_listed_sources(cells, observations) -%}
    {%- for mart, model in mart_input_models().items() %}
    union all
    select {{ lineage_source(observations) }}
    from {{ cells }}
    inner join {{ ref(model) }} as inputs
        on
            {{ cells }}.mart = '{{ mart }}'
            and {{ cells }}.source_column = inputs.column_name
            and {{ cells }}.row_key = {{ row_key(mart_key(mart_node(mart)), 'inputs') if execute else "''" }}
    inner join {{ observations }}
        on
            inputs.input_indicator = {{ observations }}.indicator
            and inputs.input_region_code = {{ observations }}.region_code
            and inputs.input_sector = {{ observations }}.sector
            and inputs.input_period = {{ observations }}.period
    where
        {{ cells }}.kind = 'listed'
        and {{ observations }}.region_scope = 'self'
        and {{ observations }}.status in ('actual', 'change')
    {%- endfor %}
{%- endmacro %}

{# What a cell is and of what it speaks. #}
{% macro lineage_input(origin, relation=none) -%}
        sources.mart,
        sources.row_key,
        sources.column_name,
        sources.source_column,
        case when sources.counts = '' then '{{ origin }}' else 'counted' end as origin
    {%- for column in ['indicator', 'region_code', 'sector', 'period'] -%}
        ,
        {{ relation ~ '.' ~ column if relation else 'cast(null as string) as ' ~ column }}
    {%- endfor -%}
{%- endmacro %}

{# The filled cells of a mart's numeric columns, but for keys, counts of nothing and what the warehouse says of itself. #}
{% macro numeric_cells(mart) -%}
    {%- set node = mart_node(mart) -%}
    {%- set key = mart_key(node) -%}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(ref(mart)) -%}
        {%- set meta = meta_of(node.columns[column.name]) -%}
        {%- if column.name not in key and is_numeric_type(column.data_type)
            and not (meta.get('lineage') or {}).get('warehouse') -%}
            {%- do names.append((column.name, ' <> 0' if meta.get('counts') else ' is not null')) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name, is_filled in names or [(key[0], ' is null')] -%}
        select
            '{{ node.alias }}' as mart,
            {{ row_key(key) }} as row_key,
            '{{ name }}' as column_name
        from {{ ref(mart) }}
        where {{ name }}{{ is_filled }}
        {% if not loop.last -%}
            union all
        {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# One row per mart that mart_names() lacks. #}
{% macro marts_out_of_list() -%}
    {%- set known = mart_names() + ['lineage', 'data_dictionary'] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.fqn[1] == 'marts' and node.name not in known -%}
        select
            '{{ node.name }}' as mart,
            'add it to macros/marts.sql' as row_key,
            '' as column_name
        union all
    {% endfor -%}
    select
        '' as mart,
        '' as row_key,
        '' as column_name
    where false
{%- endmacro %}

{# Whether a column of that type holds numbers, on any engine. #}
{% macro is_numeric_type(data_type) -%}
    {{ return(
        data_type | lower in ['tinyint', 'smallint', 'int', 'integer', 'bigint', 'hugeint', 'float', 'real', 'double']
        or (data_type | lower).startswith('decimal')
    ) }}
{%- endmacro %}
