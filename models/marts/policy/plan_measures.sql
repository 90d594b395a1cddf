with

measures as (
    select * from {{ ref('stg_measures') }}
),

measure_owners as (
    select * from {{ ref('stg_measure_owners') }}
),

documents as (
    select * from {{ ref('known_documents') }}
)

select
    -- ids
    measures.measure_id,
    measures.document_id,
    documents.region_code,
    coalesce(measure_owners.owner_number, 0) as owner_number,

    -- texts
    documents.title_zh as document_title_zh,
    measures.shortcoming_zh,
    measures.shortcoming_en,
    measures.measure_zh,
    measures.measure_en,
    measure_owners.responsible_unit_zh,

    -- numbers
    measures.measure_number,
    measures.step_number,
    measures.char_start,
    measures.char_end,

    -- times
    measures.due_period
from measures
inner join documents
    on measures.document_id = documents.document_id
left join measure_owners
    on measures.measure_id = measure_owners.measure_id
order by measure_id, owner_number
