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

derived_observations as (
    select * from {{ ref('derived_observations') }}
),

observations as (
    select * from {{ ref('observations') }}
    where status in ('actual', 'change') and region_scope = 'self'
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
    observations.figure_id as input_figure_id,

    -- texts
    term_values.role,

    -- numbers
    term_values.formula_level,
    term_values.input_level,
    term_values.coefficient
from term_values
inner join derived_observations
    on
        term_values.formula_id = derived_observations.formula_id
        and term_values.region_code = derived_observations.region_code
        and term_values.sector = derived_observations.sector
        and term_values.period = derived_observations.period
        and term_values.formula_level = derived_observations.formula_level
left join observations
    on
        term_values.input_level = 0
        and term_values.input_indicator = observations.indicator
        and term_values.input_region_code = observations.region_code
        and term_values.input_sector = observations.sector
        and term_values.input_period = observations.period
