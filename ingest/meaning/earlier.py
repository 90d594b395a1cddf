"""What a figure takes over from those before it: 占全市的90%, 比上年增加6所, 其中公办221所."""

import re
from functools import cache
from typing import Final

from ingest.meaning.candidates import Case, Found, changed, derived, fits, named_between
from ingest.meaning.context import Context, Head
from ingest.meaning.events import Events
from ingest.meaning.lexicon import compositions, grammar, pattern, read_table, vocabulary
from ingest.meaning.measures import agree
from ingest.meaning.sentences import FIGURE, clause_start
from ingest.meaning.stated import Subject, sector_before, subject_from
from ingest.meaning.wording import residual_of

_SUPERLATIVES: Final = grammar("superlative")
_PART: Final = re.compile(r"(?:其中)?(?:约|仅|已|共|分别)?占")


def of_whole(events: Events, start: int, at: int, case: Case) -> Subject | None:
    """What the last figure counts, as a share: 普惠园在园8万人，占全市在园幼儿的90.2%."""
    words = events.sentence.clean[start:at]
    if case.measure.dimension != "share" or case.status == "change" or not _PART.match(words):
        return None
    if any(
        start <= one.start and one.end <= at and fits(one, case) for one in _named_parts(events)
    ):
        return None
    lent = carried(events, start, at, case)
    if lent and lent.indicator:
        return lent
    clean = events.sentence.clean
    last = clean.rfind(FIGURE, 0, start)
    begin = clause_start(clean, max(last, 0))
    told = [one for one in named_between(events, begin, last, case.context) if fits(one, case)]
    return subject_from(told[-1], events, begin, case) if told else None


def _led(head: str, case: Case) -> bool:
    """Whether the figure before was told by this head: 招聘教师420名，高中60名 counts no staff."""
    heads = case.context.heads
    before = _base(heads[-1], case.context) if heads else ""
    return (head, before) in _told_by_heads()


@cache
def _told_by_heads() -> frozenset[tuple[str, str]]:
    return frozenset((head, code) for (head, _), code in compositions().items())


def _named_parts(events: Events) -> list[Found]:
    """Wordings such as 占一般公共预算支出 that say of themselves what is a part of what."""
    return [
        Found(one.start, one.end, one.code, one.sector, "", "alias")
        for one in events.aliases
        if events.sentence.clean[one.start] == "占"
    ]


def earlier(events: Events, figure: int, start: int, case: Case) -> Subject | None:
    """What a clause before names that no figure has stated yet: 降低比例，到2025年控制在8%."""
    floor = events.sentence.figures[figure - 1].at + 1 if figure else 0
    found = [one for one in named_between(events, floor, start, case.context) if fits(one, case)]
    found = [one for one in found if one.strength != "stage"]
    if not found:
        return None
    return subject_from(found[-1], events, floor, case)._replace(strength="clause")


def of_other_stage(events: Events, start: int, at: int, case: Case) -> Subject | None:
    """小学生均公用经费650元，初中850元: the last head, of the stage that stands here alone."""
    stages = [
        word for word in events.words if word.category == "stage" and start <= word.start < at
    ]
    heads = [word for word in events.words if word.category == "head" and word.end <= start]
    is_price = case.measure.dimension == "price"
    if heads and (is_price or _led(heads[-1].meaning, case)):
        head = heads[-1].meaning
    elif is_price:
        head = case.context.priced
    else:
        return None
    if not stages or _without_sector(residual_of(events, start, at)) != stages[-1].words:
        return None
    code = compositions().get((head, stages[-1].meaning), "")
    found = Found(stages[-1].start, stages[-1].end, code, "total", stages[-1].words, "composed_far")
    return subject_from(found, events, start, case) if code and fits(found, case) else None


def _without_sector(words: str) -> str:
    """Words without the class of ownership in front: 公办小学 is 小学."""
    known = vocabulary()
    for length in (5, 4, 3, 2):
        if known.get(words[:length], ("",))[0] == "sector":
            return words[length:]
    return words


def carried(events: Events, start: int, at: int, case: Case) -> Subject | None:
    """The head of an earlier figure: the last for a change or a share, else that of the unit."""
    clean = events.sentence.clean[start:at]
    context, measure = case.context, case.measure
    if any(word in clean for word in _SUPERLATIVES) and measure.dimension != "price":
        return None
    sector = sector_before(events, at, start)
    adds = any(
        one.category == "plain" and one.meaning == "flow" and start <= one.start < at
        for one in events.words
    )
    for head in reversed(context.heads):
        if not head.indicator:
            is_same = measure == context.reference.measure(head.unit_code)
            if is_same or case.status == "change":
                return Subject("", sector, head.subject_zh, "unknown")
            if measure.dimension in ("points", "share"):
                return None
            continue
        base = _base(head, context)
        if adds and context.reference.indicators[base].measure_type == "stock":
            return None
        if code := _of_head(head, base, clean, case):
            return Subject(code, _narrowed(head.sector, sector), head.subject_zh, "carried")
        if measure.dimension == "points" or (measure.dimension == "share" and "占" in clean):
            return None
    return None


def _of_head(head: Head, base: str, clean: str, case: Case) -> str:
    """What an earlier head's indicator is in this unit; empty where it can't be stated in it."""
    if agree(case.measure, case.context.reference.indicators[base].measure):
        return changed(base, case)
    return derived(base, head.subject_zh + ("占" if "占" in clean else ""), case)


def _narrowed(head: str, sector: str) -> str:
    """The sector of a part: what is inclusive among the private is inclusive_private."""
    if sector == "total":
        return head
    return "inclusive_private" if (head, sector) == ("private", "inclusive") else sector


def restated(before: Subject, case: Case) -> Subject:
    """The change, growth or share of what an earlier figure states."""
    kept = case.context.reference.indicators.get(before.indicator)
    if kept is None:
        return before._replace(indicator="", strength="unknown")
    if agree(case.measure, kept.measure):
        code = changed(before.indicator, case)
    else:
        code = derived(before.indicator, before.subject_zh + "占", case)
    return before._replace(indicator=code, strength="list" if code else "unknown")


def _base(head: Head, context: Context) -> str:
    """The indicator whose change or growth a head states."""
    for suffix in ("_change", "_growth"):
        code = head.indicator.removesuffix(suffix)
        if code != head.indicator and code in context.reference.indicators:
            return code
    return head.indicator


def repeats(words: str, case: Case) -> bool:
    """Whether these words are part of what an earlier figure of the unit stated: 资助9860人次."""
    is_stage = words in vocabulary() and vocabulary()[words][0] == "stage"
    if is_stage and case.measure.dimension != "price":
        return False
    return any(
        words in head.subject_zh and case.context.reference.measure(head.unit_code) == case.measure
        for head in case.context.heads
    )


@cache
def _turns() -> tuple[re.Pattern[str], dict[tuple[str, str], str]]:
    rows = read_table("turns.csv")
    table = {(row["words"], row["indicator"]): row["turned"] for row in rows}
    return pattern(row["words"] for row in rows), table


def turned(events: Events, start: int, at: int, case: Case) -> Subject | None:
    """What a word makes of the last figure's indicator: 校舍建筑面积…，生均16.7平方米."""
    finder, table = _turns()
    found = finder.search(events.sentence.clean, start, at)
    if not found or not case.context.heads:
        return None
    head = case.context.heads[-1]
    code = table.get((found[0], _base(head, case.context)), "")
    one = Found(start, at, code, head.sector, found[0], "carried")
    return subject_from(one, events, start, case) if code and fits(one, case) else None
