"""The figures of one sentence: every column that a figure's row holds."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from ingest.meaning import confidence
from ingest.meaning.candidates import Case as CandidateCase
from ingest.meaning.candidates import fits, named_between
from ingest.meaning.context import Context, Head
from ingest.meaning.earlier import restated
from ingest.meaning.events import Events, Named
from ingest.meaning.inherited import Dated
from ingest.meaning.lexicon import compositions, grammar, pattern, read_table
from ingest.meaning.lists import Share, alike, leads, runs, shares
from ingest.meaning.measures import Measure, agree
from ingest.meaning.numbers import bounded, capped, priced, unit_of, yearly_unit
from ingest.meaning.place_names import of_each, opens_with_town
from ingest.meaning.proposals import Proposal
from ingest.meaning.sentences import DELIMITERS
from ingest.meaning.stated import Subject, subject_from
from ingest.meaning.statuses import is_compared, status_of
from ingest.meaning.subjects import subject_of
from ingest.meaning.times import Topic, period_of
from ingest.meaning.weighing import weighed
from ingest.quantities import Mention, interval
from ingest.quantities.misprints import is_misprint

_MEASURED: Final = frozenset({"actual", "change"})
_AIMED: Final = frozenset({"target", "planned"})
_CAP: Final = "上限"
_YEARLY: Final = frozenset({"target", "planned", "norm"})
_BRACKETS: Final = frozenset("（()）")
_STOPS: Final = frozenset(DELIMITERS)
_HEADS_KEPT: Final = 6
_REST: Final = pattern(grammar("the_rest"))
_QUOTIENT: Final = Measure("quotient", "")
_OF_ITSELF: Final = Share()


class Case(NamedTuple):
    """One figure of a sentence: its number there, that of the first of its list, and the list."""

    events: Events
    at: int
    lead: int
    named: list[Topic]
    run: Sequence[int]


class Place(NamedTuple):
    """Where a figure holds: region, scope, and the evidence for it."""

    code: str
    scope: str
    strength: str


def figures_of(events: Events, named: list[Topic], context: Context) -> Iterator[list[Proposal]]:
    """For each figure of a sentence its proposals: one, or one for each member of a list."""
    lists = runs(events)
    handed = shares(events, named, lists)
    first = leads(events, lists)
    of_list = {at: run for run in lists for at in run}
    subjects: dict[int, Subject] = {}
    for at in range(len(events.sentence.figures)):
        case = Case(events, at, first.get(at, at), named, of_list.get(at, ()))
        yield _of_figure(case, handed.get(at, _OF_ITSELF), context, subjects)


def _of_figure(
    case: Case, share: Share, context: Context, told: dict[int, Subject]
) -> list[Proposal]:
    events, at, lead, named, run = case
    mention = bounded(priced(events, at, context), events, run)
    measure = measure_of_mention(mention, context)
    status = status_of(events, lead, measure, mention.reading.qualifier, named, context)
    mention = capped(events, at, mention, status) if status == "price_cap" else mention
    unit = mention.reading.unit_code
    if status in _YEARLY:
        unit = yearly_unit(events, at, mention, status)
    asked = "change" if status in _YEARLY and is_compared(events, lead, measure, status) else status
    subject = subject_of(events, at, measure, mention.reading.unit_code, asked, context)
    subject = weighed(events, at, subject, context)
    if share is not _OF_ITSELF:
        asking = CandidateCase(measure, unit, asked, context)
        subject = _of_list(case, share, subject, told, asking)
    if status in _AIMED and _is_norm(subject, lead, events, named, context):
        status = asked = "norm"
    dated = period_of(events, lead, asked, named, context)
    if share.when:
        dated = Dated(share.when.code, "stated", "list")
    place = place_of(events, lead, context)
    if share.region:
        place = Place(share.region, "self", "list")
    if place.scope != "self":
        subject = _scoped(subject, place.scope, status)
    clean, window = events.sentence.clean, events.window(at)
    if opens_with_town(clean, *window) or (place.scope == "self" and of_each(clean, *window)):
        subject = subject._replace(indicator="", strength="unknown")
    unit = unit_of(subject, unit, measure, context)
    _remember(subject, unit, context)
    told[at] = subject
    subjects = _subjects(events, at, subject, context)
    return [
        proposal(mention, unit, one, where, dated, status, context)
        for where in _places(events, at, place)
        for one in subjects
    ]


@cache
def _scopes() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["scope"], row["indicator"]): row for row in read_table("scoped.csv")}


def _scoped(subject: Subject, scope: str, status: str) -> Subject:
    """每个乡镇办好1所公办幼儿园 lays down how many a township has, not how many there are."""
    row = _scopes().get((scope, subject.indicator)) if status in _YEARLY else None
    if row is None:
        return subject
    is_same = row["sector"] in ("total", subject.sector)
    return subject._replace(indicator=row["scoped"] if is_same else "")


def _is_norm(
    subject: Subject, at: int, events: Events, named: list[Topic], context: Context
) -> bool:
    """Whether a plan lays down what holds at once: a cap on classes that no year is set for."""
    kept = context.reference.indicators.get(subject.indicator)
    if kept is None or not kept.name_zh.endswith(_CAP):
        return False
    return not any(one.is_due and one.at < events.sentence.figures[at].at for one in named)


def _of_list(
    case: Case, share: Share, subject: Subject, told: dict[int, Subject], asking: CandidateCase
) -> Subject:
    """The subject that the figure's list hands to it, in place of what stands near it."""
    if share.back:
        subject = restated(told[case.at - share.back], asking)
    if share.member:
        subject = _of_member(case.events, share.member, asking)
    if share.alias:
        subject = Subject(share.alias.code, share.alias.sector, subject.subject_zh, "list")
    if share.stage:
        subject = _of_stage(case, asking.measure, subject, share.stage, asking.context)
    return subject


def _of_member(events: Events, member: tuple[int, int], case: CandidateCase) -> Subject:
    """The subject that one member of a list of wordings names: 招生、在校生、毕业生分别为."""
    start, end = member
    named = [one for one in named_between(events, start, end, case.context) if fits(one, case)]
    words = events.sentence.clean[start:end]
    if not named or (len(named[-1].words) < len(words) and named[-1].end != end):
        return Subject("", "total", words, "unknown")
    return subject_from(named[-1], events, start, case)._replace(subject_zh=words)


def _of_stage(
    case: Case, measure: Measure, subject: Subject, stage: str, context: Context
) -> Subject:
    """The indicator of the last head in front of a list of stages: 小学、初中班额分别."""
    events, end = case.events, case.events.sentence.figures[case.at].at
    heads = [word for word in events.words if word.category == "head" and word.end <= end]
    code = compositions().get((heads[-1].meaning, stage), "") if heads else ""
    words = heads[-1].words if heads else ""
    if not code or not agree(measure, context.reference.indicators[code].measure):
        return subject
    return subject._replace(indicator=code, subject_zh=words, strength="list")


def _remember(subject: Subject, unit: str, context: Context) -> None:
    head = Head(subject.indicator, subject.sector, unit, subject.subject_zh)
    if subject.indicator or subject.subject_zh:
        context.heads.append(head)
        del context.heads[:-_HEADS_KEPT]


def _subjects(events: Events, at: int, subject: Subject, context: Context) -> list[Subject]:
    """The subject, or every indicator of the list that shares the figure."""
    run = alike(events, at, events.aliases) if len(events.aliases) > 1 else []
    if len(run) < 2:
        return [subject]
    kept = context.reference.indicators
    same = [one for one in run if kept[one.code].measure == kept[run[-1].code].measure]
    if subject.indicator not in {one.code for one in same}:
        return [subject]
    clean = events.sentence.clean
    return [Subject(one.code, one.sector, clean[one.start : one.end], "list") for one in same]


def _places(events: Events, at: int, place: Place) -> list[Place]:
    """The place, or every member of the list that shares the figure."""
    if len(events.places) < 2:
        return [place]
    run = alike(events, at, [one for one in events.places if not one.is_level])
    if len(run) < 2 or place.code != run[-1].code:
        return [place]
    return [place._replace(code=one.code) for one in run]


def place_of(events: Events, at: int, context: Context) -> Place:
    """Where a figure holds: the last place named in front of it, else the document's own."""
    start, end = events.window(at)
    before = [
        one for one in events.places if one.start < end and (one.is_topic or one.start >= start)
    ]
    scope = _scope(events, start, end) if events.scopes else "self"
    if before and _REST.search(events.sentence.clean, start, end):
        return Place(context.gazetteer.home, scope, "place")
    if before:
        last = before[-1]
        near = last.start >= start
        strength = "level" if last.is_level else "place" if near else "sentence"
        return Place(last.code, scope, strength)
    return Place(context.region or context.gazetteer.home, scope, "document")


def _scope(events: Events, start: int, end: int) -> str:
    """The part of the region that the clause names: 城市五区, 各县市区, 每个乡镇."""
    clean = events.sentence.clean
    floor = start
    while floor > 0 and clean[floor - 1] in _BRACKETS:
        floor -= 1
        while floor > 0 and clean[floor - 1] not in _STOPS:
            floor -= 1
    for word in reversed(events.scopes):
        if floor <= word.start < end:
            return word.meaning
    return "self"


def proposal(
    mention: Mention,
    unit: str,
    subject: Subject,
    place: Place,
    dated: Dated,
    status: str,
    context: Context,
) -> Proposal:
    """The row of one figure."""
    low, high = interval(mention, status in _MEASURED)
    sure = confidence.of_figure(
        subject.strength,
        place.strength,
        dated.strength,
        _print_of(mention),
        status,
    )
    return Proposal(
        mention.char_start,
        mention.char_end,
        mention.printed,
        "figure",
        mention.reading.value,
        low,
        high,
        unit,
        mention.reading.qualifier,
        subject.indicator,
        subject.sector,
        subject.subject_zh,
        place.code,
        context.gazetteer.names.get(place.code, ""),
        place.scope,
        dated.code,
        dated.basis,
        status,
        sure,
    )


def measure_of_mention(mention: Mention, context: Context) -> Measure:
    """What a printed number measures; a decimal without a unit counts nothing: 差异系数为0.41."""
    if not mention.unit_code and mention.value is not None and mention.value % 1:
        return _QUOTIENT
    return context.reference.measure(mention.unit_code)


def _print_of(mention: Mention) -> str:
    """What the print itself is as evidence: a number with its unit, without one, or misprinted."""
    if is_misprint(mention):
        return "misprint"
    return "unit" if mention.unit_code else "bare"


def named_place(code: str, strength: str) -> Place:
    """A place that a heading names."""
    return Place(code, "self", strength)


__all__ = ["Named", "Place", "figures_of", "named_place", "place_of", "proposal"]
