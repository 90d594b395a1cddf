select
    'consistency_findings' as mart,
    'finding_id=' || acknowledged.finding_id as row_key,
    coalesce('verdict ' || findings.verdict, 'no such finding') as found
from staging.stg_acknowledged_findings as acknowledged
left join main.consistency_findings as findings
    on acknowledged.finding_id = findings.finding_id
where (findings.verdict = 'contradiction') is not true
