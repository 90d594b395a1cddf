/*
    What is tested: in every document each number is a figure or a non-figure.
    When it matters: a number that nobody accounted for may be the one that contradicts.
    How to resolve: run `xuewei verify`, which names the numbers, and add them to the seeds.
*/

select
    document_id,
    numbers,
    unaccounted
from {{ ref('number_accounting') }}
where (unaccounted = 0) is not true
