with

term_values as (
    {% for level in formula_levels() -%}
        select
            *,
            {{ level }} as formula_level
        from {{ ref('term_values_level_' ~ level) }}
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
),

terms as (
    select * from {{ ref('resolved_terms') }}
),

derived_observations as (
    select * from {{ ref('derived_observations') }}
)

select
    -- ids
    term_values.formula_id,
    term_values.indicator,
    term_values.region_code,
    term_values.sector,
    term_values.period,
    term_values.term_number,
    term_values.input_indicator,
    term_values.input_region_code,
    term_values.input_sector,
    term_values.input_period,
    term_values.input_figure_id,
    term_values.input_formula_id,

    -- texts
    terms.role,

    -- numbers
    term_values.formula_level,
    term_values.input_level,
    terms.coefficient,
    term_values.value as input_value,
    term_values.value_low as input_value_low,
    term_values.value_high as input_value_high
from term_values
inner join terms
    on
        term_values.formula_id = terms.formula_id
        and term_values.term_number = terms.term_number
        and term_values.sector = terms.result_sector
inner join derived_observations
    on
        term_values.formula_id = derived_observations.formula_id
        and term_values.region_code = derived_observations.region_code
        and term_values.sector = derived_observations.sector
        and term_values.period = derived_observations.period
        and term_values.formula_level = derived_observations.formula_level
