with

documents as (
    select * from {{ ref('stg_documents') }}
)

select * from documents
{% if var('as_of') is not none -%}
    where published_on <= cast('{{ var("as_of") }}' as date)
{%- endif %}
