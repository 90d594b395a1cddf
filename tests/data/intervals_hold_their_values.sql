/*
    What is tested: wherever a column has a lower and an upper end beside it (x, x_low, x_high),
    low <= value <= high; an empty end is unbounded.
    When it matters: a value outside its own interval makes every verdict drawn from it worthless.
    How to resolve: mend the figure's bounds, or the arithmetic of the model that is named.
*/
{{ after_all_models() }}
{%- set branches = [] -%}
{%- for node in project_nodes(['model']) -%}
    {%- for name in columns_with_ends(node) -%}
        {%- do branches.append(
            "select distinct '" ~ node.name ~ "' as relation, '" ~ name ~ "' as column_name from "
            ~ rows_to_judge(node) ~ " where (coalesce(" ~ name ~ "_low <= " ~ name
            ~ ", true) and coalesce(" ~ name ~ " <= " ~ name ~ "_high, true) and coalesce("
            ~ name ~ "_low <= " ~ name ~ "_high, true)) is not true"
        ) -%}
    {%- endfor -%}
{%- endfor -%}
{{ union_of(branches, ['relation', 'column_name']) }}
