{{ config(materialized='incremental') }}
{{ derived_values(level=2) }}
