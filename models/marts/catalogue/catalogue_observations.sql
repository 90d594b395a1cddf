{{ config(alias='observations', materialized='incremental') }}

with

observations as (
    select * from {{ ref('reconciled_observations') }}
    where {{ own_regions() }}
),

figures as (
    select * from {{ ref('stg_figures') }}
    where {{ own_regions() }}
),

known_documents as (
    select * from {{ ref('known_documents') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

periods as (
    select * from {{ ref('periods') }}
),

-- What is said of some alone is neither derived nor reconciled: the newest document speaks.
of_some as (
    select
        figures.*,
        units.base_unit_code,
        units.multiplier,
        periods.end_year,
        row_number() over (
            partition by
                figures.indicator,
                figures.region_code,
                figures.region_scope,
                figures.sector,
                {% for dimension in dimensions() -%}
                    {{ code_of('figures', dimension) }},
                {% endfor -%}
                figures.period,
                figures.status
            order by known_documents.published_on desc, figures.figure_id asc
        ) as newness
    from figures
    inner join known_documents
        on figures.document_id = known_documents.document_id
    inner join units
        on figures.unit_code = units.unit_code
    inner join periods
        on figures.period = periods.period
    where not ({{ is_of_all('figures') }})
),

everything as (
    select
        region_code,
        indicator,
        region_scope,
        sector,
        {% for dimension in dimensions() -%}
            'total' as {{ dimension }},
        {% endfor -%}
        year,
        period,
        status,
        unit_code,
        origin,
        figure_id,
        formula_id,
        document_id,
        value,
        value_low,
        value_high
    from observations
    union all
    select
        region_code,
        indicator,
        region_scope,
        sector,
        {% for dimension in dimensions() -%}
            {{ code_of('of_some', dimension) }} as {{ dimension }},
        {% endfor -%}
        end_year as year,
        period,
        status,
        base_unit_code as unit_code,
        'stated' as origin,
        figure_id,
        cast(null as string) as formula_id,
        document_id,
        {{ in_base_unit('value', 'multiplier') }} as value,
        {{ in_base_unit('value_low', 'multiplier') }} as value_low,
        {{ in_base_unit('value_high', 'multiplier') }} as value_high
    from of_some
    where newness = 1
)

select
    -- ids
    region_code,
    indicator,
    region_scope,
    sector,
    {% for dimension in dimensions() -%}
        {{ dimension }},
    {% endfor -%}
    year,
    period,
    status,
    unit_code,
    case when origin = 'stated' then figure_id end as figure_id,
    case when origin = 'derived' then formula_id end as formula_id,
    case when origin = 'stated' then document_id end as document_id,

    -- texts
    origin,

    -- numbers
    value,
    value_low,
    value_high
from everything
order by region_code, indicator, year, period
