"""When: the period of a mention, and what relative words mean in a document of a given day."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from ingest.meaning.lexicon import grammar
from ingest.quantities.dates import Period, plan_period, read_date, span_period, year_period
from ingest.quantities.numerals import read_number

_YEAR: Final = timedelta(days=366)
_SUFFIXES: Final = grammar("ends_of_a_period")


class When(NamedTuple):
    """A period as a text gives it: its code, first and last year; is_event: a day or a month."""

    code: str
    first_year: int
    last_year: int
    is_event: bool


def of_period(period: Period) -> When:
    """A period of the calendar; terms and school years count to the year in which they begin."""
    in_one = period.ends_on - period.starts_on < _YEAR and period.starts_on.month > 1
    return When(
        period.code,
        period.starts_on.year,
        period.starts_on.year if in_one else period.ends_on.year,
        period.code.count("-") > 0 and period.code[-1].isdigit() and "/" not in period.code,
    )


@lru_cache(maxsize=1 << 10)
def of_year(year: int) -> When:
    """A calendar year."""
    return of_period(year_period(year))


@lru_cache(maxsize=1 << 12)
def years(first: int, last: int) -> When:
    """From one year to another."""
    return of_period(span_period(year_period(first), year_period(last)))


@lru_cache(maxsize=1 << 12)
def read_when(printed: str, anchor: date, *, is_ahead: bool = False) -> When | None:
    """The period that a printed date, term, span or five-year plan covers; None if none.

    anchor: the day that gives what is not printed. 截至3月 means the last March before it, but
    3月底前 the next one (is_ahead).
    """
    words = "".join(printed.split())
    if words.endswith("五") or "五时期" in words or "五期间" in words:
        return _plan(words)
    trimmed = words
    for ending in _SUFFIXES:
        trimmed = trimmed.removesuffix(ending)
    period = read_date(trimmed, anchor)
    if period is None:
        return None
    found = of_period(period)
    if "年" not in words and found.is_event and not words[:4].isdigit() and not is_ahead:
        return _most_recent(trimmed, anchor, period)
    return found


def _most_recent(words: str, anchor: date, period: Period) -> When:
    """A month or day without a year is that before the document, unless little lies ahead."""
    if period.starts_on > anchor + timedelta(days=62):
        earlier = read_date(words, anchor.replace(year=anchor.year - 1, day=min(anchor.day, 28)))
        return of_period(earlier) if earlier else of_period(period)
    return of_period(period)


def _plan(words: str) -> When | None:
    numeral = words.partition("五")[0] if words[:1] != "五" else words[:1]
    number = read_number(numeral) if numeral else None
    if number is None or number.value is None or not 1 <= number.value <= 30:
        return None
    return of_period(plan_period(int(number.value)))


def since(when: When, last_year: int) -> When:
    """From a period on: 2019年以来."""
    return years(when.first_year, max(last_year, when.first_year))


def year_end(year: int) -> When:
    """The last day of a year."""
    return When(f"{year}-12-31", year, year, True)


def each_year(when: When, count: int) -> list[When]:
    """The years of a span where it has as many as asked for; else nothing."""
    if when.last_year - when.first_year + 1 != count or count < 2 or "-" in when.code:
        return []
    return [of_year(year) for year in range(when.first_year, when.last_year + 1)]


def earlier_by_a_year(when: When) -> When:
    """The same period a year before: 去年 beside 2022年秋季 is 2021-autumn."""
    code = re.sub(r"(?<![-\d])\d{4}", lambda year: f"{int(year[0]) - 1:04}", when.code)
    return When(code, when.first_year - 1, when.last_year - 1, when.is_event)


def earliest(periods: Iterable[When]) -> When | None:
    """The period that ends first."""
    return min(periods, key=lambda when: (when.last_year, when.code), default=None)
