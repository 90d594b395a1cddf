{{ config(alias='documents', post_hook="{{ documents_as_of(this) }}") }}

with

documents as (
    select * from {{ ref('known_documents') }}
),

figures as (
    select * from {{ ref('stg_figures') }}
),

relations as (
    select * from {{ ref('stg_document_relations') }}
),

figure_counts as (
    select
        document_id,
        count(*) as figures
    from figures
    group by document_id
),

relation_counts as (
    select
        document_id,
        count(*) as related_documents
    from relations
    group by document_id
)

select
    -- ids
    documents.document_id,
    documents.region_code,

    -- texts
    documents.title_zh,
    documents.document_number,
    documents.issuer,
    documents.document_type,
    documents.published_basis,
    documents.reader,
    documents.text_sha256,
    documents.source_url,
    documents.licence,

    -- numbers
    coalesce(figure_counts.figures, 0) as figures,
    coalesce(relation_counts.related_documents, 0) as related_documents,

    -- times
    documents.published_on,
    documents.effective_from,
    documents.effective_to,
    documents.retrieved_on
from documents
left join figure_counts
    on documents.document_id = figure_counts.document_id
left join relation_counts
    on documents.document_id = relation_counts.document_id
order by document_id
