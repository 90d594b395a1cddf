"""Periods as readers of each language write them (`2022-autumn`, `2023-04-30`, `2020/2022`)."""

import re
from functools import cache
from typing import Final

from report.words import Words

MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
TERMS: Final = {
    "spring": Words("春季学期", "spring term"),
    "autumn": Words("秋季学期", "autumn term"),
}
PERIOD: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<rest>spring|autumn|\d{2}(?:-\d{2})?))?")


@cache
def period_words(period: str | None) -> Words:
    """The name of a period; one that is written otherwise stands for itself."""
    if not period:
        return Words("", "")
    start, slash, end = period.partition("/")
    if slash:
        first, last = period_words(start), period_words(end)
        if start.isdigit() and end.isdigit():
            return Words(f"{start}—{end}年", f"{start}–{end}")
        return Words(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")
    match = PERIOD.fullmatch(period)
    return _single(match["year"], match["rest"]) if match else Words(period, period)


def _single(year: str, rest: str | None) -> Words:
    if not rest:
        return Words(f"{year}年", year)
    if term := TERMS.get(rest):
        return Words(f"{year}年{term.zh}", f"{term.en} {year}")
    month, _, day = rest.partition("-")
    if not 1 <= int(month) <= len(MONTHS):
        return Words(f"{year}-{rest}", f"{year}-{rest}")
    name = MONTHS[int(month) - 1]
    if not day:
        return Words(f"{year}年{int(month)}月", f"{name} {year}")
    return Words(f"{year}年{int(month)}月{int(day)}日", f"{int(day)} {name} {year}")


def year_of(period: str | None) -> str:
    """The year in which a period ends, for grouping; empty where none is written."""
    found = re.findall(r"\d{4}", period or "")
    return found[-1] if found else ""


def time_of(period: str) -> float:
    """Where a period's end lies on a scale of years, for charts: 2022-autumn lies after 2022.5."""
    last = period.rpartition("/")[2]
    match = PERIOD.fullmatch(last)
    if not match:
        return float(year_of(period) or 0)
    year, rest = float(match["year"]), match["rest"]
    if not rest:
        return year
    if rest in TERMS:
        return year + (0.25 if rest == "spring" else 0.75)
    month, _, day = rest.partition("-")
    return year + (int(month) - 1) / 12 + (int(day or 1) - 1) / 372
