with

described as (
    select * from (values
        {{ dictionary_rows(mart_names() + ['lineage']) if execute else "('')" }}
    ) as entries ({{ dictionary_columns() | join(', ') }})
),
{% for mart in mart_names() + ['lineage'] %}
-- depends_on: {{ ref(mart) }}
{%- endfor %}

indicators as (
    select * from {{ ref('stg_indicators') }}
)

select
    -- ids
    described.mart,
    described.column_name,
    nullif(described.indicator, '') as indicator,
    indicators.unit_code,

    -- texts
    described.topic,
    described.data_type,
    nullif(described.sector, '') as sector,
    nullif(described.measure, '') as measure,
    nullif(described.counts, '') as counts,
    described.description_en,
    described.description_zh,

    -- numbers
    described.position,
    nullif(described.key_position, 0) as key_position,

    -- booleans
    described.key_position > 0 as is_key,
    described.is_about_warehouse
from described
left join indicators
    on described.indicator = indicators.indicator
order by mart, position
