{{ config(materialized='incremental') }}

with

inputs as (
    select * from {{ ref('observation_inputs') }}
    where {{ wider_regions() }}
),

-- What a result reads, and what that is derived from, down to what is printed.
read_in_1_step as (
    select
        formula_id,
        indicator,
        region_code,
        sector,
        period,
        input_figure_id,
        input_formula_id,
        input_region_code,
        input_sector,
        input_period
    from inputs
    where {{ own_regions() }}
),

{% for step in formula_levels()[1:] -%}
    read_in_{{ step }}_steps as (
        select
            results.formula_id,
            results.indicator,
            results.region_code,
            results.sector,
            results.period,
            inputs.input_figure_id,
            inputs.input_formula_id,
            inputs.input_region_code,
            inputs.input_sector,
            inputs.input_period
        from read_in_{{ step - 1 }}_step{{ 's' if step > 2 }} as results
        inner join inputs
            on
                results.input_formula_id = inputs.formula_id
                and results.input_region_code = inputs.region_code
                and results.input_sector = inputs.sector
                and results.input_period = inputs.period
    ),

{% endfor -%}
all_figures as (
    {% for step in formula_levels() -%}
        select
            *,
            {{ step }} as depth
        from read_in_{{ step }}_step{{ 's' if step > 1 }}
        where input_figure_id is not null
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
