"""The reference period of a figure: stated, inherited or assumed."""

import re
from datetime import date
from typing import Final, NamedTuple

from ingest.meaning.context import Context
from ingest.meaning.events import Events, Word, past_brackets
from ingest.meaning.inherited import Dated, inherited, read_code, when_of
from ingest.meaning.lexicon import grammar, word_pattern
from ingest.meaning.sentences import DELIMITERS, FIGURE, Placed, behind_last
from ingest.meaning.when import When, earlier_by_a_year, of_year, read_when, since, year_end, years
from ingest.quantities import read_number
from ingest.quantities.units import EACH

_FRONT: Final = 14
_LEADS: Final = grammar("leads_in_a_period")
_DUE: Final = grammar("due")
_STOCK: Final = grammar("as_of")
_COMPARED: Final = grammar("compared_with")
_FROM: Final = grammar("from")
_YEARS: Final = re.compile(r"([0-9０-９]{1,2}|[一二两三四五六七八九十]{1,2})(?:个)?年")
_BACK: Final = grammar("years_back")
_SINCE: Final = grammar("since")
_SUMMED: Final = ("累计", "共", "来", "间", "以来")
_BY: Final = ("前", "之前", "以前")
_HAS_YEAR: Final = re.compile("[0-9０-９〇○零一二三四五六七八九]{4}|五")
_FORWARD: Final = frozenset({"target", "planned"})
_MIDSUMMER: Final = 7
_OF_THE_YEAR: Final = grammar("the_year_told")
_stop: Final = behind_last("；;。")
_IS: Final = ("是", "为", "相当于")
_MULTIPLE: Final = f"的{FIGURE}"
_EACH_ONE: Final = re.compile(rf"{EACH}$")


class Topic(NamedTuple):
    """A period named in a sentence.

    at: its place. is_local: it belongs to the words around it only. is_compared: it is what a
    figure is compared with. is_due: it is a day or year to be reached. is_word: it is a word such
    as 年末, not a date.
    """

    at: int
    when: When
    basis: str
    is_local: bool = False
    is_compared: bool = False
    is_due: bool = False
    is_stock: bool = False
    is_word: bool = False


def topics(events: Events, context: Context) -> list[Topic]:
    """The periods that a sentence names, in order."""
    times = [word for word in events.words if word.category == "time"]
    if not times and not events.sentence.periods:
        return []
    anchor = context.header.published_on
    clean = events.sentence.clean
    told = next((section.when for section in context.inherited() if section.when), None)
    found = [
        _topic(clean, placed, when, context)
        for placed in events.sentence.periods
        if not _is_yardstick(clean, placed.at)
        and (when := _resolved(clean, placed, anchor, told, context))
    ]
    for word in times:
        found.append(_of_word(clean, word, found, context))
    return sorted(found)


def _is_yardstick(clean: str, at: int) -> bool:
    """Whether a year only tells of what something is a multiple: 是2016年的1.3倍."""
    return clean[:at].endswith(_IS) and clean.startswith(_MULTIPLE, at + 1)


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
        told = year_told(context) if context.header.document_type == "bulletin" else anchor.year
        return Topic(word.start, of_year(told), "assumed")
    kind, _, offset = word.meaning.rpartition(":")
    if kind == "end":
        year = beside.when.last_year if beside else year_told(context)
        when = year_end(year + int(offset))
        return Topic(word.start, when, "stated", is_stock=True, is_word=True)
    if kind == "whole":
        when = of_year(beside.when.last_year) if beside else _told(context)
        return Topic(word.start, when, "stated")
    compared = clean[max(0, word.start - _FRONT) : word.start].endswith(_COMPARED)
    when = of_year(anchor.year + int(offset))
    if offset == "0" and word.words in _OF_THE_YEAR:
        when = _told(context)
    if offset == "-1" and (beside or word.words.startswith("上")):
        when = earlier_by_a_year(beside.when if beside else _told(context))
    return Topic(word.start, when, "stated", compared, compared)


def _told(context: Context) -> When:
    """The period that the sentences before tell of, which 上年 looks back from."""
    sections = [section.when for section in context.inherited() if section.when]
    told = [when for when in (context.when, *sections) if when and not when.is_event]
    return told[0] if told else context.header.title_when or of_year(year_told(context))


def year_told(context: Context) -> int:
    """The year that the document tells of: that of its title, else that of its day."""
    first, last = context.header.title_years
    return last if first == last and last else context.header.published_on.year


def _resolved(
    clean: str, placed: Placed, anchor: date, told: When | None, context: Context
) -> When | None:
    """The period of a mention; 五年来 and 三年内 count from the document's day."""
    printed = placed.mention.printed
    if told and _HAS_YEAR.search(printed) is None and told.last_year != anchor.year:
        anchor = date(told.last_year, 12, 31)
    is_ahead = clean[placed.at + 1 :].startswith(_BY)
    if when := read_when(printed, anchor, is_ahead=is_ahead):
        return when
    found = _YEARS.match("".join(printed.split()))
    number = read_number(found[1]) if found else None
    if number is None or number.value is None:
        return None
    count = int(number.value)
    is_told = clean[placed.at + 1 :].startswith(_SUMMED) or clean[: placed.at].endswith("连续")
    spans = context.span
    if spans and is_told:
        if spans.last_year - spans.first_year + 1 == count:
            return spans
    front, back = clean[max(0, placed.at - 5) : placed.at], clean[placed.at + 1 : placed.at + 3]
    last = anchor.year - 1 if anchor.month < _MIDSUMMER else anchor.year
    if front.endswith(_BACK) or back.startswith(grammar("years_passed")):
        return years(last - count + 1, last)
    ahead = front.endswith(grammar("years_ahead"))
    if ahead or (back.startswith(grammar("years_within")) and context.mode() != "actual"):
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
    printed = placed.mention.printed
    counted = _HAS_YEAR.search(printed) is None and not (stock and "月" in printed)
    return Topic(at, when, "stated", compared or not opens, compared, due, stock, counted)


def period_of(
    events: Events, figure: int, status: str, named: list[Topic], context: Context
) -> Dated:
    """The reference period of one figure of a sentence."""
    start, at = events.window(figure)
    start = past_brackets(events.sentence.clean, start, at)
    local = [topic for topic in named if start <= topic.at < at]
    standing = [topic for topic in named if topic.at < at and not topic.is_local]
    if status in _FORWARD:
        # A target below last year's value is due when the document says, not last year.
        local = [topic for topic in local if not topic.is_compared]
    if status == "change":
        return _of_change(events, (start, at), named, standing, context)
    if _ends_in_base(events, at):
        return _base_year(events, (start, at), [], standing, context)
    if local and not (local[-1].is_compared and standing and local[-1].at < standing[-1].at):
        return _stated(local[-1], "window")
    if _EACH_ONE.sub("", events.sentence.clean[:at]).endswith(_FROM):
        return _base_year(events, (start, at), named, standing, context)
    if standing:
        return _stated(_reached(standing[-1], events, figure, start), "sentence")
    if status in ("target", "planned") and (due := _due_behind(events, at, named)):
        return Dated(due[0].when.code, "stated", "due_behind")
    return inherited(events, (start, at), status, context)


def _reached(topic: Topic, events: Events, figure: int, start: int) -> Topic:
    """The end of a span where a share is told that it has reached: 五年来，入园率达到91.8%."""
    placed = events.sentence.figures[figure]
    when = topic.when
    if when.first_year == when.last_year or placed.mention.reading.kind != "share":
        return topic
    is_level = any(
        one.meaning == "level" and start <= one.start < placed.at for one in events.words
    )
    if not is_level or topic.is_due or "均" in events.sentence.clean[start : placed.at]:
        return topic
    return topic._replace(when=of_year(when.last_year))


def _ends_in_base(events: Events, at: int) -> bool:
    """Whether a figure is last year's, with which another is compared: 比上年的112亿元增长."""
    clean = events.sentence.clean
    return clean[at - 1] == "的" and any(
        word.meaning == "base" and word.end == at - 1 for word in events.cues
    )


def _due_behind(events: Events, at: int, named: list[Topic]) -> list[Topic]:
    """Days to be reached that the sentence names, up to the next semicolon."""
    stop = events.sentence.clean.find("；", at)
    return [one for one in named if one.is_due and (stop < 0 or one.at < stop)]


def _opens_span(events: Events, topic: Topic, at: int) -> bool:
    """Whether a year is that from which the sentence tells a growth: 由2012年的14.1万人增加到."""
    return topic.at < at and events.sentence.clean[: topic.at].endswith(_FROM)


def _base_year(
    events: Events,
    window: tuple[int, int],
    named: list[Topic],
    standing: list[Topic],
    context: Context,
) -> Dated:
    """由11.8%降至6.5%: the value before, a year earlier where no year is told."""
    from_when = [
        topic for topic in named if topic.is_local and _opens_span(events, topic, window[1])
    ]
    if from_when:
        return Dated(from_when[-1].when.code, "assumed", "document")
    if standing:
        when = standing[-1].when
        if when.last_year > when.first_year:
            return Dated(of_year(when.first_year - 1).code, "assumed", "document")
    else:
        when = read_code(inherited(events, window, "actual", context).code)
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
    stop = _stop(clean, at)
    compared = [topic for topic in named if topic.is_compared and stop <= topic.at < at]
    if standing:
        end, basis = standing[-1].when, standing[-1].basis
    else:
        dated = inherited(events, window, "change", context)
        end, basis = when_of(dated.code, context), dated.basis
    if compared and compared[-1].when.first_year < end.last_year:
        code = years(compared[-1].when.first_year, end.last_year).code
        return Dated(code, "stated" if standing else basis, "sentence")
    if end.first_year != end.last_year:
        return Dated(end.code, basis, "sentence" if standing else "inherited")
    spans = context.span
    if spans and spans.last_year == end.last_year and "年均" in clean[window[0] : at]:
        return Dated(spans.code, "inherited", "inherited")
    has_base = any(word.meaning == "base" and stop <= word.start < at for word in events.words)
    code = years(end.last_year - 1, end.last_year).code
    return Dated(code, "stated" if has_base else basis, "base" if has_base else "inherited")
