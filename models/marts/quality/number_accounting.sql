with

documents as (
    select * from {{ ref('known_documents') }}
),

figures as (
    select * from {{ ref('stg_figures') }}
),

non_figures as (
    select * from {{ ref('stg_non_figures') }}
),

-- One printed number may state several statistics; one without a place stands for itself.
figure_counts as (
    select
        document_id,
        count(distinct char_start) + count(*) filter (where char_start is null) as figures,
        count(*) as statistics
    from figures
    group by document_id
),

non_figure_counts as (
    select
        document_id,
        count(*) as non_figures,
        count(*) filter (where reason in ('date', 'period')) as dates_and_periods,
        count(*) filter (where reason = 'list_index') as list_indices,
        count(*) filter (
            where reason in ('document_number', 'proposal_number')
        ) as document_numbers,
        count(*) filter (
            where reason in ('name', 'slogan', 'quantity_in_name')
        ) as names_and_slogans
    from non_figures
    group by document_id
)

select
    -- ids
    documents.document_id,

    -- texts
    documents.title_zh,

    -- numbers
    documents.numbers_found as numbers,
    coalesce(figure_counts.figures, 0) as figures,
    coalesce(figure_counts.statistics, 0) as statistics,
    coalesce(non_figure_counts.non_figures, 0) as non_figures,
    coalesce(non_figure_counts.dates_and_periods, 0) as dates_and_periods,
    coalesce(non_figure_counts.list_indices, 0) as list_indices,
    coalesce(non_figure_counts.document_numbers, 0) as document_numbers,
    coalesce(non_figure_counts.names_and_slogans, 0) as names_and_slogans,
    documents.numbers_found
    - coalesce(figure_counts.figures, 0)
    - coalesce(non_figure_counts.non_figures, 0) as unaccounted
from documents
left join figure_counts
    on documents.document_id = figure_counts.document_id
left join non_figure_counts
    on documents.document_id = non_figure_counts.document_id
order by document_id
