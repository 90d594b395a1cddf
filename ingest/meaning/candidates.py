"""What the words around a figure can name: wordings of indicators, and whether the unit fits."""

from typing import Final, NamedTuple

from ingest.meaning.context import Context
from ingest.meaning.events import Events, Named, Word
from ingest.meaning.lexicon import compositions, grammar
from ingest.meaning.measures import Measure, agree
from ingest.meaning.reference import Indicator
from ingest.meaning.sentences import DELIMITERS, FIGURE, PERIOD, behind_last, clause_start
from ingest.meaning.stages import is_of_other_stage, stage_of_title, whole_before

_SHARE_WORDS: Final = grammar("share")
_ADJACENT: Final = frozenset({"teachers", "pupils"})
"""Heads that name all of a stage only where they are joined to it."""

_SERVICES: Final = frozenset({"after_school"})
_PUPILS: Final = frozenset(grammar("bare_pupils"))
_AVERAGES: Final = frozenset({"生均", "人均", "户均", "校均", "班均"})
_PUPILS_GO_ON: Final = frozenset("均师源活命")
_VERBS: Final = frozenset({"flow", "improve", "planned"})
_OF_SENTENCE: Final = frozenset({"new_places"})
"""Heads of any stage that take the only one that their sentence names."""

_SCHOOL_STAGES: Final = frozenset(
    {"preschool", "primary", "lower_secondary", "general_senior_secondary", "secondary_vocational"}
)
_WHOLE: Final = frozenset({"enrolment", "pupils"})
_SOME_PUPILS: Final = frozenset({"migrant_children", "left_behind_children"})
_KINDS_ALONE: Final = frozenset(grammar("school_kind_alone"))
_KINDS: Final = grammar("school_kind")
"""初级中学 are all lower secondary schools only where no 九年一贯制学校 stand beside them."""

_part_start: Final = behind_last(DELIMITERS + FIGURE)


class Case(NamedTuple):
    """What the unit and the status of a figure ask of its indicator."""

    measure: Measure
    unit: str
    status: str
    context: Context


class Found(NamedTuple):
    """A wording that can name an indicator; strength is the kind of evidence."""

    start: int
    end: int
    indicator: str
    sector: str
    words: str
    strength: str


def named_between(events: Events, start: int, end: int, context: Context) -> list[Found]:
    """Everything between two places that can name an indicator, in order."""
    if start >= end or not (events.aliases or events.namers):
        return []
    clean = events.sentence.clean
    found = [
        Found(one.start, one.end, one.code, one.sector, clean[one.start : one.end], _alias(one))
        for one in events.aliases
        if start <= one.start
        and one.end <= end
        and _is_whole(events, one)
        and not is_of_other_stage(events, one, context)
    ]
    for at, word in events.namers:
        if start <= word.start and word.end <= end:
            found += _composed(events, at, word, (start, end), context)
    return sorted(found) if len(found) > 1 else found


def _is_whole(events: Events, one: Named) -> bool:
    """Whether a wording stands alone: no 生均 in front, and of 小学生 none that are aided."""
    clean = events.sentence.clean
    if clean[max(0, one.start - 2) : one.start] in _AVERAGES:
        return False
    if clean[one.start : one.end] not in _PUPILS:
        return True
    if clean[one.end : one.end + 1] in _PUPILS_GO_ON:
        return False
    clause = clause_start(clean, one.start)
    return not any(
        word.meaning in _VERBS and clause <= word.start < one.start for word in events.words
    )


def _alias(one: Named) -> str:
    return "alias" if one.end - one.start > 3 else "short_alias"


def _composed(
    events: Events, at: int, word: Word, place: tuple[int, int], context: Context
) -> list[Found]:
    """在校生 in the company of 小学: indicators of a head and the stage nearest to it."""
    table, clean = compositions(), events.sentence.clean
    if word.category == "stage":
        code = table.get(("schools", word.meaning)) or table.get(("enrolment", word.meaning))
        if word.words in _KINDS_ALONE and any(kind in clean for kind in _KINDS):
            code = ""
        return [Found(word.start, word.end, code, "total", word.words, "stage")] if code else []
    start, end = place
    if at and word.meaning in _WHOLE and _narrowed(events.words[at - 1], word):
        return []
    behind = [
        one
        for one in events.words[at + 1 :]
        if one.category == "stage" and one.end <= end and not clean[one.end : end].strip(PERIOD)
    ]
    if behind and word.meaning not in _ADJACENT:
        stages, strength = [behind[0].meaning], "composed"
    elif word.meaning in _ADJACENT:
        stages, strength = _of_adjacent(events, at, word, start, context), "composed"
    else:
        stages, strength = _near_stages(events, at, word, start, context)
    code = next((table[word.meaning, one] for one in stages if (word.meaning, one) in table), "")
    # Places in higher education are no new school places, though those have no stage of their own.
    is_beside = strength == "composed" and stages[:1] == ["higher"] and word.meaning in _OF_SENTENCE
    of_any = table.get((word.meaning, "*"), "")
    if of_any and code in ("", of_any) and not is_beside:
        code, strength = of_any, "alias"
    return [Found(word.start, word.end, code, "total", word.words, strength)] if code else []


def _near_stages(
    events: Events, at: int, word: Word, start: int, context: Context
) -> tuple[list[str], str]:
    """The stages that a head can be of, the nearest first, and how strong that evidence is."""
    before = [one for one in events.words[:at] if _tells_stage(one, events, start)]
    ahead = [one for one in events.words[at + 1 : at + 2] if one.category == "stage"]
    if before and before[-1].start >= start:
        return [before[-1].meaning], "composed"
    if (word.meaning, "*") in compositions():
        alone = {one.meaning for one in before} if word.meaning in _OF_SENTENCE else set()
        if alone:
            return ([*alone] if len(alone) == 1 else []), "composed_far"
        if word.meaning in _OF_SENTENCE and (told := _told_stages(word.meaning, context)):
            return told, "composed_inherited"
        inherited = [section.stage for section in context.inherited() if section.stage]
        if before and (word.meaning, before[-1].meaning) in compositions():
            inherited.insert(0, before[-1].meaning)
        return inherited or stage_of_title(context.header.title_zh), "composed_inherited"
    if before:
        if whole := whole_before(events, before, word.start):
            return [whole], "composed_far"
        named = [one.meaning for one in reversed(before)]
        return named + _stages(context, of_all=False), "composed_far"
    following = {one.meaning for _, one in events.namers if one.start > word.end}
    if len(following & _SCHOOL_STAGES) > 1 and not ahead:
        return ["all"], "composed_inherited"
    if ahead and ahead[0].start - word.end < 2:
        return [ahead[0].meaning], "composed"
    level = bool(at) and events.words[at - 1].category == "level"
    of_all = level and events.words[at - 1].end == word.start
    return _stages(context, of_all=of_all), "composed_inherited"


def _narrowed(before: Word, word: Word) -> bool:
    """Whether the head in front says which pupils are meant: 随迁子女在校生."""
    return before.end == word.start and before.meaning in _SOME_PUPILS


def _told_stages(meaning: str, context: Context) -> list[str]:
    """The one stage of which the figures under the same head have told in this paragraph."""
    told = {head.indicator for head in context.heads}
    stages = {
        stage
        for (word, stage), code in compositions().items()
        if word == meaning and code in told and stage != "*"
    }
    return [*stages] if len(stages) == 1 else []


def _tells_stage(word: Word, events: Events, start: int) -> bool:
    """Whether a stage is spoken of: in 占各级各类学校总数的26% it is only what is divided."""
    if word.category != "stage" or word.start >= start:
        return word.category == "stage"
    clean = events.sentence.clean
    clause = _part_start(clean, word.start)
    return "占" not in clean[clause : word.start]


def _of_adjacent(events: Events, at: int, word: Word, start: int, context: Context) -> list[str]:
    """The stage that is joined to 教师 or 学生 in front of a figure, or the service they serve.

    小学教师 are all there are only where they are not hired, trained or aided.
    """
    clean = events.sentence.clean
    before = events.words[at - 1] if at else None
    is_joined = before is not None and before.end == word.start and before.category == "stage"
    if before and is_joined and clean[start - 1 : start] != FIGURE:
        clause = clause_start(clean, word.start)
        near = [one.meaning for one in events.words[:at] if one.start >= clause]
        return [] if _VERBS.intersection(near) else [before.meaning]
    named = [one.meaning for one in events.words[:at] if one.category == "stage"]
    return [one for one in (*named, *_stages(context, of_all=False)) if one in _SERVICES]


def _stages(context: Context, *, of_all: bool) -> list[str]:
    """The stages of a paragraph, then of its sections; of 全市 in front of several, all of them."""
    told = list(dict.fromkeys(context.stages))
    if told and of_all and len(told) > 1:
        return ["all"]
    of_sections = [section.stage for section in context.inherited() if section.stage]
    return told[:1] + of_sections + stage_of_title(context.header.title_zh)


def fits(found: Found, case: Case) -> bool:
    """Whether the printed unit can state this indicator, its change, its growth or its share."""
    indicator = case.context.reference.indicators.get(found.indicator)
    if indicator is None:
        return False
    grows = case.status == "change" and case.measure.dimension == "share"
    if found.strength == "stage" and (case.measure.family == "things" or grows):
        return False
    if agree(case.measure, indicator.measure) or is_per_pupil(found.words, indicator, case):
        return True
    return bool(derived(found.indicator, found.words, case))


def is_per_pupil(words: str, kept: Indicator, case: Case) -> bool:
    """Whether 生均 makes of a sum in 元 what an indicator keeps in 元/生·年."""
    says = "生均" in words or "公用经费" in words
    return case.unit == "元" and says and kept.unit_code.startswith("元/生·年")


def derived(indicator: str, words: str, case: Case) -> str:
    """The change, growth or share of an indicator that the unit asks for, or empty."""
    known, measure = case.context.reference.indicators, case.measure
    kept = known[indicator].measure
    if measure.dimension == "points" and kept.dimension == "share":
        if case.status == "actual":
            return ""
        return f"{indicator}_change" if f"{indicator}_change" in known else ""
    if measure.dimension == "count" and kept.dimension == "share":
        code = indicator.removesuffix("_share")
        return code if code != indicator and code in known and measure.family != "persons" else ""
    if measure.family == "attendances" and kept.family == "persons":
        return f"{indicator}_attendances" if f"{indicator}_attendances" in known else ""
    if measure.dimension == "share" and kept.dimension in ("count", "money"):
        suffix = "growth" if case.status == "change" else "share"
        code = f"{indicator}_{suffix}"
        if suffix == "share" and not words.endswith(_SHARE_WORDS):
            return ""
        return code if code in known else ""
    return ""


def changed(indicator: str, case: Case) -> str:
    """The indicator that a change of this one is, where its unit is the same."""
    if case.status == "change" and case.measure.dimension in ("count", "money", "price"):
        code = f"{indicator}_change"
        return code if code in case.context.reference.indicators else ""
    return indicator
