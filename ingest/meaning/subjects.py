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
_NAMED: Final = frozenset({"alias", "short_alias"})
_BARE: Final = frozenset({"stage", "short_alias"})
_GENERAL: Final = frozenset({"stage", "composed", "composed_far", "composed_inherited"})
_EDGES: Final = frozenset(DELIMITERS + FIGURE + PERIOD + "、的和与及在个所")
_AREA: Final = re.compile(r"(?:个)?(?:市|县|区|省|镇|乡|村|州|街道|社区)(?![级直属场])")
_AWARDS: Final = pattern(grammar("award"))
_BENEFITS: Final = grammar("benefits")
_JOINT: Final = re.compile(r"[、和与及]")
_BOUNDED: Final = re.compile(r"\d\s*[人名](?:[及含]?以[上下])?的$")
"""What narrows a count to some: 超过45人的班级."""

_RANKED: Final = re.compile(r"[级星等](?:及?以上)?的?$|示范性?$|重点$|优质$|特色$")
"""What narrows schools to those of a rank: 省一级以上普通高中."""

_LONGEST_FRONT: Final = 4
_DOES: Final = frozenset({"flow", "improve"})
_CLAUSE_END: Final = re.compile("[，。；：]")
_ACQUIRED: Final = pattern(grammar("acquire"))
_NARROWS: Final = grammar("narrows")
_YEARS: Final = re.compile(r"[十二三四五六七八九]年$")
_RATIO_OF: Final = ("的比例", "的比重", "比例", "比重")
_SUBSIDY: Final = re.compile(f"(?:{'|'.join(grammar('subsidises'))})")
_OPENS_PART: Final = grammar("opens_part")
_EXTENDS: Final = frozenset(grammar("extends"))
_LACKS: Final = pattern(grammar("lacks"))
_JOINED: Final = re.compile(r"[、和与及](?=[\u4e00-\u9fff])")
_PREDICATE: Final = re.compile(r"[\u4e00-\u9fff]{2}")


def subject_of(
    events: Events, figure: int, measure: Measure, unit: str, status: str, context: Context
) -> Subject:
    """The subject of one figure: words behind a counter, words in front, or the last head."""
    window, at = events.window(figure)
    start = _own_words(events, figure, past_brackets(events.sentence.clean, window, at), context)
    case = Case(measure, unit, status, context)
    if whole := of_whole(events, start, at, case):
        return whole
    named = named_between(events, start, at, context)
    front = [
        one
        for one in [*_parted(events, figure, start, context), *named]
        if fits(one, case)
        and not _is_part(events, one, start)
        and not _is_other(events, one, (start, at), case)
    ]
    has_noun = noun_behind(events, figure, measure)
    behind = _behind(events, figure, case) if has_noun else []
    if behind and not (front and _touches(events, front[-1], at)):
        return subject_from(behind[0], events, start, case)
    if front and (not has_noun or _touches(events, front[-1], at)):
        return subject_from(_best(front, at), events, start, case)
    if measure.dimension == "price" and _SUBSIDY.match(events.sentence.clean, at + 1):
        return Subject("", "total", phrase_of(events, start, at, figure, measure), "unknown")
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
    if is_open and not has_noun:
        if lent := earlier(events, figure, start, case) or carried(events, start, at, case):
            return lent
    if further := _further_behind(events, figure, case):
        return subject_from(further, events, start, case)._replace(strength="behind")
    return Subject("", "total", phrase_of(events, start, at, figure, measure), "unknown")


def _parted(events: Events, figure: int, start: int, context: Context) -> list[Found]:
    """占一般公共预算支出487.6亿元的比例为17.5%: the words in front of the figure before."""
    clean = events.sentence.clean
    if not figure or not clean.startswith(_RATIO_OF, start):
        return []
    first, last = events.window(figure - 1)
    return [
        one._replace(start=start, end=start + 1)
        for one in named_between(events, first, last, context)
        if clean[one.start] == "占"
    ]


def _is_part(events: Events, found: Found, start: int) -> bool:
    """Whether an unknown word narrows a stage or a head: 职业初中 is no count of all 初中."""
    is_school = found.indicator in stages_of_schools()
    if found.strength not in _GENERAL and not (found.strength == "short_alias" and is_school):
        return False
    before = events.sentence.clean[found.start - 1 : found.start]
    if is_school and found.strength in _BARE and _runs_on(events, found, start):
        return True
    if _BOUNDED.search(events.sentence.clean, 0, found.start):
        return True
    if _RANKED.search(events.sentence.clean, start, found.start) or _is_joined(events, found):
        return True
    if found.start <= start or before in _EDGES:
        return False
    ends = {word.end for word in events.words}
    ends |= {named.end for named in (*events.places, *events.aliases)}
    return found.start not in ends


def _runs_on(events: Events, found: Found, start: int) -> bool:
    """Whether unknown words or a verb follow a bare stage up to its figure: 幼儿园办托班142家."""
    at = next((one.at for one in events.sentence.figures if one.at >= found.end), found.end)
    if start > found.start or found.end == at:
        return False
    if any(word.meaning in _DOES and found.end <= word.start < at for word in events.words):
        return True
    rest = word_pattern().sub("", events.sentence.clean[found.end : at])
    return len(rest.strip(f"的了约共数{PERIOD}")) > 1


def _is_joined(events: Events, found: Found) -> bool:
    """Whether a count is of more than the last word names: 新投用学校、幼儿园11所."""
    clean = events.sentence.clean
    if clean[found.start - 1 : found.start] not in ("、", "和", "与", "及"):
        return False
    if not any(word.end == found.start - 1 and word.words == "学校" for _, word in events.namers):
        return False
    return clean.find(FIGURE, found.end, found.end + 2) >= 0


def _is_other(events: Events, found: Found, window: tuple[int, int], case: Case) -> bool:
    """Whether the words beside a wording make another of it: 正高级职称, 学位缺口."""
    clean, (start, at) = events.sentence.clean, window
    if clean[found.start] == "占":
        whole = clean[start : found.start]
        return "教育" not in whole if len(whole) > 1 else _is_of_another(case)
    if _is_part_of_flow(clean[start : found.start], found, case):
        return True
    front = clean[max(0, found.start - _LONGEST_FRONT) : found.start]
    if found.strength in _NAMED and (front.endswith(_NARROWS) or _YEARS.search(front)):
        return True
    if clean[found.end : found.end + 1] in _EXTENDS or _LACKS.search(clean, start, at):
        return not _LACKS.search(clean, found.start, found.end)
    is_some = found.strength in _GENERAL or found.strength == "short_alias"
    return is_some and clean[at - 1 : at] == "等"


def _is_of_another(case: Case) -> bool:
    """Whether the figure before, of which a share is told, is unknown: 民生支出…，占支出的76%."""
    heads = case.context.heads
    return bool(heads) and not heads[-1].indicator and "教育" not in heads[-1].subject_zh


def _is_part_of_flow(front: str, found: Found, case: Case) -> bool:
    """Whether 其中高中教师40名 are some of those hired, not all that there are."""
    heads, known = case.context.heads, case.context.reference.indicators
    if not heads or not front.startswith(_OPENS_PART) or not heads[-1].indicator:
        return False
    whole, part = known[heads[-1].indicator], known[found.indicator]
    return whole.measure_type == "flow" and part.measure_type in ("stock", "share")


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
    pause = events.sentence.clean.find("、", start, end)
    end = pause if pause >= 0 else end
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
    clean = events.sentence.clean
    if clean[start - 2 : start - 1] == "等" or (not won and _wins(clean, start)):
        fitting = [one for one in fitting if one.strength == "alias"]
    fitting = [one for one in fitting if not _is_some(events, one, case)]
    return sorted(fitting, key=lambda one: (one.start - start > 4, -(one.end - one.start)))


def _wins(clean: str, start: int) -> bool:
    """Whether the clause goes on to say that they were chosen: 16所高校、48个学科入选."""
    stop = _CLAUSE_END.search(clean, start)
    return _AWARDS.search(clean, start, stop.start() if stop else len(clean)) is not None


def _is_some(events: Events, found: Found, case: Case) -> bool:
    """Whether a count in front of a general word is of some: 3所小学在校生超过…, or of more than
    that word names: 9所中小学、幼儿园."""
    clean = events.sentence.clean
    is_schools = case.measure.family == "institutions"
    if not is_schools or case.status == "change":
        return False
    stop = _CLAUSE_END.search(clean, found.end)
    if _ACQUIRED.search(clean, found.end, stop.start() if stop else len(clean)):
        return True
    if found.strength == "alias":
        return False
    if _JOINED.match(clean, found.end):
        return any(word.start > found.end for _, word in events.namers)
    return _PREDICATE.match(clean, found.end) is not None


def _is_sector(words: str, events: Events, start: int, at: int) -> bool:
    """Whether nothing but a class of ownership is left: 其中公办221所."""
    kinds = {
        word.words
        for word in events.words
        if word.category == "sector" and start <= word.start < at
    }
    return words in kinds or words.removesuffix("园") in kinds
