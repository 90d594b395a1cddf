{{ config(materialized='incremental') }}
{% set stated -%}
    select * from {{ ref('stated_observations') }}
    where {{ near_changes() }}
{%- endset -%}
{{ chosen_observations(stated) }}
