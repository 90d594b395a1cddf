"""Periods: the times that a text names, resolved against its own date.

Absolute ones are read as printed (2023年春季 -> 2023-spring). Relative ones (去年, 上年末, 目前,
本月26日, 近三年, 9月 without a year) count from the date of the document, or from the year with
which their sentence compares, and are marked as relative. The role says how a period bounds what
is said: as_of (截止2023年4月底), due (到2025年, 2021年底前), since (从2021年起), else in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from typing import Final

from ingest.quantities.dates import (
    Period,
    day_period,
    month_period,
    plan_period,
    read_date,
    school_year_period,
    span_period,
    term_period,
    year_period,
)
from ingest.quantities.lexicon import LexiconError, alternation, behind_first_letter, read_rows
from ingest.quantities.mentions import find
from ingest.quantities.numerals import read_number
from ingest.quantities.readings import Mention

ROLES = ("in", "as_of", "due", "since")


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time named in a text: text[char_start:char_end] == printed.

    role: one of ROLES. is_relative: whether the document's date or another sentence gives its year.
    """

    char_start: int
    char_end: int
    printed: str
    period: Period
    role: str
    is_relative: bool


_BASES = ("year", "month", "day", "term", "school_year")


def _load() -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {}
    for row in read_rows("relative_periods.csv", ("words", "base", "offset")):
        if row["base"] not in _BASES or not row["offset"].lstrip("-").isdigit():
            fault = f"relative_periods.csv words '{row['words']}'"
            raise LexiconError(
                f"{fault}: base is one of {', '.join(_BASES)}; offset a whole number"
            )
        words[row["words"]] = (row["base"], int(row["offset"]))
    return words


_RELATIVE = _load()
_WORD = re.compile(
    rf"[{''.join({words[0] for words in _RELATIVE})}]{behind_first_letter(_RELATIVE)}"
    r"(?P<part>年?(?:底|末|初)|(?:春|秋)季?(?:学期)?|[上下]半年)?"
)
_LONGEST_WORD = max(map(len, _RELATIVE))
_PLAN = re.compile(r"十([一二三四五六七])五")
_PLAN_END = re.compile(r"[”\"]?(?:末|收官)")
_COUNT = re.compile(r"[^年月学]+")
_HAS_YEAR = re.compile(r"[0-9０-９〇○零一二三四五六七八九]{4}")
_PAST_BEFORE = ("近", "过去", "这")
_FUTURE_BEFORE = ("未来", "今后")
_PAST_BEHIND = re.compile(r"以?来")
_WITHIN = re.compile(r"之?内|以内|间")
_SINCE_THEN = re.compile(r"(?:开始|起)的?[，,]?")
_ROLE_BEFORE: Final = {
    "截至": "as_of", "截止": "as_of", "截止到": "as_of", "截至到": "as_of",
    "到": "due", "至": "due", "从": "since", "自": "since",
}  # fmt: skip
_BEFORE = re.compile(rf"({alternation(_ROLE_BEFORE)})[ \u00a0\u3000]?$")
_BEHIND = re.compile(r"(?:之前|以前|前)(?![后三一两列沿])|(起|开始|以来|以后)")
_COMPARED = frozenset("较比由同从")
_SENTENCE_ENDS = re.compile(r"[。！？!?\n]")
_SENTENCE_REACH = 200
_BLANKS = " \u00a0\u3000"


def find_periods(
    text: str, published_on: date, mentions: Sequence[Mention] | None = None
) -> list[PeriodMention]:
    """The periods that a text names, in order, their spans apart.

    published_on: date of the document. mentions: what `find` has found, where it is at hand.
    Periods inside titles belong to a name and are left out.
    """
    found: list[PeriodMention] = []
    for start, end, part in _candidates(text, find(text) if mentions is None else mentions):
        if found and start < found[-1].char_end:
            continue
        if part is not None:
            new = _word(text, start, end, part, published_on, found)
        else:
            new = _printed(text, start, end, published_on, found)
        if new is not None:
            if found and new.char_start <= found[-1].char_start:
                found.pop()
            found.append(new)
    return found


def _candidates(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str | None]]:
    """Spans of printed times (part None) and of relative words, in order."""
    printed = (
        (mention.char_start, mention.char_end, None)
        for mention in mentions
        if mention.reading.form == "period"
    )
    words = ((word.start(), word.end(), word["part"] or "") for word in _WORD.finditer(text))
    return merge(printed, words, key=lambda candidate: candidate[0])


def _printed(
    text: str, start: int, end: int, published_on: date, found: list[PeriodMention]
) -> PeriodMention | None:
    printed = text[start:end]
    last = found[-1] if found else None
    if plan := _PLAN.fullmatch(printed):
        whole = plan_period(10 + _count(plan[1]))
        is_end = _PLAN_END.match(text, end) is not None
        period = year_period(whole.ends_on.year) if is_end else whole
        return PeriodMention(start, end, printed, period, _role(text, start, end), False)
    has_year = _HAS_YEAR.search(printed) is not None
    if not has_year and last and text[last.char_end : start].strip(_BLANKS) == "":
        # 本月26日, 去年9月: the word in front gives the year or the month.
        inside = read_date(printed, last.period.starts_on)
        if inside is not None:
            words = text[last.char_start : end]
            return replace(last, char_end=end, printed=words, period=inside)
    stated = _stated_before(text, start, found)
    anchor = date(_last_year(stated), published_on.month, 1) if stated else published_on
    if read := read_date(printed, anchor):
        is_relative = not has_year and stated is None
        return PeriodMention(start, end, printed, read, _role(text, start, end), is_relative)
    return _counted(text, start, end, published_on, last)


def _counted(
    text: str, start: int, end: int, published_on: date, last: PeriodMention | None
) -> PeriodMention | None:
    """近三年 and 三年来 end with the last year that is over, 未来三年 and 三年内 begin now."""
    printed = text[start:end]
    numeral = _COUNT.match(printed)
    years = _count(numeral[0]) if numeral and "年" in printed else 0
    if not 0 < years < 100:
        return None
    before = text[max(0, start - 4) : start].rstrip(_BLANKS)
    over = published_on.year - (published_on.month != 12)
    if before.endswith(_PAST_BEFORE) or _PAST_BEHIND.match(text, end):
        first, final = over - years + 1, over
    elif before.endswith(_FUTURE_BEFORE):
        first, final = over + 1, over + years
    elif within := _WITHIN.match(text, end):
        if last and last.role == "since" and _SINCE_THEN.fullmatch(text, last.char_end, start):
            # 从2021年开始三年内: the span begins with the year in front.
            opening = last.period.starts_on.year
            period = span_period(_year(opening), _year(opening + years - 1))
            whole = text[last.char_start : within.end()]
            return replace(last, char_end=within.end(), printed=whole, period=period, role="in")
        first, final = published_on.year, published_on.year + years - 1
    else:
        return None
    period = span_period(_year(first), _year(final))
    return PeriodMention(start, end, printed, period, "in", True)


def _word(
    text: str, start: int, end: int, part: str, published_on: date, found: list[PeriodMention]
) -> PeriodMention | None:
    base, offset = _RELATIVE[text[start : end - len(part)]]
    stated = _stated_before(text, start, found)
    if stated is not None and text[start - 1] in _COMPARED:
        period = _like(_relative(base, offset, part, date(_last_year(stated), 12, 1)), stated)
    else:
        period = _relative(base, offset, part, published_on)
    if period is None:
        return None
    return PeriodMention(start, end, text[start:end], period, _role(text, start, end), True)


def _stated_before(text: str, start: int, found: list[PeriodMention]) -> Period | None:
    """The period that the same sentence has stated before; None where it has stated none."""
    if not found or found[-1].is_relative or start - found[-1].char_end > _SENTENCE_REACH:
        return None
    is_other = _SENTENCE_ENDS.search(text, found[-1].char_end, start)
    return None if is_other else found[-1].period


def _last_year(period: Period) -> int:
    return int(period.code[5:9] if "/" in period.code else period.code[:4])


def _like(period: Period | None, stated: Period) -> Period | None:
    """2022年秋季 … 较上年: a year that is compared with a term means the same term."""
    if period is None or len(period.code) != 4 or stated.code[4:] not in ("-spring", "-autumn"):
        return period
    return term_period(int(period.code), "春" if stated.code.endswith("spring") else "秋")


def _count(printed: str) -> int:
    number = read_number(printed)
    return int(number.value) if number and number.value is not None else 0


def _year(year: int) -> Period:
    return year_period(min(max(year, 1), 9998))


def _relative(base: str, offset: int, part: str, anchor: date) -> Period | None:
    if base == "month":
        months = max(12, anchor.year * 12 + anchor.month - 1 + offset)
        return month_period(months // 12, months % 12 + 1)
    if base == "day":
        return day_period(date.fromordinal(max(1, anchor.toordinal() + offset)))
    if base == "term":
        if 2 <= anchor.month <= 8:
            return term_period(anchor.year, "春")
        return term_period(anchor.year - (anchor.month == 1), "秋")
    year = min(max(anchor.year + offset, 1), 9998)
    if base == "school_year":
        return school_year_period(year if anchor.month >= 9 else max(1, year - 1))
    return read_date(f"{year:04}年{part.removeprefix('年')}", anchor) if part else _year(year)


def _role(text: str, start: int, end: int) -> str:
    if behind := _BEHIND.match(text, end):
        return "since" if behind[1] else "due"
    before = _BEFORE.search(text, max(0, start - 6), start)
    return _ROLE_BEFORE[before[1]] if before else "in"
