select
    table_name as mart,
    table_name as row_key,
    coalesce(comment, 'no comment') as found
from duckdb_tables()
where
    database_name = current_database()
    and schema_name = 'main'
    and (comment like 'One row per _% ｜ _%') is not true
union all
select
    table_name as mart,
    column_name as row_key,
    coalesce(comment, 'no comment') as found
from duckdb_columns()
where
    database_name = current_database()
    and schema_name = 'main'
    and not internal
    and (comment like '_% ｜ _%') is not true
