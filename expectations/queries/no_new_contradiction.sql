select
    'consistency_findings' as mart,
    'finding_id=' || finding_id as row_key,
    concat_ws(', ', 'stated ' || stated, 'derived ' || derived, 'gap ' || gap) as found
from main.consistency_findings
where (verdict <> 'contradiction' or is_acknowledged) is not true
