{{ config(materialized='incremental') }}
{% set stated -%}
    select * from {{ ref('stated_observations') }}
    where {{ own_regions() }}
{%- endset -%}
{{ chosen_observations(stated) }}
