{{ config(materialized='incremental') }}

with

births as (
    select * from {{ ref('expected_births') }}
    where {{ own_regions() }}
),

{% for stage, entry_age, ages in cohort_stages() -%}
    {{ stage }}_shares as (
        {{ cohort_shares(entry_age, ages) }}
    ),

    {{ stage }}_autumns as (
        {{ cohort_autumns('births', entry_age) }}
    ),

    {{ stage }}_children as (
        {{ cohort_children('births', stage ~ '_autumns', stage ~ '_shares', ages + 1) }}
    ),

{% endfor -%}
stages as (
    {% for stage, entry_age, ages in cohort_stages() -%}
        select
            '{{ stage }}' as stage,
            *
        from {{ stage }}_children
        {% if not loop.last -%}
            union all
        {% endif %}
    {%- endfor %}
)

select
    -- ids
    region_code,
    year,
    scenario,
    stage,

    -- numbers
    cast(round(children) as bigint) as children,
    cast(floor(children_low) as bigint) as children_low,

    -- while births fall, as many ages count no more children later than they did earlier
    cast(
        ceil(
            case
                when stage = 'kindergarten' and earlier_years > 0
                    then least(children_high, observed_high)
                else children_high
            end
        ) as bigint
    ) as children_high
from stages
