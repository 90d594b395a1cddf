with

counted as (
    select
        document_id,
        count(distinct coalesce(cast(char_start as varchar), figure_id)) as figures,
        count(*) as statistics
    from main.figures
    group by document_id
)

select
    'number_accounting' as mart,
    'document_id=' || coalesce(accounting.document_id, counted.document_id) as row_key,
    concat_ws(
        ', ',
        'number_accounting ' || coalesce(accounting.figures, 0)
        || ' figures ' || coalesce(accounting.statistics, 0) || ' statistics',
        'figures ' || coalesce(counted.figures, 0)
        || ' figures ' || coalesce(counted.statistics, 0) || ' statistics'
    ) as found
from main.number_accounting as accounting
full join counted
    on accounting.document_id = counted.document_id
where
    (
        accounting.figures = coalesce(counted.figures, 0)
        and accounting.statistics = coalesce(counted.statistics, 0)
    ) is not true
