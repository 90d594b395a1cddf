"""The figures of one sentence: every column that a figure's row holds."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from ingest.meaning import confidence
from ingest.meaning.context import Context, Head
from ingest.meaning.events import Events, Named
from ingest.meaning.lexicon import compositions
from ingest.meaning.lists import Share, alike, leads, shares
from ingest.meaning.measures import Measure
from ingest.meaning.proposals import Proposal
from ingest.meaning.sentences import DELIMITERS
from ingest.meaning.statuses import status_of
from ingest.meaning.subjects import Subject, subject_of
from ingest.meaning.times import Dated, Topic, period_of
from ingest.meaning.wording import residual_of
from ingest.quantities import Mention, interval

_MEASURED: Final = frozenset({"actual", "change"})
_YEARLY: Final = frozenset({"target", "planned", "norm"})
_BRACKETS: Final = frozenset("（()）")
_STOPS: Final = frozenset(DELIMITERS)
_PER_PUPIL: Final = "/生·"
_HEADS_KEPT: Final = 6


class Case(NamedTuple):
    """One figure of a sentence: its number there, and that of the first of its list."""

    events: Events
    at: int
    lead: int
    named: list[Topic]


class Place(NamedTuple):
    """Where a figure holds: region, scope, and the evidence for it."""

    code: str
    scope: str
    strength: str


def figures_of(events: Events, named: list[Topic], context: Context) -> Iterator[list[Proposal]]:
    """For each figure of a sentence its proposals: one, or one for each member of a list."""
    handed = shares(events, named)
    first = leads(events)
    for at in range(len(events.sentence.figures)):
        case = Case(events, at, first.get(at, at), named)
        yield list(_of_figure(case, handed.get(at, Share()), context))


def _of_figure(case: Case, share: Share, context: Context) -> Iterator[Proposal]:
    events, at, lead, named = case
    mention = _priced(events, at, context)
    measure = context.reference.measure(mention.unit_code)
    status = status_of(events, lead, measure, mention.qualifier, named, context)
    mention = _capped(events, at, mention, status)
    unit = _unit(events, at, mention, status)
    subject = subject_of(events, at, measure, mention.unit_code, status, context)
    if share.alias:
        subject = Subject(share.alias.code, share.alias.sector, subject.subject_zh, "list")
    if share.words and not subject.indicator:
        subject = subject._replace(subject_zh=share.words)
    if share.stage:
        subject = _of_stage(events, at, subject, share.stage)
    dated = period_of(events, lead, status, named, context)
    if share.when:
        dated = Dated(share.when.code, "stated", "list")
    place = place_of(events, lead, context)
    if share.region:
        place = Place(share.region, "self", "list")
    unit = unit_of(subject, unit, measure, context)
    _remember(subject, unit, context)
    subjects = _subjects(events, at, subject, context)
    for code in _regions(events, at, place):
        for one in subjects:
            yield proposal(mention, unit, one, place._replace(code=code), dated, status, context)


def _capped(events: Events, at: int, mention: Mention, status: str) -> Mention:
    """Under 最高标准如下 every price is the most that may be asked."""
    reading = mention.reading
    if status != "price_cap" or reading.qualifier != "exact":
        return mention
    clean = events.sentence.clean
    if "最高" not in clean[: events.sentence.figures[at].at]:
        return mention
    return mention._replace(reading=reading._replace(low=None, qualifier="at_most"))


def _priced(events: Events, at: int, context: Context) -> Mention:
    """由每生每年500元提高到600元: the second price is for each pupil and year as well."""
    mention = events.sentence.figures[at].mention
    if not at or not context.heads or mention.unit_code != "元":
        return mention
    unit = context.heads[-1].unit_code
    start, end = events.window(at)
    joins = start == events.sentence.figures[at - 1].at + 1
    if not unit.startswith("元/") or not joins or residual_of(events, start, end):
        return mention
    return mention._replace(reading=mention.reading._replace(unit_code=unit))


def _of_stage(events: Events, at: int, subject: Subject, stage: str) -> Subject:
    """The indicator of the last head in front of a list of stages: 小学、初中班额分别."""
    end = events.sentence.figures[at].at
    heads = [word for word in events.words if word.category == "head" and word.end <= end]
    code = compositions().get((heads[-1].meaning, stage), "") if heads else ""
    words = heads[-1].words if heads else ""
    if not code:
        return subject
    return subject._replace(indicator=code, subject_zh=words, strength="list")


def unit_of(subject: Subject, unit: str, measure: Measure, context: Context) -> str:
    """The unit with what the wording says of it: a bare count takes that of its indicator, and
    生均 says that a price is one for each pupil."""
    kept = context.reference.indicators.get(subject.indicator)
    if kept is None:
        return unit
    if not unit and kept.measure.dimension == measure.dimension == "count":
        return kept.unit_code
    currency, _, denominator = kept.unit_code.partition(_PER_PUPIL)
    if denominator and unit in (currency, f"{currency}/{denominator}"):
        return kept.unit_code
    return unit


def _remember(subject: Subject, unit: str, context: Context) -> None:
    head = Head(subject.indicator, subject.sector, unit, subject.subject_zh)
    if subject.indicator or subject.subject_zh:
        context.heads.append(head)
        del context.heads[:-_HEADS_KEPT]


def _subjects(events: Events, at: int, subject: Subject, context: Context) -> list[Subject]:
    """The subject, or every indicator of the list that shares the figure."""
    run = alike(events, at, events.aliases)
    if len(run) < 2:
        return [subject]
    kept = context.reference.indicators
    same = [one for one in run if kept[one.code].measure == kept[run[-1].code].measure]
    if subject.indicator not in {one.code for one in same}:
        return [subject]
    clean = events.sentence.clean
    return [Subject(one.code, one.sector, clean[one.start : one.end], "list") for one in same]


def _regions(events: Events, at: int, place: Place) -> list[str]:
    run = alike(events, at, [one for one in events.places if not one.is_level])
    codes = [one.code for one in run]
    return codes if len(codes) > 1 and place.code == codes[-1] else [place.code]


def _unit(events: Events, at: int, mention: Mention, status: str) -> str:
    """The unit; a count that a plan wants every year is a count a year."""
    unit = mention.unit_code
    if status not in _YEARLY or "/" in unit or not unit or mention.reading.kind != "count":
        return unit
    clean = events.sentence.clean
    end = events.sentence.figures[at].at
    start = max(clean.rfind(mark, 0, end) for mark in "，；：。") + 1
    return f"{unit}/年" if "每年" in clean[start:end] else unit


def place_of(events: Events, at: int, context: Context) -> Place:
    """Where a figure holds: the last place named in front of it, else the document's own."""
    start, end = events.window(at)
    before = [one for one in events.places if one.start < end]
    before = [one for one in before if one.is_topic or one.start >= start]
    scope = _scope(events, start, end)
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
    for word in reversed(events.words):
        if word.category == "scope" and floor <= word.start < end:
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
        "unit" if mention.unit_code else "bare",
        status,
    )
    return Proposal(
        mention.char_start,
        mention.char_end,
        mention.printed,
        "figure",
        mention.value,
        low,
        high,
        unit,
        mention.qualifier,
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


def named_place(code: str, strength: str) -> Place:
    """A place that a heading names."""
    return Place(code, "self", strength)


__all__ = ["Named", "Place", "figures_of", "named_place", "place_of", "proposal"]
