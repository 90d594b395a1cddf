/*
    What is tested: in every seed and model the columns of config.meta.primary_key are filled and
    no two rows share them, and every seed and model names such columns.
    Lineage beside a figure store is a view of a dozen rows for every figure, and is left out.
    When it matters: a doubled row is counted twice, and a row without a key is found by nobody.
    How to resolve: look at the rows with that key; mend the seed, or the join that doubled them.
*/
{{ after_all_models() }}
{%- set branches = [] -%}
{%- for node in project_nodes(['seed', 'model']) if node.config.materialized != 'view' -%}
    {%- set described = node if not node.name.startswith('stg_') else seed_of(node) -%}
    {%- set key = meta_of(described).get('primary_key') -%}
    {%- if not key -%}
        {%- do branches.append("select '" ~ node.name ~ "' as relation, 'names no primary_key' as fault") -%}
    {%- else -%}
        {%- do branches.append(
            "select '" ~ node.name ~ "' as relation, case when " ~ key | join(" is null or ")
            ~ " is null then 'a null in the key' else 'a key twice' end as fault from "
            ~ rows_to_judge(node) ~ " group by " ~ key | join(", ") ~ " having count(*) > 1 or "
            ~ key | join(" is null or ") ~ " is null"
        ) -%}
    {%- endif -%}
{%- endfor -%}
{{ union_of(branches, ['relation', 'fault']) }}
