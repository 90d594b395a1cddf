"""Of which stage of education a sentence tells, where the words at hand leave it open."""

from functools import lru_cache
from typing import Final

from ingest.meaning.context import Context
from ingest.meaning.events import Events, Named, Word
from ingest.meaning.lexicon import grammar, plain, vocabulary, word_pattern
from ingest.meaning.sentences import behind_last

_EDUCATION: Final = "教育"
_COMPULSORY: Final = frozenset({"primary", "lower_secondary"})
_OTHER_STAGES: Final = frozenset(grammar("stage_beside_compulsory"))
_PARTS: Final = (*grammar("opens_part"), "（", "(")
_stop: Final = behind_last("；;。")


def is_of_other_stage(events: Events, one: Named, context: Context) -> bool:
    """Whether a wording that names no stage stands where another is told of than its own.

    Under （二）小学 the 寄宿生 are not all in compulsory education; in 学前教育项目 a stage narrows
    the words into which it reaches.
    """
    clean, kept = events.sentence.clean, context.reference.indicators[one.code]
    reaches = clean.startswith(_EDUCATION, one.start)
    if kept.stage != "compulsory" and not reaches:
        return False
    stages = [word for _, word in events.namers if word.category == "stage"]
    if reaches and any(word.start < one.start < word.end for word in stages):
        return True
    if kept.stage != "compulsory":
        return False
    named = {vocabulary()[found[0]] for found in word_pattern().finditer(clean, one.start, one.end)}
    if any(category == "stage" for category, _ in named):
        return False
    told = [word.meaning for word in stages if word.start < one.start][-1:]
    told = told or [section.stage for section in context.inherited() if section.stage][:1]
    told = told or stage_of_title(context.header.title_zh)
    if not told or told[0] not in _OTHER_STAGES:
        return False
    return told[0] not in _COMPULSORY or kept.measure.family == "persons"


def whole_before(events: Events, before: list[Word], at: int) -> str:
    """The stage that a sentence is about, where its last ones only told parts of it.

    义务教育学校128所，其中小学105所、初中15所；在校学生… tells all pupils in compulsory education.
    """
    clean = events.sentence.clean
    part = _stop(clean, at)
    if not part or before[-1].start >= part:
        return ""
    wholes = [
        one
        for one in before
        if not any(clean.find(opens, _stop(clean, one.start), one.start) >= 0 for opens in _PARTS)
    ]
    return wholes[-1].meaning if wholes and wholes[-1] is not before[-1] else ""


@lru_cache(maxsize=1 << 8)
def stage_of_title(title: str) -> list[str]:
    """The one stage that a title names; none where it names several."""
    known = vocabulary()
    words = [known[match[0]] for match in word_pattern().finditer(plain(title))]
    stages = {meaning for category, meaning in words if category == "stage"}
    return [*stages] if len(stages) == 1 else []
