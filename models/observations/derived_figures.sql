{{ config(materialized='incremental') }}

with

inputs as (
    select * from {{ ref('observation_inputs') }}
    where {{ near_changes() }}
),

{% for level in formula_levels() -%}
    figures_of_level_{{ level }} as (
        select
            formula_id,
            indicator,
            region_code,
            sector,
            period,
            input_figure_id,
            1 as depth
        from inputs
        where formula_level = {{ level }} and input_figure_id is not null
        {% for lower in range(1, level) -%}
            union all
            select
                inputs.formula_id,
                inputs.indicator,
                inputs.region_code,
                inputs.sector,
                inputs.period,
                figures_of_level_{{ lower }}.input_figure_id,
                figures_of_level_{{ lower }}.depth + 1 as depth
            from inputs
            inner join figures_of_level_{{ lower }}
                on
                    inputs.input_formula_id = figures_of_level_{{ lower }}.formula_id
                    and inputs.input_region_code = figures_of_level_{{ lower }}.region_code
                    and inputs.input_sector = figures_of_level_{{ lower }}.sector
                    and inputs.input_period = figures_of_level_{{ lower }}.period
            where
                inputs.formula_level = {{ level }}
                and inputs.input_level = {{ lower }}
        {% endfor -%}
    ),

{% endfor -%}
all_figures as (
    {% for level in formula_levels() -%}
        select * from figures_of_level_{{ level }}
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
)

-- A figure that goes in by several ways counts at the shortest.
select
    -- ids
    formula_id,
    indicator,
    region_code,
    sector,
    period,
    input_figure_id,

    -- numbers
    min(depth) as depth
from all_figures
group by formula_id, indicator, region_code, sector, period, input_figure_id
