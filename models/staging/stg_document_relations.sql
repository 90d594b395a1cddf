with

source as (
    select * from {{ ref('document_relations') }}
),

renamed as (
    select
        -- ids
        document_id,
        relation,
        related_title_zh,
        related_document_id,

        -- texts
        related_document_number,
        related_published_on,
        of_document_number
    from source
)

select * from renamed
