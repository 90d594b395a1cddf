-- Beside a figure store there are a dozen rows for every figure: they are worked out when asked for.
{{ config(materialized='table' if var('figure_store', none) is none else 'view') }}

with

specifications as (
    select * from (values
        {{ lineage_specification_rows(mart_names()) if execute else "('')" }}
    ) as ways ({{ lineage_specification_columns() | join(', ') }})
),

figures as (
    select * from {{ ref('stg_figures') }}
),

derived_figures as (
    select * from {{ ref('derived_figures') }}
),

observations as (
    select * from {{ ref('reconciled_observations') }}
),

periods as (
    select * from {{ ref('periods') }}
),

cells as (
    {% for mart in mart_names() -%}
        {{ lineage_cells(mart) if execute else 'select * from ' ~ ref(mart) }}
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
),

-- An observation under each name by which a row of a mart may call its period.
named_observations as (
    {{ lineage_observations('observations', 'periods') }}
),

sources as (
    select {{ lineage_source('observations') }}
    from cells
    inner join named_observations as observations
        on
            cells.indicator = observations.indicator
            and cells.region_code = observations.region_code
            and cells.region_scope = observations.region_scope
            and coalesce(cells.sector, observations.sector) = observations.sector
            and cells.period = observations.period_name
            and cells.period_kind = observations.period_kind
    where
        cells.kind = 'observation'
        and (
            cells.status_shown = observations.status
            or (cells.status_shown = '' and observations.status in ('actual', 'change'))
        )
    union all
    select {{ lineage_source('observations') }}
    from cells
    inner join observations
        on
            cells.indicator = observations.indicator
            and cells.measure = observations.origin
    where cells.kind = 'indicator'
    {{ lineage_listed_sources('cells', 'observations') }}
    union all
    select {{ lineage_source('cells') }}
    from cells
    where cells.kind in ('figure', 'formula', 'document')
),

ways_down as (
    select
        {{ lineage_input('stated', 'figures') }},
        cast(null as string) as formula_id,
        figures.document_id,
        figures.figure_id as input_figure_id,
        sources.steps as depth
    from sources
    inner join figures
        on sources.figure_id = figures.figure_id
    union all
    select
        {{ lineage_input('derived', 'derived_figures') }},
        derived_figures.formula_id,
        figures.document_id,
        figures.figure_id as input_figure_id,
        sources.steps + derived_figures.depth as depth
    from sources
    inner join derived_figures
        on
            sources.formula_id = derived_figures.formula_id
            and sources.region_code = derived_figures.region_code
            and sources.sector = derived_figures.sector
            and sources.period = derived_figures.period
    inner join figures
        on derived_figures.input_figure_id = figures.figure_id
    union all
    select
        {{ lineage_input('located') }},
        cast(null as string) as formula_id,
        sources.document_id,
        cast(null as string) as input_figure_id,
        sources.steps as depth
    from sources
    where sources.document_id is not null
),

numbered as (
    select
        *,
        cast(
            row_number() over (
                partition by mart, row_key, column_name
                order by
                    depth asc,
                    source_column asc,
                    formula_id asc nulls first,
                    document_id asc,
                    input_figure_id asc nulls first,
                    region_code asc nulls first,
                    sector asc nulls first,
                    period asc nulls first
            ) as bigint
        ) as input_number
    from ways_down
)

select
    -- ids
    mart,
    row_key,
    column_name,
    input_number,
    source_column,
    indicator,
    region_code,
    sector,
    period,
    formula_id,
    document_id,
    input_figure_id,

    -- texts
    origin,

    -- numbers
    depth
from numbered
order by mart asc, row_key asc, column_name asc, input_number asc
