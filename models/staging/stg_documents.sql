with

source as (
    {{ seed_and_store('documents') }}
),

renamed as (
    select
        -- ids
        document_id,
        region_code,

        -- texts
        title_zh,
        document_number,
        issuer,
        document_type,
        published_basis,
        text_sha256,
        reader,
        source_url,
        licence,

        -- numbers
        numbers_found,

        -- times
        published_on,
        effective_from,
        effective_to,
        retrieved_on
    from source
)

select * from renamed
