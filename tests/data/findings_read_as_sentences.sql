/*
    What is tested: every finding has a sentence in both languages, without a gap in it.
    When it matters: the sentence is sent to the office that wrote the document.
    How to resolve: see which piece is empty in finding_sentences.
*/

select
    finding_id,
    sentence_zh,
    sentence_en
from {{ ref('consistency_findings') }}
where
    (
        length(sentence_zh) > 20
        and length(sentence_en) > 20
        and sentence_zh not like '%，，%'
        and sentence_zh not like '%由，%'
        and sentence_en not like '%  %'
        and sentence_en not like '% , %'
    ) is not true
    and {{ only_changed() }}
