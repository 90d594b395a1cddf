/*
    What is tested: every row of acknowledged_findings is still a contradiction with that gap.
    When it matters: a judgement of what is no longer there would excuse what comes back.
    How to resolve: delete the row, or judge the finding anew.
*/

with

acknowledged_findings as (
    select * from {{ ref('stg_acknowledged_findings') }}
),

consistency_findings as (
    select * from {{ ref('consistency_findings') }}
    where is_acknowledged
)

select acknowledged_findings.finding_id
from acknowledged_findings
left join consistency_findings
    on acknowledged_findings.finding_id = consistency_findings.finding_id
where
    consistency_findings.finding_id is null
{% if var('as_of') is not none -%}
        -- what was judged may not have been known on that day
        and false
    {%- endif %}
