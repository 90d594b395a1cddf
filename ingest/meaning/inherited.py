"""The period of a figure whose sentence names none: from its paragraph, section or document."""

import re
from typing import Final, NamedTuple

from ingest.meaning.context import Context
from ingest.meaning.events import Events
from ingest.meaning.lexicon import grammar
from ingest.meaning.when import When, years

_EACH_YEAR: Final = re.compile("(?<![生人名校班园县户])每年")


class Dated(NamedTuple):
    """The period of a figure, on what it rests, and how sure the machine is of it."""

    code: str
    basis: str
    strength: str


def inherited(events: Events, window: tuple[int, int], status: str, context: Context) -> Dated:
    clean = events.sentence.clean
    year = context.header.published_on.year
    forward = status in ("target", "planned", "norm", "price_cap")
    in_force = context.header.in_force
    if in_force and (status == "price_cap" or (status == "norm" and _rules(context))):
        return Dated(in_force, "inherited", "document")
    if context.stock and status == "actual":
        if any(mark in clean[: window[1]] for mark in grammar("stands_now")):
            return Dated(context.stock.code, "inherited", "paragraph")
    # What is laid down holds at once, whatever year the sentence before wants something else.
    holds = status in ("norm", "price_cap") and context.when and context.when.last_year > year
    if context.when and not holds and not (forward and context.when.last_year < year):
        return Dated(_end(events, window, status, context.when), context.when_basis, "paragraph")
    if status in ("norm", "price_cap") and context.document_mode != "actual":
        if term := context.header.title_when:
            return Dated(term.code, "inherited", "title")
        return Dated(f"{year}", "assumed", "document")
    forward = status in ("target", "planned")
    for section in context.inherited():
        if section.when and not (forward and section.when.last_year < year):
            return Dated(_end(events, window, status, section.when), "inherited", "section")
    return _assumed(clean, forward, context)


def when_of(code: str, context: Context) -> When:
    """The period of a code that a figure has inherited, as it was told."""
    sections = [section.when for section in context.inherited()]
    told = [context.when, *sections, context.header.title_when]
    return next((when for when in told if when and when.code == code), None) or read_code(code)


def read_code(code: str) -> When:
    """The period of a code as the seeds write it."""
    found = [int(year) for year in re.findall(r"(?<![-\d])\d{4}", code)]
    return When(code, found[0], found[-1], "-" in code)


def _rules(context: Context) -> bool:
    """Whether the document as a whole lays down what holds from a day on."""
    return context.document_mode == "norm"


def _end(events: Events, window: tuple[int, int], status: str, when: When) -> str:
    """Of a span that is over a stock is told as it stood at the end, a flow as it added up."""
    if status != "actual" or when.first_year == when.last_year or "-" in when.code:
        return when.code
    start, at = window
    flows = any(one.meaning == "flow" and start <= one.start < at for one in events.words)
    return when.code if flows else f"{when.last_year}"


def _assumed(clean: str, forward: bool, context: Context) -> Dated:
    published = context.header.published_on
    if forward:
        due = context.horizon
        if due is None:
            return Dated(f"{published.year}", "assumed", "document")
        if _EACH_YEAR.search(clean) and due.last_year > published.year:
            return Dated(years(published.year, due.last_year).code, "assumed", "document")
        return Dated(due.code, "assumed", "document")
    first, last = context.header.title_years
    if context.header.title_when:
        return Dated(context.header.title_when.code, "inherited", "title")
    if first and first == last and last <= published.year:
        return Dated(f"{last}", "inherited", "title")
    return Dated(f"{published.year}", "assumed", "document")
