/*
    What is tested: every row of a mart that shows numbers shows at least one.
    When it matters: a row without a number looks like a zero or like a measured absence.
    How to resolve: mend the figure that has neither a value nor an end, or the mart's filter.
*/
{{ after_all_models() }}
{%- set branches = [] -%}
{%- for node in project_nodes(['model'], 'marts') -%}
    {%- set numbers = columns_with_numbers(node) -%}
    {%- if numbers -%}
        {%- do branches.append(
            "select '" ~ node.name ~ "' as relation, " ~ row_key(mart_key(node)) ~ " as row_key from "
            ~ node.relation_name ~ " where " ~ numbers | join(" is null and ") ~ " is null"
        ) -%}
    {%- endif -%}
{%- endfor -%}
{{ union_of(branches, ['relation', 'row_key']) }}
