{#
  Long queries on Spark. Its planner writes every CTE out wherever it is read, so that a query of
  twenty CTEs becomes a plan of thousands. A CTE that would become long in this way is kept as a
  table of its own while the model is built; the model's SQL stays as it is.
#}

{% materialization table, adapter='spark' %}
    {{ return({'relations': [table_in_steps()]}) }}
{% endmaterialization %}

{# What DuckDB adds to, Spark builds whole: a part of a table can't be replaced in Parquet. #}
{% materialization incremental, adapter='spark' %}
    {%- if is_incremental() -%}
        {{ exceptions.raise_compiler_error(model.name ~ ": on Spark every table is built whole; add --full-refresh") }}
    {%- endif -%}
    {{ return({'relations': [table_in_steps()]}) }}
{% endmaterialization %}

{# Builds the model's table anew and gives its relation. #}
{% macro table_in_steps() -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set old_relation = adapter.get_relation(database=database, schema=schema, identifier=model.alias) -%}

    {{ run_hooks(pre_hooks) }}
    {%- set kept = [] -%}
    {%- set query = kept_in_steps(compiled_code, target_relation, kept) -%}
    {%- if old_relation and not (old_relation.is_delta or old_relation.is_iceberg) -%}
        {%- do adapter.drop_relation(old_relation) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ create_table_as(false, target_relation, query) }}
    {%- endcall -%}
    {%- for step in kept -%}
        {%- do run_query('drop table ' ~ step) -%}
    {%- endfor -%}
    {%- do persist_docs(target_relation, model) -%}
    {{ run_hooks(post_hooks) }}
    {{ return(target_relation) }}
{%- endmacro %}

{# Keeps the long CTEs of a query as tables, adds those to a list, and gives the query that reads them. #}
{% macro kept_in_steps(query, relation, kept) -%}
    {%- set ctes, ending = parts_of_query(query) -%}
    {%- set sizes, bodies = {}, {} -%}
    {%- for name, body in ctes -%}
        {%- set read = names_read(body, bodies) -%}
        {%- set size = [body | length] -%}
        {%- for other in read -%}
            {%- do size.append(sizes[other]) -%}
        {%- endfor -%}
        {%- do sizes.update({name: size | sum}) -%}
        {%- do bodies.update({name: body}) -%}
        {%- set uses = [] -%}
        {%- for _, later in ctes[loop.index:] + [('', ending)] -%}
            {%- do uses.extend(names_read(later, {name: body})) -%}
        {%- endfor -%}
        {%- if sizes[name] > 12000 or (uses | length > 1 and sizes[name] > 2500) -%}
            {%- set step = relation.incorporate(path={'identifier': relation.identifier ~ '__' ~ name}) -%}
            {%- do run_query('drop table if exists ' ~ step) -%}
            {%- do run_query(
                'create table ' ~ step ~ ' using parquet as '
                ~ query_of(bodies, 'select * from ' ~ name)
            ) -%}
            {%- do kept.append(step) -%}
            {%- do bodies.update({name: 'select * from ' ~ step}) -%}
            {%- do sizes.update({name: 100}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(query_of(bodies, ending)) }}
{%- endmacro %}

{# A query's CTEs as (name, body) pairs, and what follows them. #}
{% macro parts_of_query(query) -%}
    {%- set at = namespace(depth=0, opened=0, closed=0, done=false) -%}
    {%- set ctes = [] -%}
    {%- set beginning = modules.re.match('(?:\\s|--[^\\n]*\\n)*with\\b', query) -%}
    {%- if beginning -%}
        {%- set at.closed = beginning.end() -%}
        {%- set pieces = "'(?:[^'\\\\]|\\\\.|'')*'|--[^\\n]*|/\\*[\\s\\S]*?\\*/|[()]" -%}
        {%- for piece in modules.re.finditer(pieces, query) if not at.done -%}
            {%- if piece.group() == '(' -%}
                {%- if at.depth == 0 -%}
                    {%- set at.opened = piece.end() -%}
                {%- endif -%}
                {%- set at.depth = at.depth + 1 -%}
            {%- elif piece.group() == ')' -%}
                {%- set at.depth = at.depth - 1 -%}
                {%- if at.depth == 0 -%}
                    {%- set header = modules.re.fullmatch(
                        '(?:[\\s,]|--[^\\n]*\\n)*(\\w+)\\s+as\\s*\\(', query[at.closed:at.opened]
                    ) -%}
                    {%- if header -%}
                        {%- do ctes.append((header.group(1), query[at.opened:piece.start()])) -%}
                        {%- set at.closed = piece.end() -%}
                    {%- else -%}
                        {%- set at.done = true -%}
                    {%- endif -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return((ctes, query[at.closed:])) }}
{%- endmacro %}

{# The given names that a query reads, as often as it reads them. #}
{% macro names_read(query, names) -%}
    {%- set found = [] -%}
    {%- for name in modules.re.findall('\\b(?:from|join)\\s+(\\w+)\\b(?![.`])', query) if name in names -%}
        {%- do found.append(name) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# A query of those CTEs that its ending reads, directly or through others. #}
{% macro query_of(bodies, ending) -%}
    {%- set needed = names_read(ending, bodies) -%}
    {%- set found = [] -%}
    {%- for name in bodies.keys() | list | reverse if name in needed -%}
        {%- do needed.extend(names_read(bodies[name], bodies)) -%}
        {%- do found.append(name ~ ' as (' ~ bodies[name] ~ ')') -%}
    {%- endfor -%}
    {{ return(('with ' ~ found | reverse | join(', ') ~ ' ' if found else '') ~ ending) }}
{%- endmacro %}
