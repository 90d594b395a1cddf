/*
    What is tested: every contradiction has been judged by a person, with the gap that it has now.
    When it matters: a new contradiction is a misprint, a misreading or news.
    How to resolve: mend the figure, or add the finding with its gap and an explanation in both
    languages to acknowledged_findings.csv.
*/

select
    finding_id,
    gap,
    sentence_en
from {{ ref('consistency_findings') }}
where verdict = 'contradiction' and is_acknowledged is not true
