with

stated as (
    select figure_id
    from main.figures
    where status in ('target', 'norm', 'price_cap', 'planned')
)

select
    'policy_targets' as mart,
    'target_id=' || coalesce(stated.figure_id, targets.target_id) as row_key,
    case
        when targets.target_id is null then 'not in policy_targets'
        else 'not in figures'
    end as found
from stated
full join main.policy_targets as targets
    on stated.figure_id = targets.target_id
where (stated.figure_id = targets.target_id) is not true
