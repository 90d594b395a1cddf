"""What a figure counts or measures: its indicator, its sector, its wording."""

import re
from functools import cache
from typing import Final, NamedTuple

from ingest.meaning.candidates import Case, Found, changed, derived, fits, named_between
from ingest.meaning.context import Context, Head
from ingest.meaning.events import Events, past_brackets
from ingest.meaning.lexicon import compositions, word_pattern
from ingest.meaning.measures import Measure, agree
from ingest.meaning.sentences import DELIMITERS, FIGURE, PERIOD
from ingest.meaning.wording import noun_behind, phrase_of, residual_of

_REACH: Final = 14
_SECTOR_REACH: Final = 10
_GENERAL: Final = frozenset({"stage", "composed", "composed_far", "composed_inherited"})
_EDGES: Final = frozenset(DELIMITERS + FIGURE + PERIOD + "、的和与及在个所")
_AREA: Final = re.compile(r"(?:个)?(?:市|县|区|省|镇|乡|村|州|街道|社区)(?![级直属场])")
_JOINT: Final = re.compile(r"[、和与及]")


class Subject(NamedTuple):
    """What a figure states; strength names the evidence, for the confidence."""

    indicator: str
    sector: str
    subject_zh: str
    strength: str


def subject_of(
    events: Events, figure: int, measure: Measure, unit: str, status: str, context: Context
) -> Subject:
    """The subject of one figure: words behind a counter, words in front, or the last head."""
    window, at = events.window(figure)
    start = _own_words(events, figure, past_brackets(events.sentence.clean, window, at), context)
    case = Case(measure, unit, status, context)
    front = [
        one
        for one in named_between(events, start, at, context)
        if fits(one, case) and not _is_part(events, one, start)
    ]
    behind = _behind(events, figure, case)
    if behind and not (front and _touches(events, front[-1], at)):
        return subject_from(behind[0], events, start, case)
    if front and (_touches(events, front[-1], at) or not noun_behind(events, figure, measure)):
        return subject_from(_best(front, at), events, start, case)
    bare = residual_of(events, start, at)
    is_open = (
        not bare
        or _repeats(bare, case)
        or (measure.dimension == "price" and "：" in events.sentence.clean[:start])
        or _is_sector(bare, events, start, at)
    )
    if composed := _of_other_stage(events, start, at, case):
        return composed
    if is_open and not noun_behind(events, figure, measure):
        if earlier := _earlier(events, figure, start, case):
            return earlier
        if carried := _carried(events, start, at, case):
            return carried
    if further := _further_behind(events, figure, case):
        return subject_from(further, events, start, case)._replace(strength="behind")
    return Subject("", "total", phrase_of(events, start, at, figure, measure), "unknown")


def _is_part(events: Events, found: Found, start: int) -> bool:
    """Whether an unknown word narrows a stage or a head: 职业初中 is no count of all 初中."""
    is_school = found.indicator in _stages_of_schools()
    if found.strength not in _GENERAL and not (found.strength == "short_alias" and is_school):
        return False
    before = events.sentence.clean[found.start - 1 : found.start]
    if found.start <= start or before in _EDGES:
        return False
    ends = {word.end for word in events.words}
    ends |= {named.end for named in (*events.places, *events.aliases)}
    return found.start not in ends


def _repeats(words: str, case: Case) -> bool:
    """Whether these words are part of what an earlier figure of the unit stated: 资助9860人次."""
    return any(
        words in head.subject_zh and case.context.reference.measure(head.unit_code) == case.measure
        for head in case.context.heads
    )


def _touches(events: Events, found: Found, at: int) -> bool:
    between = events.sentence.clean[found.end : at]
    if "等" in between and "等指标" not in between:
        return False
    return not word_pattern().sub("", between).strip("的了")


def _own_words(events: Events, figure: int, start: int, context: Context) -> int:
    """Where the words of a figure begin: those that the figure before counts are not its own."""
    if not figure or events.sentence.figures[figure - 1].at + 1 != start:
        return start
    before = context.reference.measure(events.sentence.figures[figure - 1].mention.unit_code)
    if not noun_behind(events, figure - 1, before):
        return start
    at = events.sentence.figures[figure].at
    return max(
        [start, *(place.end() for place in _JOINT.finditer(events.sentence.clean, start, at))]
    )


def _earlier(events: Events, figure: int, start: int, case: Case) -> Subject | None:
    """What a clause before names that no figure has stated yet: 降低比例，到2025年控制在8%."""
    floor = events.sentence.figures[figure - 1].at + 1 if figure else 0
    found = [one for one in named_between(events, floor, start, case.context) if fits(one, case)]
    found = [one for one in found if one.strength != "stage"]
    if not found:
        return None
    return subject_from(found[-1], events, floor, case)._replace(strength="clause")


def _of_other_stage(events: Events, start: int, at: int, case: Case) -> Subject | None:
    """小学生均公用经费650元，初中850元: the last head, of the stage that stands here alone."""
    stages = [
        word for word in events.words if word.category == "stage" and start <= word.start < at
    ]
    heads = [word for word in events.words if word.category == "head" and word.end <= start]
    if not stages or not heads or residual_of(events, start, at) != stages[-1].words:
        return None
    code = compositions().get((heads[-1].meaning, stages[-1].meaning), "")
    found = Found(stages[-1].start, stages[-1].end, code, "total", stages[-1].words, "composed_far")
    return subject_from(found, events, start, case) if code and fits(found, case) else None


def _further_behind(events: Events, figure: int, case: Case) -> Found | None:
    """An indicator named further behind a share: 100%设立心理咨询室, 80%费用用于发放补贴."""
    if case.measure.dimension != "share":
        return None
    start, end = events.behind(figure)
    found = named_between(events, start, min(end, start + 2 * _REACH), case.context)
    return next((one for one in found if one.strength == "alias" and fits(one, case)), None)


def _of_service(events: Events, start: int, end: int) -> list[Found]:
    """326所学校全部开展课后服务 counts the schools with that service, not the schools."""
    words = [word for word in events.words if start <= word.start and word.end <= end]
    service = [word for word in words if word.meaning == "after_school"]
    schools = [word for word in words if word.meaning == "schools" or word.words.endswith("学校")]
    if not service or not schools or service[-1].end < schools[0].start:
        return []
    code = compositions()["schools", "after_school"]
    first, last = schools[0].start, service[-1].end
    return [Found(first, last, code, "total", events.sentence.clean[first:last], "composed")]


@cache
def _stages_of_schools() -> dict[str, str]:
    return {code: stage for (head, stage), code in compositions().items() if head == "schools"}


def _built(found: Found, events: Events, at: int) -> str | None:
    """What 新建 and 改善 make of a number of schools: those built, or nothing that we know.

    None where no such verb stands in front in the same clause.
    """
    stage = _stages_of_schools().get(found.indicator, "after_school")
    if stage == "after_school":
        return None
    clause = max(events.sentence.clean.rfind(mark, 0, at) for mark in "，；：") + 1
    verbs = {word.meaning for word in events.words if clause <= word.start < at}
    if "flow" in verbs:
        return compositions().get(("schools_built", stage), "")
    return "" if "improve" in verbs else None


def subject_from(found: Found, events: Events, start: int, case: Case) -> Subject:
    built = _built(found, events, max(found.start, start))
    if built is not None:
        found = found._replace(indicator=built) if built else found
    if built == "":
        return Subject("", "total", found.words, "unknown")
    kept = case.context.reference.indicators[found.indicator].measure
    if agree(case.measure, kept):
        code = changed(found.indicator, case)
    else:
        code = derived(found.indicator, found.words, case)
    sector = found.sector
    if sector == "total":
        sector = _sector_before(events, found.start, max(start, found.start - _SECTOR_REACH))
    return Subject(code, sector, found.words, found.strength if code else "unknown")


def _sector_before(events: Events, at: int, floor: int) -> str:
    """The sector whose word stands right in front of an indicator's."""
    clean = events.sentence.clean
    for word in reversed(events.words):
        if word.category == "sector" and floor <= word.start and word.end <= at:
            between = clean[word.end : at]
            if not between or not set(between) & set(DELIMITERS + FIGURE + "、"):
                return word.meaning
    return "total"


def _best(found: list[Found], at: int) -> Found:
    """The wording nearest to the figure; of two at one place the longer."""
    last = found[-1]
    for one in reversed(found[:-1]):
        longer = one.end > last.start and one.end - one.start > last.end - last.start
        says_more = one.strength == "alias" and last.strength == "stage"
        if longer or (says_more and one.end > last.start - 3):
            last = one
    return last


def _behind(events: Events, figure: int, case: Case) -> list[Found]:
    """Indicators that the words behind a counter name, the best first: 62个教育集团."""
    if not noun_behind(events, figure, case.measure):
        return []
    start, end = events.behind(figure)
    if _AREA.match(events.sentence.clean, start):
        return []
    near = named_between(events, start, min(end, start + 2 * _REACH), case.context)
    near += _of_service(events, start, end)
    fitting = [
        one
        for one in near
        if one.start - start <= _REACH and fits(one, case) and not _is_part(events, one, start)
    ]
    return sorted(fitting, key=lambda one: (one.start - start > 4, -(one.end - one.start)))


def _is_sector(words: str, events: Events, start: int, at: int) -> bool:
    """Whether nothing but a class of ownership is left: 其中公办221所."""
    kinds = {
        word.words
        for word in events.words
        if word.category == "sector" and start <= word.start < at
    }
    return words in kinds or words.removesuffix("园") in kinds


def _carried(events: Events, start: int, at: int, case: Case) -> Subject | None:
    """The head of an earlier figure: the last for a change or a share, else that of the unit."""
    clean = events.sentence.clean[start:at]
    context, measure = case.context, case.measure
    sector = _sector_before(events, at, start)
    for head in reversed(context.heads):
        if not head.indicator:
            if measure == context.reference.measure(head.unit_code):
                return Subject("", sector, head.subject_zh, "unknown")
            if case.status == "change":
                return Subject("", sector, head.subject_zh, "unknown")
            if measure.dimension in ("points", "share"):
                return None
            continue
        base = _base(head, context)
        found = Found(0, 0, base, head.sector, head.subject_zh, "carried")
        kept = context.reference.indicators[base].measure
        if agree(measure, kept):
            code = changed(base, case)
        else:
            words = head.subject_zh + ("占" if "占" in clean else "")
            code = derived(base, words, case)
        if code:
            chosen = sector if sector != "total" else head.sector
            return Subject(code, chosen, found.words, "carried")
        if measure.dimension in ("points",):
            return None
    return None


def _base(head: Head, context: Context) -> str:
    """The indicator whose change or growth a head states."""
    for suffix in ("_change", "_growth"):
        code = head.indicator.removesuffix(suffix)
        if code != head.indicator and code in context.reference.indicators:
            return code
    return head.indicator
