/*
    What is tested: only staging reads seeds, staging reads nothing else, and no model outside the
    marts reads a mart.
    When it matters: a mart that reads a seed shows what no check has seen.
    How to resolve: read the staging model of the seed, or move what is shared to observations.
*/
{{ after_all_models() }}
{%- set branches = [] -%}
{%- for node in project_nodes(['model']) -%}
    {%- for read in node.depends_on.nodes -%}
        {%- set is_seed = read.startswith('seed.') -%}
        {%- set is_mart = not is_seed and graph.nodes[read].fqn[1] == 'marts' -%}
        {%- if is_seed != (node.fqn[1] == 'staging') or (is_mart and node.fqn[1] != 'marts') -%}
            {%- do branches.append(
                "select '" ~ node.name ~ "' as model, '" ~ read.split('.') | last ~ "' as reads"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endfor -%}
{{ union_of(branches, ['model', 'reads']) }}
