/*
    What is tested: a figure or non-figure has both ends of its span or neither, in order; verified
    ones have a span; and two of them share no character unless they are the same number.
    When it matters: a character counted twice hides another number that nobody accounted for.
    How to resolve: correct char_start and char_end of the rows that are named.
*/

with

spans as (
    select
        document_id,
        char_start,
        char_end,
        printed,
        provenance = 'verified' as is_verified
    from {{ ref('stg_figures') }}
    where {{ only_changed() }}
    union all
    select
        document_id,
        char_start,
        char_end,
        printed,
        true as is_verified
    from {{ ref('stg_non_figures') }}
),

ordered as (
    select
        *,
        max(char_end) over (
            partition by document_id
            order by char_start asc, char_end asc
            rows between unbounded preceding and 1 preceding
        ) as reached,
        lag(char_start) over (
            partition by document_id order by char_start asc, char_end asc
        ) as char_start_before,
        lag(char_end) over (
            partition by document_id order by char_start asc, char_end asc
        ) as char_end_before
    from spans
    where char_start is not null
),

faults as (
    select
        document_id,
        char_start,
        printed,
        'half a span or none' as fault
    from spans
    where
        (char_start is null) <> (char_end is null)
        or (is_verified and char_start is null)
        or char_start >= char_end
    union all
    select
        document_id,
        char_start,
        printed,
        'shares characters with another number' as fault
    from ordered
    where
        char_start < reached
        and (char_start = char_start_before and char_end = char_end_before) is not true
)

select * from faults
