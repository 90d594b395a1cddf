"""What a figure counts or measures: its indicator, its sector, its wording."""

import re
from typing import Final

from ingest.meaning.candidates import Case, Found, fits, named_between
from ingest.meaning.context import Context
from ingest.meaning.earlier import carried, earlier, of_other_stage, of_whole, repeats, turned
from ingest.meaning.events import Events, past_brackets
from ingest.meaning.lexicon import compositions, grammar, pattern, word_pattern
from ingest.meaning.measures import Measure
from ingest.meaning.sentences import DELIMITERS, FIGURE, PERIOD
from ingest.meaning.stated import Subject, stages_of_schools, subject_from
from ingest.meaning.wording import noun_behind, phrase_of, residual_of

_REACH: Final = 14
_GENERAL: Final = frozenset({"stage", "composed", "composed_far", "composed_inherited"})
_EDGES: Final = frozenset(DELIMITERS + FIGURE + PERIOD + "、的和与及在个所")
_AREA: Final = re.compile(r"(?:个)?(?:市|县|区|省|镇|乡|村|州|街道|社区)(?![级直属场])")
_AWARDS: Final = pattern(grammar("award"))
_BENEFITS: Final = grammar("benefits")
_JOINT: Final = re.compile(r"[、和与及]")


def subject_of(
    events: Events, figure: int, measure: Measure, unit: str, status: str, context: Context
) -> Subject:
    """The subject of one figure: words behind a counter, words in front, or the last head."""
    window, at = events.window(figure)
    start = _own_words(events, figure, past_brackets(events.sentence.clean, window, at), context)
    case = Case(measure, unit, status, context)
    if whole := of_whole(events, start, at, case):
        return whole
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
        or repeats(bare, case)
        or (measure.dimension == "price" and "：" in events.sentence.clean[:start])
        or _is_sector(bare, events, start, at)
        or events.sentence.clean.startswith(_BENEFITS, start)
    )
    if lent := turned(events, start, at, case) or of_other_stage(events, start, at, case):
        return lent
    if is_open and not noun_behind(events, figure, measure):
        if lent := earlier(events, figure, start, case) or carried(events, start, at, case):
            return lent
    if further := _further_behind(events, figure, case):
        return subject_from(further, events, start, case)._replace(strength="behind")
    return Subject("", "total", phrase_of(events, start, at, figure, measure), "unknown")


def _is_part(events: Events, found: Found, start: int) -> bool:
    """Whether an unknown word narrows a stage or a head: 职业初中 is no count of all 初中."""
    is_school = found.indicator in stages_of_schools()
    if found.strength not in _GENERAL and not (found.strength == "short_alias" and is_school):
        return False
    before = events.sentence.clean[found.start - 1 : found.start]
    if found.start <= start or before in _EDGES:
        return False
    ends = {word.end for word in events.words}
    ends |= {named.end for named in (*events.places, *events.aliases)}
    return found.start not in ends


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
    if won := _AWARDS.search(events.sentence.clean, start, end):
        end = won.start()
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
