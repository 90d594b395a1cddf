{{ config(materialized='ephemeral') }}

select
    figures.figure_id,
    figures.document_id,
    figures.period_basis,
    coalesce(documents.document_number, '《' || documents.title_zh || '》') as document_name,
    '“' || {{ printed_words('figures.printed') }} || '”' as printed
from {{ ref('stg_figures') }} as figures
inner join {{ ref('stg_documents') }} as documents
    on figures.document_id = documents.document_id
where {{ near_regions('figures.region_code') }}
