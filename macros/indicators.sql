{#
  A mart's columns say in its YAML which indicator they show (config.meta.indicator), in which
  sector (meta.sector; without one the mart has a row per sector) and which of its numbers
  (meta.measure: value, value_low, value_high, stated, derived, derived_low, derived_high).
  From that one place come the SQL of the column and its lineage.
#}

{# The columns of a mart that show an indicator: a list of (name, meta, data type). #}
{% macro indicator_specifications(mart) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ mart) -%}
        {%- if node is none -%}
            {{ exceptions.raise_compiler_error("indicator_columns: there is no mart '" ~ mart ~ "'") }}
        {%- endif -%}
        {%- for name, column in node.columns.items() -%}
            {%- set meta = column.get('config', {}).get('meta') or column.get('meta') or {} -%}
            {%- if meta.get('indicator') -%}
                {%- do found.append((name, meta, column.get('data_type'))) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if not found -%}
            {{ exceptions.raise_compiler_error(
                "indicator_columns: no column of mart '" ~ mart ~ "' names an indicator in its YAML"
            ) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The condition for the observations that a mart shows: no row of it comes of one that it hides. #}
{% macro shows_indicators(mart) -%}
    {%- set sectors = {} -%}
    {%- set statuses = ['actual', 'change'] -%}
    {%- for name, meta, data_type in indicator_specifications(mart) -%}
        {%- do sectors.setdefault(meta['indicator'], []).append(meta.get('sector', '')) -%}
        {%- if meta.get('status') and meta['status'] not in statuses -%}
            {%- do statuses.append(meta['status']) -%}
        {%- endif -%}
    {%- endfor -%}
    indicator in ('{{ sectors.keys() | join("', '") }}')
        and status in ('{{ statuses | join("', '") }}')
    {%- for indicator, shown in sectors.items() if '' not in shown %}
        and (indicator <> '{{ indicator }}' or sector in ('{{ shown | unique | join("', '") }}'))
    {%- endfor -%}
{%- endmacro %}

{# One aggregate per column of the mart that shows an indicator, in the column's data type. #}
{% macro indicator_columns(mart) -%}
    {%- for name, meta, data_type in indicator_specifications(mart) %}
    {{ in_data_type(
        "max(" ~ meta.get('measure', 'value') ~ ") filter (where " ~ indicator_condition(meta) ~ ")",
        data_type,
        meta.get('measure', 'value')
    ) }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The observations that one column shows. #}
{% macro indicator_condition(meta) -%}
    indicator = '{{ meta['indicator'] }}'
    {%- if meta.get('sector') %} and sector = '{{ meta['sector'] }}'{% endif %}
    {%- if meta.get('status') %} and status = '{{ meta['status'] }}'
    {%- else %} and status in ('actual', 'change')
    {%- endif -%}
{%- endmacro %}

{# A number in a column's data type: lower ends round down and upper ends up, so that the interval still holds the value. #}
{% macro in_data_type(expression, data_type, measure) -%}
    {%- if not data_type -%}
        {{ exceptions.raise_compiler_error("indicator_columns: a column that shows '" ~ measure ~ "' has no data_type in its YAML") }}
    {%- endif -%}
    {%- set scale = data_type.split(',')[1].rstrip(')') | int if ',' in data_type else 0 -%}
    {%- set shift = '1' ~ '0' * scale -%}
    {%- if measure.endswith('_low') -%}
        {{ in_short_decimals(
            'cast(floor({} * ' ~ shift ~ ') / ' ~ shift ~ ' as ' ~ data_type ~ ')',
            expression,
            scale
        ) }}
    {%- elif measure.endswith('_high') -%}
        {{ in_short_decimals(
            'cast(ceil({} * ' ~ shift ~ ') / ' ~ shift ~ ' as ' ~ data_type ~ ')',
            expression,
            scale
        ) }}
    {%- else -%}
        {{ in_short_decimals(
            'cast(round({}, ' ~ scale ~ ') as ' ~ data_type ~ ')', expression
        ) }}
    {%- endif -%}
{%- endmacro %}

{# The measured values for which a condition holds, numbered from the newest of an indicator and place. #}
{% macro newest_observations(condition) -%}
    select
        observations.*,
        row_number() over (
            partition by
                observations.indicator,
                observations.region_code,
                observations.region_scope,
                observations.sector
            order by
                periods.ends_on desc,
                observations.origin desc,
                periods.starts_on desc,
                observations.period asc
        ) as newness
    from {{ ref('reconciled_observations') }} as observations
    inner join {{ ref('periods') }} as periods
        on observations.period = periods.period
    where observations.status = 'actual' and {{ condition }}
{%- endmacro %}
