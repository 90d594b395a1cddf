with

reviewed as (
    select mart, part, least_rows from staging.stg_expected_row_counts
),

counted as (
    {{ row_counts }}
)

select
    reviewed.mart,
    reviewed.part as row_key,
    coalesce(counted.row_count, 0) || ' rows, reviewed at least ' || reviewed.least_rows as found
from reviewed
-- Lineage beside a figure store is a view: it has the rows that its marts have.
anti join duckdb_views() as views
    on reviewed.mart = views.view_name and views.schema_name = 'main'
left join counted
    on reviewed.mart = counted.mart and reviewed.part = counted.part
where (coalesce(counted.row_count, 0) >= reviewed.least_rows) is not true
