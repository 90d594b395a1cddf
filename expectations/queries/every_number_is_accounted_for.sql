select
    'number_accounting' as mart,
    'document_id=' || document_id as row_key,
    concat_ws(
        ', ',
        'numbers ' || numbers,
        'figures ' || figures,
        'non_figures ' || non_figures,
        'unaccounted ' || unaccounted
    ) as found
from main.number_accounting
where (unaccounted = 0 and numbers = figures + non_figures) is not true
