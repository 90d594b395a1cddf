"""A document's sentences, each with its figures and periods, for the eye that gives them meaning.

A sentence is shown clean: without spaces, quotation marks and brackets that hold no figure; every
figure is one sign, every period another, so that the words around them can be read as they stand.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from ingest.meaning.lexicon import plain
from ingest.quantities import Mention

FIGURE: Final = "\ue000"
PERIOD: Final = "\ue001"
DELIMITERS: Final = "，,；;。：:（）()！？!?\n"
LONGEST: Final = 800


def behind_last(marks: str) -> Callable[[str, int], int]:
    """A function that tells where, before a place, the words behind the last of these marks begin.

    One greedy match in place of a search for every mark: it is asked for each figure.
    """
    match = re.compile(f"(?s:.*)[{re.escape(marks)}]").match

    def behind(clean: str, end: int) -> int:
        found = match(clean, 0, end)
        return found.end() if found else 0

    return behind


clause_start: Final = behind_last(DELIMITERS)
"""Where the clause begins in which a place lies: behind the last stop."""

_WRAPPED: Final = 25
_END: Final = re.compile(
    r"[。！？!?\t\r\n】](?:(?<=[。！？!?])[。！？!?]*|(?<=[\t】])|(?:(?<=\n)|(?<=\r)\n)[\s\u3000]*)"
)
_OPENING: Final = frozenset("一二三四五六七八九十（(0123456789#*|—-")
_LEVELS: Final = (
    (re.compile(r"[一二三四五六七八九十]+、"), 1),
    (re.compile(r"[（(][一二三四五六七八九十]+[）)]"), 2),
    (re.compile(r"\d+\s*[.．、]"), 3),
    (re.compile(r"[（(]\d+[）)]"), 4),
)


class Placed(NamedTuple):
    """A mention and where its sign stands in the clean sentence."""

    at: int
    mention: Mention


class Sentence(NamedTuple):
    """One sentence: its span in the text and its clean form.

    opens: whether it begins a paragraph. level: of the section that it heads, 0 for none.
    figures: mentions that may state a statistic; periods: dates and reference periods.
    """

    char_start: int
    char_end: int
    clean: str
    opens: bool
    level: int
    figures: tuple[Placed, ...]
    periods: tuple[Placed, ...]


def sentences(
    text: str, mentions: Sequence[Mention], reasons: Sequence[str], ends: Sequence[int] = ()
) -> Iterator[Sentence]:
    """The sentences that hold a number or open a section, in order.

    reasons: why each mention states no statistic, empty for what may. ends: further places at
    which a sentence ends, in order (the cells of tables).
    """
    at = 0
    for start, end, opens in _spans(text, mentions, reasons, ends):
        first = at
        while at < len(mentions) and mentions[at].char_start < end:
            at += 1
        if at > first or opens:
            yield _sentence(text, (start, end, opens), mentions[first:at], reasons[first:at])


def _spans(
    text: str, mentions: Sequence[Mention], reasons: Sequence[str], ends: Sequence[int]
) -> Iterator[tuple[int, int, bool]]:
    found = _cuts(text, mentions, reasons)
    cuts = chain(_merged(found, ends) if ends else found, [(len(text), True)])
    starts = [mention.char_start for mention in mentions]
    closes = [mention.char_end for mention in mentions]
    start, opens = 0, True
    held, count = 0, len(mentions)
    for end, is_paragraph in cuts:
        while held < count and closes[held] <= end:
            held += 1
        if held < count and starts[held] < end:
            continue
        while end - start > LONGEST:
            cut = _cut(text, mentions, starts, start)
            yield start, cut, opens
            start, opens = cut, False
        if end > start:
            yield start, end, opens
            opens = is_paragraph
            start = end
        opens = opens or is_paragraph


def _cut(text: str, mentions: Sequence[Mention], starts: Sequence[int], start: int) -> int:
    """Where to end a sentence that is too long: behind a comma, never inside a mention."""
    place = start + LONGEST
    comma = max(text.rfind(mark, start + LONGEST // 2, place) for mark in "；，,")
    place = comma + 1 if comma >= 0 else place
    at = bisect_right(starts, place) - 1
    if at >= 0 and starts[at] < place < mentions[at].char_end:
        return starts[at] if starts[at] > start else mentions[at].char_end
    return place


def _merged(cuts: Iterator[tuple[int, bool]], ends: Sequence[int]) -> Iterator[tuple[int, bool]]:
    at = 0
    for cut, is_paragraph in cuts:
        while at < len(ends) and ends[at] < cut:
            yield ends[at], True
            at += 1
        yield cut, is_paragraph
    for end in ends[at:]:
        yield end, True


def _cuts(
    text: str, mentions: Sequence[Mention], reasons: Sequence[str]
) -> Iterator[tuple[int, bool]]:
    """Where sentences end, and whether a paragraph ends there too; list indices begin one."""
    heads = [
        one.char_start
        for one, why in zip(mentions, reasons, strict=True)
        if why == "list_index" and _heads(text, one)
    ]
    # Where a page number opens a line the sentence goes on behind it.
    pages = {
        one.char_start for one, why in zip(mentions, reasons, strict=True) if why == "page_number"
    }
    at, count = 0, len(heads)
    for match in _END.finditer(text):
        end = match.end()
        while at < count and heads[at] < end:
            yield heads[at], True
            at += 1
        mark = text[match.start()]
        if mark not in "\r\n":
            yield end, mark in "\t】"
        elif end not in pages and not _goes_on(text, match):
            yield end, True
    for head in heads[at:]:
        yield head, True


def _heads(text: str, mention: Mention) -> bool:
    return (
        level_of(mention.printed) > 0 or text[mention.char_start - 1 : mention.char_start] == "。"
    )


def level_of(printed: str) -> int:
    """Level of a section whose heading opens with this index; 0 for none."""
    for style, level in _LEVELS:
        if style.match(printed):
            return level
    return 0


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a line that ends here was only wrapped: the sentence goes on in the next."""
    before = text[match.start() - 1 : match.start()]
    if not before or before in "。！？；：;:!?|>" or match.end() >= len(text):
        return False
    line = match.start() - 1 - max(text.rfind("\n", 0, match.start()), 0)
    behind = text[match.end()]
    return line >= _WRAPPED and behind not in _OPENING and behind >= "\u4e00"


def _sentence(
    text: str,
    span: tuple[int, int, bool],
    mentions: Sequence[Mention],
    reasons: Sequence[str],
) -> Sentence:
    start, end, opens = span
    parts: list[str] = []
    length, position, level = 0, start, 0
    figures: list[Placed] = []
    periods: list[Placed] = []
    for mention, reason in zip(mentions, reasons, strict=True):
        gap = plain(text[position : mention.char_start])
        length += len(gap)
        if not reason:
            figures.append(Placed(length, mention))
            sign = FIGURE
        elif reason in ("period", "date"):
            periods.append(Placed(length, mention))
            sign = PERIOD
        elif reason in ("list_index", "page_number"):
            sign = ""
            if opens and not length:
                level = level_of(mention.printed)
        else:
            sign = plain(mention.printed)
        parts += (gap, sign)
        length += len(sign)
        position = mention.char_end
    parts.append(plain(text[position:end]))
    clean = "".join(parts)
    return Sentence(start, end, clean, opens, level, tuple(figures), tuple(periods))
