{{ config(materialized='incremental') }}

with

{% for level in formula_levels() -%}
    term_values_level_{{ level }} as (
        {{ term_values(level) }}
    ),

    inputs_level_{{ level }} as (
        select
            term_values.*,
            {{ level }} as formula_level
        from term_values_level_{{ level }} as term_values
        inner join {{ ref('derived_observations') }} as derived
            on
                term_values.formula_id = derived.formula_id
                and term_values.region_code = derived.region_code
                and term_values.sector = derived.sector
                and term_values.period = derived.period
                and derived.formula_level = {{ level }}
        where {{ own_regions('derived.region_code') }}
    ),

{% endfor -%}
inputs as (
    {% for level in formula_levels() -%}
        select * from inputs_level_{{ level }}
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
)

select
    -- ids
    formula_id,
    indicator,
    region_code,
    sector,
    period,
    term_number,
    input_indicator,
    input_region_code,
    input_sector,
    input_period,
    input_figure_id,
    input_formula_id,

    -- texts
    role,

    -- numbers
    formula_level,
    input_level,
    coefficient,
    value as input_value,
    value_low as input_value_low,
    value_high as input_value_high
from inputs
