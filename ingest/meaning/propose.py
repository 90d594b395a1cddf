"""Proposals: what every number of a document states, the machine alone."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.grammar.course import Course
from ingest.grammar.judgement import UNSURE, judged
from ingest.grammar.reading import World
from ingest.grammar.witness import witnessed
from ingest.meaning import confidence
from ingest.meaning.cells import cells_of
from ingest.meaning.context import Context, Section, mode_of
from ingest.meaning.events import Events, events
from ingest.meaning.figures import figures_of
from ingest.meaning.header import Header, read_header
from ingest.meaning.kinds import reasons
from ingest.meaning.lexicon import grammar
from ingest.meaning.places import gazetteer
from ingest.meaning.proposals import Proposal
from ingest.meaning.reference import Reference
from ingest.meaning.remembered import remember
from ingest.meaning.sentences import FIGURE, Sentence, sentences
from ingest.meaning.tables import in_table
from ingest.meaning.times import Topic, topics
from ingest.meaning.traditional import simplified
from ingest.meaning.when import When, of_year, read_when
from ingest.quantities import Mention, find
from ingest.readers import Document

_LONGEST_HEADING = 60
_LONGEST_TITLE = 30
_DUE = grammar("due_year")
_STOPS = (FIGURE, "。", "，", "；")
_FAR = 1_000_000
_GAP = 4
_JOINS = "、 \u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document's header and what each of its numbers states, in order of the text."""

    header: Header
    proposals: tuple[Proposal, ...]


def extract(document: Document, reference: Reference, today: date) -> Extraction:
    """Everything that a document states; `today` dates it where nothing else does."""
    shown = simplified(document)
    header = read_header(shown.text, reference, today)
    proposals = tuple(witnessed(tuple(propose(shown, header, reference)), reference))
    if shown is not document:
        proposals = tuple(_as_printed(one, document.text) for one in proposals)
    return Extraction(header, proposals)


def _as_printed(proposal: Proposal, text: str) -> Proposal:
    return proposal._replace(printed=text[proposal.char_start : proposal.char_end])


def propose(document: Document, header: Header, reference: Reference) -> Iterator[Proposal]:
    """What each number of a document states, in order.

    Nothing here makes cycles, and the collector would walk all mentions again and again: it rests.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield from _propose(document, header, reference)
    finally:
        if was_enabled:
            gc.enable()


def _propose(document: Document, header: Header, reference: Reference) -> Iterator[Proposal]:
    text = document.text
    mentions = find(text)
    why = reasons(text, mentions)
    cells = cells_of(document.tables)
    places = gazetteer(reference.regions, header.region_code, header.published_on)
    horizon = _horizon(text, mentions, why, header)
    context = Context(reference, header, places, horizon)
    course = Course.of(World(reference, places, header), text)
    at = 0
    for sentence in sentences(text, mentions, why, cells.ends):
        first = at
        while at < len(mentions) and mentions[at].char_start < sentence.char_end:
            at += 1
        here = mentions[first:at]
        inside = cells.number_cell(here[0].char_start, here) if here else None
        if inside is not None:
            found = in_table(inside, here, why[first:at], context, course)
            yield from cells.located(found)
        else:
            touching = {one for one in range(first, at) if _touches(text, mentions, one)}
            is_cell = cells.cell_at(sentence.char_start) is not None
            found = _of_sentence(sentence, here, why[first:at], context, course, is_cell=is_cell)
            doubted = _doubting(found, {mentions[one].char_start for one in touching})
            yield from cells.located(doubted)


def _touches(text: str, mentions: Sequence[Mention], at: int) -> bool:
    """Whether nothing but blanks or 、 parts a number from another that has no unit: 68 427人."""
    for before, behind in ((at - 1, at), (at, at + 1)):
        if before < 0 or behind >= len(mentions):
            continue
        one, other = mentions[before], mentions[behind]
        gap = text[one.char_end : other.char_start]
        is_close = len(gap) < _GAP and not gap.strip(_JOINS)
        is_bare = not one.unit_code and one.reason not in ("period", "date")
        if is_bare and is_close and one.printed[-1:].isdigit():
            return True
    return False


def _doubting(found: Iterator[Proposal], places: set[int]) -> Iterator[Proposal]:
    for one in found:
        if one.char_start in places and one.kind == "figure":
            one = one._replace(confidence=min(one.confidence, UNSURE), doubts="touches_a_number")
        yield one


def _of_sentence(
    sentence: Sentence,
    mentions: Sequence[Mention],
    why: Sequence[str],
    context: Context,
    course: Course,
    *,
    is_cell: bool,
) -> Iterator[Proposal]:
    if sentence.opens:
        context.open_paragraph()
        course.open_paragraph()
    is_heading = sentence.opens and (sentence.level or len(sentence.clean) < _LONGEST_HEADING)
    if not (sentence.figures or sentence.periods or is_heading):
        yield from (non_figure(one, reason) for one, reason in zip(mentions, why, strict=True))
        return
    found = events(sentence, context.gazetteer, context.reference)
    named = topics(found, context)
    if is_heading:
        _open(sentence, found, named, context, None if is_cell else course)
    figures = iter(figures_of(found, named, context))
    readings = iter(course.read(sentence))
    for mention, reason in zip(mentions, why, strict=True):
        if reason:
            yield non_figure(mention, reason)
        else:
            yield from judged(next(figures), next(readings), mention, course.world)
    remember(found, sentence.opens and not sentence.level, named, context)
    context.stages += [word.meaning for word in found.words if word.category == "stage"]
    if not sentence.figures:
        heads = [word.meaning for word in found.words if word.category == "head"]
        context.priced = heads[-1] if heads else context.priced


def _open(
    sentence: Sentence, found: Events, named: list[Topic], context: Context, course: Course | None
) -> None:
    """A heading says for its section what it tells, of which time, of which stage."""
    level = sentence.level or (0 if "。" in sentence.clean else 5)
    if not level or (level == 5 and sentence.figures):
        return
    end = min(sentence.clean.find(mark) % _FAR for mark in _STOPS)
    stages = [word.meaning for word in found.words if word.category == "stage" and word.end <= end]
    when = next((topic.when for topic in named if not topic.is_compared), None)
    is_heading = level < 5 or len(sentence.clean) < _LONGEST_TITLE
    heading = sentence.clean if is_heading and "？" not in sentence.clean else ""
    near = [word for word in found.words if word.end <= end]
    sectors = {word.meaning for word in near if word.category == "sector"}
    section = Section(
        mode_of(heading),
        when if level < 5 else None,
        stages[-1] if stages else "",
        sectors.pop() if len(sectors) == 1 else "",
    )
    context.open_section(level, section)
    if course and (level < 5 or is_heading):
        course.open_section(level, sentence)


def _horizon(
    text: str, mentions: Sequence[Mention], why: Sequence[str], header: Header
) -> When | None:
    """When a plan is due: the end that its title names, else the year most often to be reached."""
    year = header.published_on.year
    first, last = header.title_years
    if first != last and last >= year:
        return of_year(last)
    due: Counter[int] = Counter()
    for mention, reason in zip(mentions, why, strict=True):
        front = text[max(0, mention.char_start - 2) : mention.char_start].rstrip()
        if reason == "period" and front.endswith(_DUE):
            when = read_when(mention.printed, header.published_on)
            if when and year < when.last_year <= year + 20:
                due[when.last_year] += 1
    return of_year(min(due, key=lambda one: (-due[one], one))) if due else None


def non_figure(mention: Mention, reason: str) -> Proposal:
    """A number that states no statistic."""
    return Proposal(
        mention.char_start,
        mention.char_end,
        mention.printed,
        "non_figure",
        confidence=confidence.of_non_figure(reason),
        reason=reason,
    )
