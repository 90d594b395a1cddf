/*
    What is tested: every filled numeric cell of every mart has a row in lineage, and every mart
    stands in mart_names(). Beside a figure store lineage is a view of a dozen rows for every
    figure; what this test asks is a matter of the models, which the seeds alone prove.
    When it matters: an analyst can't ask where a number comes from.
    How to resolve: say under config.meta of the column what its number comes from
    (macros/lineage.sql lists the ways), and add a new mart to macros/marts.sql.
*/
{{ config(enabled=var('figure_store', none) is none) }}

with

lineage as (
    select distinct
        mart,
        row_key,
        column_name
    from {{ ref('lineage') }}
),

-- A count of nothing goes back to nothing.
cells as (
    {% for mart in mart_names() -%}
        {{ numeric_cells(mart) if execute else 'select * from ' ~ ref(mart) }}
        union all
    {% endfor -%}
    {{ marts_out_of_list() if execute else "select null" }}
)

select cells.*
from cells
left join lineage
    on
        cells.mart = lineage.mart
        and cells.row_key = lineage.row_key
        and cells.column_name = lineage.column_name
where lineage.mart is null
