{{ config(materialized='incremental') }}

with

expected_children as (
    select * from {{ ref('expected_children') }}
    where {{ own_regions() }}
),

birth_inputs as (
    select * from {{ ref('expected_birth_inputs') }}
    where {{ own_regions() }}
),

shares as (
    {% for stage, entry_age, ages in cohort_stages() -%}
        select
            '{{ stage }}' as stage,
            years_before
        from ({{ cohort_shares(entry_age, ages) }}) as shares_of_{{ stage }}
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
)

select distinct
    -- ids
    expected_children.region_code,
    expected_children.year,
    expected_children.scenario,
    expected_children.stage,
    birth_inputs.input_indicator,
    birth_inputs.input_region_code,
    birth_inputs.input_sector,
    birth_inputs.input_period
from expected_children
inner join shares
    on expected_children.stage = shares.stage
inner join birth_inputs
    on
        expected_children.region_code = birth_inputs.region_code
        and expected_children.scenario = birth_inputs.scenario
        and expected_children.year - shares.years_before = birth_inputs.birth_year
