"""Figures in tables: the headings of a cell say what its number states, where and when."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from ingest.grammar.cells import read_cell
from ingest.grammar.course import Course
from ingest.grammar.judgement import judged
from ingest.meaning import confidence
from ingest.meaning.cells import Placed
from ingest.meaning.context import Context, Head, mode_of
from ingest.meaning.events import Events, events
from ingest.meaning.figures import Place, proposal
from ingest.meaning.inherited import Dated
from ingest.meaning.lexicon import grammar, plain, vocabulary, word_pattern
from ingest.meaning.numbers import capped, unit_of
from ingest.meaning.place_names import is_unlisted
from ingest.meaning.proposals import Proposal
from ingest.meaning.sentences import FIGURE, PERIOD, Sentence
from ingest.meaning.sentences import Placed as PlacedMention
from ingest.meaning.stated import Subject
from ingest.meaning.statuses import status_of
from ingest.meaning.subjects import subject_of
from ingest.meaning.table_units import UNIT, is_unit, with_unit
from ingest.meaning.times import Topic, period_of, topics
from ingest.meaning.when import When, read_when
from ingest.quantities import Mention, find

_YEAR: Final = re.compile(r"\s*((?:19|20)\d\d)\s*年?\s*")
_IDENTIFIERS: Final = grammar("identifier")
_INDEX: Final = re.compile(r"序\s*号|编\s*号|行\s*次|No\.?")
_JOINED: Final = str.maketrans(dict.fromkeys("，,；;：:。", "、"))
"""Inside a heading no stop parts its words from the number."""

_COLONS: Final = re.compile("[:：]")
_OPENS: Final = re.compile(r"^(?:其中|内|#)[：:、]?")
_ENUMERATED: Final = re.compile(r"[\d.、一二三四五六七八九十（）()]+|[^\u4e00-\u9fff]+")
_SUMS: Final = frozenset(grammar("sum"))


def in_table(
    placed: Placed,
    mentions: Sequence[Mention],
    why: Sequence[str],
    context: Context,
    course: Course,
) -> Iterator[Proposal]:
    """What the numbers of one cell state; its cell holds little besides one number."""
    for mention, reason in zip(mentions, why, strict=True):
        reason = reason or _heading_reason(placed, mention)
        if reason:
            yield Proposal(
                mention.char_start,
                mention.char_end,
                mention.printed,
                "non_figure",
                confidence=confidence.of_non_figure(reason),
                reason=reason,
            )
        else:
            yield _of_cell(placed, mention, context, course)


def _heading_reason(placed: Placed, mention: Mention) -> str:
    """Why a number of a heading cell, or of a column that counts rows, states no statistic."""
    cell = placed.cell
    if any(_INDEX.fullmatch(heading) for heading in cell.column_headers):
        return "list_index"
    if cell.column_headers and plain(cell.column_headers[-1]).endswith(_IDENTIFIERS):
        return "identifier"
    if _YEAR.fullmatch(mention.printed) and (cell.is_header or not cell.column_headers):
        return "period"
    return "list_index" if cell.is_header and len(mention.printed) < 3 else ""


class _Headings:
    """Headings as sentences, for the strict reader."""

    def __init__(self, published: date) -> None:
        self._published = published

    def sentence(self, words: str) -> Sentence:
        return _sentence((_COLONS.sub("", words),), self._published, False)

    def is_unit(self, words: str) -> bool:
        return is_unit(words)

    def without_unit(self, words: str) -> str:
        return UNIT.sub("", words)


def _of_cell(placed: Placed, mention: Mention, context: Context, course: Course) -> Proposal:
    mention = with_unit(mention, placed)
    headings = _Headings(context.header.published_on)
    reading = read_cell(
        placed.cell,
        placed.table,
        mention,
        course.section,
        course.world,
        headings,
        is_bracketed=_is_bracketed(course.text, mention),
    )
    measure = context.reference.measure(mention.unit_code)
    found, status, subject = _read(placed, mention, context, with_caption=False)
    if not subject.indicator:
        again = _read(placed, mention, context, with_caption=True)
        if again[2].indicator or not subject.subject_zh:
            found, status, subject = again
    if mode_of(placed.table.caption) == "planned" and status == "actual":
        status = "planned"
    mention = capped(found, 0, mention, status)
    named = topics(found, context)
    dated = _dated(placed, found, status, named, context)
    place = _place(placed, found, context)
    unit = unit_of(subject, mention.unit_code, measure, context)
    if place.strength == "unlisted" or _has_unknown_leaf(placed, context):
        subject = Subject("", "total", subject.subject_zh, "unknown")
    if subject.strength != "unknown":
        sector = subject.sector if subject.sector != "total" else _sector(placed)
        subject = subject._replace(strength="table", sector=sector)
    context.heads.append(Head(subject.indicator, subject.sector, mention.unit_code, ""))
    del context.heads[:-1]
    loose = proposal(mention, unit, subject, place, dated, status, context)
    return judged([loose], reading, mention, course.world)[0]


def _is_bracketed(text: str, mention: Mention) -> bool:
    front, back = text[mention.char_start - 1 : mention.char_start], text[mention.char_end :][:1]
    return front in "(（" and back in ")）" and front != "" and back != ""


def _has_unknown_leaf(placed: Placed, context: Context) -> bool:
    """Whether the innermost heading of a row or column says what we do not know: 其中：女, 市直.

    Such a number is of a part of what the headings above it name.
    """
    cell = placed.cell
    leaves = []
    if len(cell.column_headers) > 1:
        leaves.append(cell.column_headers[-1])
    if _has_places(placed, context):
        leaves += [words for words in cell.row_headers[-1:] if not is_unit(words)]
    return any(not _is_known(words, context) for words in leaves)


def _has_places(placed: Placed, context: Context) -> bool:
    """Whether the rows of a table are places, so that one that is none is a part of them."""
    key = id(placed.table)
    if key not in context.tables:
        headings = {plain(words) for cell in placed.table.cells for words in cell.row_headers}
        context.tables[key] = any(map(context.gazetteer.code_of_heading, headings))
    return context.tables[key]


def _is_known(heading: str, context: Context) -> bool:
    words = _without_unit(heading)
    if words in _SUMS or _ENUMERATED.fullmatch(words):
        return True
    if context.gazetteer.code_of_heading(words) or find(words):
        return True
    if context.reference.alias_pattern.search(words):
        return True
    return word_pattern().search(words) is not None


@lru_cache(maxsize=1 << 12)
def _without_unit(heading: str) -> str:
    """A heading without its unit and the 其中 that opens it."""
    words = plain(UNIT.sub("", heading))
    return _OPENS.sub("", words) or "合计"


def _sector(placed: Placed) -> str:
    """The sector that a heading of the cell's column or row names: 公办幼儿园."""
    known = vocabulary()
    for heading in (*reversed(placed.cell.column_headers), *reversed(placed.cell.row_headers)):
        for match in word_pattern().finditer(plain(heading)):
            category, meaning = known[match[0]]
            if category == "sector":
                return meaning
    return "total"


def _read(
    placed: Placed, mention: Mention, context: Context, *, with_caption: bool
) -> tuple[Events, str, Subject]:
    """The headings read as a sentence that ends in the figure."""
    cell = placed.cell
    parts = [placed.table.caption] if with_caption else []
    rows = [words for words in cell.row_headers if not is_unit(words)]
    parts += ["".join(rows), "".join(cell.column_headers)]
    published = context.header.published_on
    sentence = _sentence(tuple(part for part in parts if part), published, with_caption)
    sentence = sentence._replace(figures=(PlacedMention(len(sentence.clean) - 1, mention),))
    found = events(sentence, context.gazetteer, context.reference)
    measure = context.reference.measure(mention.unit_code)
    named = topics(found, context)
    status = status_of(found, 0, measure, mention.qualifier, named, context)
    held, context.heads = context.heads, []
    subject = subject_of(found, 0, measure, mention.unit_code, status, context)
    context.heads = held
    return found, status, subject


@lru_cache(maxsize=1 << 12)
def _sentence(parts: tuple[str, ...], published: date, is_joined: bool) -> Sentence:
    clean = ""
    periods: list[PlacedMention] = []
    for part in (words.translate(_JOINED) for words in parts):
        position = 0
        for mention in find(part):
            clean += plain(part[position : mention.char_start])
            year = _YEAR.fullmatch(mention.printed)
            if mention.reason in ("period", "date") or year:
                periods.append(PlacedMention(len(clean), _year(mention, bool(year))))
                clean += PERIOD
            else:
                clean += mention.printed
            position = mention.char_end
        clean += plain(part[position:]) + ("" if is_joined else "，")
    return Sentence(0, 0, clean.rstrip("，") + FIGURE, False, 0, (), tuple(periods))


def _year(mention: Mention, is_year: bool) -> Mention:
    if is_year and not mention.printed.strip().endswith("年"):
        return mention._replace(printed=mention.printed.strip() + "年")
    return mention


def _dated(
    placed: Placed, found: Events, status: str, named: list[Topic], context: Context
) -> Dated:
    standing = [topic for topic in named if topic.basis == "stated"]
    if standing:
        crowded = [words for words in placed.cell.column_headers if _crowds(words)]
        return Dated(standing[-1].when.code, "stated", "crowded" if crowded else "table")
    when = _caption_when(placed.table.caption, context.header.published_on)
    if when:
        return Dated(when.code, "inherited", "table")
    return period_of(found, 0, status, named, context)


@lru_cache(maxsize=1 << 12)
def _crowds(heading: str) -> bool:
    """Whether a heading names several periods: those of columns that a reader could not part."""
    return sum(mention.reason in ("period", "date") for mention in find(heading)) > 1


@lru_cache(maxsize=256)
def _caption_when(caption: str, published: date) -> When | None:
    for mention in find(caption):
        if mention.reason in ("period", "date"):
            if when := read_when(mention.printed, published):
                return when
    return None


def _place(placed: Placed, found: Events, context: Context) -> Place:
    """The place that a heading names, in full or short; sums are those of the whole region."""
    cell = placed.cell
    for heading in (*reversed(cell.row_headers), *reversed(cell.column_headers)):
        words = plain(heading)
        if words in _SUMS:
            return Place(context.gazetteer.home, "self", "table")
        if code := context.gazetteer.code_of_heading(words):
            return Place(code, "self", "table")
        if is_unlisted(words):
            return Place(context.gazetteer.home, "self", "unlisted")
    if found.places:
        return Place(found.places[-1].code, "self", "table")
    return Place(context.gazetteer.home, "self", "document")
