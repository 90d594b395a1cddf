{# All Parquet partitions below a folder, without the columns that the names of folders give. #}
{% macro stored_table(folder) -%}
    {{ return(adapter.dispatch('stored_table', 'xuewei')(folder)) }}
{%- endmacro %}

{% macro default__stored_table(folder) -%}
    parquet.`{{ folder }}`
{%- endmacro %}

{% macro duckdb__stored_table(folder) -%}
    read_parquet('{{ folder }}/*/*/*.parquet', hive_partitioning = false)
{%- endmacro %}
