/* A mart that no one has reviewed stands here too. */
with

reviewed as (
    select mart, part, most_rows from staging.stg_expected_row_counts
),

counted as (
    {{ row_counts }}
)

select
    counted.mart,
    counted.part as row_key,
    counted.row_count || ' rows, reviewed at most ' || coalesce(cast(most_rows as varchar), 'none')
        as found
from counted
left join reviewed
    on counted.mart = reviewed.mart and counted.part = reviewed.part
where
    counted.mart not in ({{ exempt_marts }})
    and (counted.row_count <= reviewed.most_rows) is not true
