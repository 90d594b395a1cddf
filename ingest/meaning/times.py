"""The reference period of a figure: stated, inherited or assumed."""

import re
from datetime import date
from typing import Final, NamedTuple

from ingest.meaning.context import Context
from ingest.meaning.events import Events, Word, past_brackets
from ingest.meaning.lexicon import grammar, word_pattern
from ingest.meaning.sentences import DELIMITERS, Placed
from ingest.meaning.when import When, earlier_by_a_year, of_year, read_when, since, year_end, years
from ingest.quantities import read_number

_FRONT: Final = 14
_LEADS: Final = grammar("leads_in_a_period")
_DUE: Final = grammar("due")
_STOCK: Final = grammar("as_of")
_COMPARED: Final = grammar("compared_with")
_FROM: Final = grammar("from")
_YEARS: Final = re.compile(r"([0-9０-９]{1,2}|[一二两三四五六七八九十]{1,2})(?:个)?年")
_BACK: Final = grammar("years_back")
_SINCE: Final = grammar("since")
_SPRING: Final = 4


class Topic(NamedTuple):
    """A period named in a sentence.

    at: its place. is_local: it belongs to the words around it only. is_compared: it is what a
    figure is compared with. is_due: it is a day or year to be reached.
    """

    at: int
    when: When
    basis: str
    is_local: bool = False
    is_compared: bool = False
    is_due: bool = False
    is_stock: bool = False


class Dated(NamedTuple):
    """The period of a figure, on what it rests, and how sure the machine is of it."""

    code: str
    basis: str
    strength: str


def topics(events: Events, context: Context) -> list[Topic]:
    """The periods that a sentence names, in order."""
    anchor = context.header.published_on
    clean = events.sentence.clean
    found = [
        _topic(clean, placed, when, context)
        for placed in events.sentence.periods
        if (when := _resolved(clean, placed, anchor))
    ]
    for word in events.words:
        if word.category == "time":
            found.append(_of_word(clean, word, found, context))
    return sorted(found)


def _of_word(clean: str, word: Word, found: list[Topic], context: Context) -> Topic:
    """The period of 去年, 目前, 年末 and the like, beside those named before it."""
    before = [topic for topic in found if topic.at < word.start and not topic.is_compared]
    beside = before[-1] if before else None
    anchor = context.header.published_on
    if word.meaning == "now":
        if beside and beside.is_stock:
            return Topic(word.start, beside.when, "stated")
        if context.opening and context.opening.last_year == anchor.year - 1:
            return Topic(word.start, context.opening, "assumed")
        told = _year_told(context) if context.header.document_type == "bulletin" else anchor.year
        return Topic(word.start, of_year(told), "assumed")
    kind, _, offset = word.meaning.rpartition(":")
    if kind == "end":
        year = beside.when.last_year if beside else _year_told(context)
        return Topic(word.start, year_end(year + int(offset)), "stated", is_stock=True)
    compared = clean[max(0, word.start - _FRONT) : word.start].endswith(_COMPARED)
    when = of_year(anchor.year + int(offset))
    if beside and offset == "-1":
        when = earlier_by_a_year(beside.when)
    return Topic(word.start, when, "stated", compared, compared)


def _year_told(context: Context) -> int:
    """The year that the document tells of: that of its title, else that of its day."""
    first, last = context.header.title_years
    return last if first == last and last else context.header.published_on.year


def _resolved(clean: str, placed: Placed, anchor: date) -> When | None:
    """The period of a mention; 五年来 and 三年内 count from the document's day."""
    printed = placed.mention.printed
    if when := read_when(printed, anchor):
        return when
    found = _YEARS.match("".join(printed.split()))
    number = read_number(found[1]) if found else None
    if number is None or number.value is None:
        return None
    count = int(number.value)
    front, back = clean[max(0, placed.at - 5) : placed.at], clean[placed.at + 1 : placed.at + 3]
    last = anchor.year - 1 if anchor.month < _SPRING else anchor.year
    if front.endswith(_BACK) or back.startswith(grammar("years_passed")):
        return years(last - count + 1, last)
    if back.startswith(grammar("years_within")) or front.endswith(grammar("years_ahead")):
        return years(anchor.year, anchor.year + count - 1)
    return None


def _topic(clean: str, placed: Placed, when: When, context: Context) -> Topic:
    at = placed.at
    start = at
    while start > 0 and clean[start - 1] not in DELIMITERS:
        start -= 1
    front = clean[start:at]
    compared = front.endswith(_COMPARED) and not clean[at + 1 :].startswith(_SINCE)
    if clean[at + 1 :].startswith(_SINCE) and when.first_year == when.last_year:
        year = context.header.published_on.year
        when = since(when, year) if "以来" in clean[at + 1 : at + 3] else when
    rest = word_pattern().sub("", front)
    for _, _, code in context.gazetteer.find(rest):
        rest = rest.replace(context.gazetteer.names[code], "")
    opens = not rest or front.endswith(_LEADS)
    due = front.endswith(_DUE) and when.last_year >= context.header.published_on.year
    stock = front.endswith(_STOCK) and when.last_year <= context.header.published_on.year
    return Topic(at, when, "stated", compared or not opens, compared, due, stock)


def period_of(
    events: Events, figure: int, status: str, named: list[Topic], context: Context
) -> Dated:
    """The reference period of one figure of a sentence."""
    start, at = events.window(figure)
    start = past_brackets(events.sentence.clean, start, at)
    local = [topic for topic in named if start <= topic.at < at]
    standing = [topic for topic in named if topic.at < at and not topic.is_local]
    if status == "change":
        return _of_change(events, (start, at), named, standing, context)
    if local and not (local[-1].is_compared and standing and local[-1].at < standing[-1].at):
        return _stated(local[-1], "window")
    if events.sentence.clean[:at].endswith(_FROM):
        return _base_year(events, (start, at), standing, context)
    if standing:
        return _stated(standing[-1], "sentence")
    if status in ("target", "planned") and (due := _due_behind(events, at, named)):
        return Dated(due[0].when.code, "stated", "due_behind")
    return _inherited(events, (start, at), status, context)


def _due_behind(events: Events, at: int, named: list[Topic]) -> list[Topic]:
    """Days to be reached that the sentence names, up to the next semicolon."""
    stop = events.sentence.clean.find("；", at)
    return [one for one in named if one.is_due and (stop < 0 or one.at < stop)]


def _base_year(
    events: Events, window: tuple[int, int], standing: list[Topic], context: Context
) -> Dated:
    """由11.8%降至6.5%: the value before, a year earlier where no year is told."""
    if standing:
        when = standing[-1].when
    else:
        when = read_code(_inherited(events, window, "actual", context).code)
    return Dated(earlier_by_a_year(when).code, "assumed", "document")


def _stated(topic: Topic, strength: str) -> Dated:
    return Dated(topic.when.code, topic.basis, "now" if topic.basis == "assumed" else strength)


def _of_change(
    events: Events,
    window: tuple[int, int],
    named: list[Topic],
    standing: list[Topic],
    context: Context,
) -> Dated:
    """The span of a change: from what it is compared with to what the sentence speaks of."""
    at = window[1]
    clean = events.sentence.clean
    stop = max(clean.rfind(mark, 0, at) for mark in "；;。") + 1
    compared = [topic for topic in named if topic.is_compared and stop <= topic.at < at]
    if standing:
        end, basis = standing[-1].when, standing[-1].basis
    else:
        dated = _inherited(events, window, "change", context)
        end, basis = read_code(dated.code), dated.basis
    if compared and compared[-1].when.first_year < end.last_year:
        code = years(compared[-1].when.first_year, end.last_year).code
        return Dated(code, "stated" if standing else basis, "sentence")
    if end.first_year != end.last_year:
        return Dated(end.code, basis, "sentence" if standing else "inherited")
    has_base = any(word.meaning == "base" and stop <= word.start < at for word in events.words)
    code = years(end.last_year - 1, end.last_year).code
    return Dated(code, "stated" if has_base else basis, "base" if has_base else "inherited")


def read_code(code: str) -> When:
    """The period of a code as the seeds write it."""
    found = [int(year) for year in re.findall(r"(?<![-\d])\d{4}", code)]
    return When(code, found[0], found[-1], "-" in code)


def _inherited(events: Events, window: tuple[int, int], status: str, context: Context) -> Dated:
    clean = events.sentence.clean
    year = context.header.published_on.year
    forward = status in ("target", "planned", "norm", "price_cap")
    in_force = context.header.effective_from
    if status == "price_cap" and in_force:
        return Dated(in_force.isoformat(), "inherited", "document")
    if context.stock and status == "actual":
        if any(mark in clean[: window[1]] for mark in grammar("stands_now")):
            return Dated(context.stock.code, "inherited", "paragraph")
    if context.when and not (forward and context.when.last_year < year):
        return Dated(_end(events, window, status, context.when), context.when_basis, "paragraph")
    if status in ("norm", "price_cap") and context.document_mode != "actual":
        return Dated(f"{year}", "assumed", "document")
    forward = status in ("target", "planned")
    for section in context.inherited():
        if section.when and not (forward and section.when.last_year < year):
            return Dated(_end(events, window, status, section.when), "inherited", "section")
    return _assumed(clean, forward, context)


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
        if "每年" in clean and due.last_year > published.year:
            return Dated(years(published.year, due.last_year).code, "assumed", "document")
        return Dated(due.code, "assumed", "document")
    first, last = context.header.title_years
    if first and first == last and last <= published.year:
        return Dated(f"{last}", "inherited", "title")
    return Dated(f"{published.year}", "assumed", "document")


def remember(clean: str, opens: bool, named: list[Topic], context: Context) -> None:
    """Keep for the next sentences of the paragraph what this one speaks of.

    A month or a day tells of one event; only 截至 makes it a day on which things stood so. A year
    set off by a comma that opens a paragraph is what the whole paragraph tells of.
    """
    for topic in named:
        if topic.is_local or topic.is_compared:
            continue
        if topic.at == 0 and clean[1:2] in "，," and context.when is None:
            context.opening = topic.when if not topic.when.is_event else None
        if context.header.document_type == "report" and opens and not topic.when.is_event:
            context.date_section(topic.when)
            opens = False
        if topic.is_stock:
            context.stock = topic.when
        is_due = topic.is_due and context.document_mode != "actual"
        if topic.is_due and not is_due:
            continue
        if not topic.when.is_event or topic.is_stock or is_due:
            context.when = topic.when
            context.when_basis = "inherited" if topic.basis == "stated" else topic.basis
