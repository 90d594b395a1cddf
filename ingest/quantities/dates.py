"""Dates: the grammar of printed years, terms, months and days, and what time they cover.

Writings: 2023年3月6日, 2026-02-24, 2020-2022年, 2021学年, 2023年春季, 2021年底, 2023年4月底, 9月,
二〇二五年十二月, 3月至5月, 20世纪90年代. A part that is not printed (the year of 9月1日) is taken
from the anchor that the caller gives.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ingest.quantities.numerals import DIGITS, read_number

GAP = r"[ \u00a0\u3000\r\n]{0,4}"
"""What copying leaves between a number and its unit, page breaks included."""

RANGE_SIGN = r"(?:[-‐‑–—―－−~～〜∼]{1,2}|至|到)"
_D = f"[{DIGITS}]"
_ONES = "一二三四五六七八九"
_YEAR = rf"(?:(?:1[6-9]|20|１[６-９]|２０){_D}{{2}}(?!{_D})|[一二][〇○零{_ONES}]{{3}})"
_MONTH = rf"(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９]|十[一二]?|[{_ONES}])(?!{_D})"
_DAY = rf"(?:[12][0-9]|3[01]|0?[1-9]|[１２][０-９]|３[０１]|０?[１-９]|[二三]?十[{_ONES}]?|廿[{_ONES}]?|[{_ONES}])(?!{_D})"  # noqa: E501
_PART = "底|末|初|中旬|上旬|下旬"
_MONTH_TAIL = rf"{GAP}月(?:{GAP}(?:{_DAY}){GAP}[日号]|份?(?:{_PART})|份)?"
_SEASON = r"(?:春|秋)(?:季学期|季|学期)|春(?=[、，])|(?:春|秋)(?=招)"
_TERM = rf"{GAP}(?:第?[一二12](?:个)?|[上下])学期"
_YEAR_TAIL = (
    rf"(?:{GAP}(?:(?:{_MONTH}){GAP}{RANGE_SIGN}{GAP})?(?:{_MONTH}){_MONTH_TAIL}|{GAP}(?:{_SEASON})|年?(?:底|末|初|终|中(?=[，,。；]))"
    r"|(?:上|下)半年|第?[一二三四1-4]季度|前三季度)"
)
_POINT = (
    rf"{_YEAR}{GAP}(?:学年度?(?:{_TERM})?|年度?(?:{_YEAR_TAIL})?)"
    rf"|{_MONTH}{_MONTH_TAIL}"
    rf"|{_DAY}{GAP}日(?!内|之内|以内|[本益常均报程])"
    rf"|第?[一二三四1-4]季度"
)
_ISO = "|".join(f"{_YEAR}{sign}(?:{_MONTH}){sign}(?:{_DAY})" for sign in ("-", "/", "[.．]"))
_ERA = (
    rf"(?:{_D}{{2}}|[二十]?[{_ONES}十])世纪(?:{_D}0|[{_ONES}]十)?(?:年代)?"
    rf"|{_D}0年代|[{_ONES}]十年代"
)
DATE = (
    rf"(?:{_ISO}|(?:(?:{_YEAR}|{_MONTH}|{_DAY}){GAP}{RANGE_SIGN}{GAP})?(?:{_POINT})"
    rf"(?:{GAP}{RANGE_SIGN}{GAP}(?:{_POINT}))?|{_YEAR}{RANGE_SIGN}{_YEAR}|{_YEAR}/{_YEAR}{GAP}学年度?"
    rf"|{_ERA})"
)
"""Regular expression of a date, or of a span from one to another."""

_FULL_ISO = re.compile(rf"({_YEAR})[-/.．]({_MONTH})[-/.．]({_DAY})")
_SIGN = re.compile(rf"{GAP}{RANGE_SIGN}{GAP}")
_SCHOOL_YEARS = re.compile(rf"{GAP}(?:{RANGE_SIGN}|/){GAP}")
_BARE = re.compile(f"{_YEAR}|{_MONTH}|{_DAY}")
_YEAR_AND_MONTH = re.compile(rf"{_YEAR}{GAP}年{GAP}{_MONTH}")
_READ = re.compile(
    rf"(?:(?P<year>{_YEAR}){GAP}(?P<kind>学年|年)?度?)?{GAP}(?:第?(?P<term>[一二12上下])个?学期)?"
    rf"(?:(?P<month>{_MONTH}){GAP}月份?)?{GAP}(?:(?P<day>{_DAY}){GAP}[日号])?{GAP}"
    rf"(?:年?(?P<part>{_PART}|终|中)|(?P<season>春|秋)\S*|(?P<half>[上下])半年"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<three>前三季度))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A reference period: its code as the seeds write it, and its first and last day."""

    code: str
    starts_on: date
    ends_on: date


def year_period(year: int) -> Period:
    """The calendar year: '2022'."""
    return Period(f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def month_period(year: int, month: int) -> Period:
    """The month: '2022-09'."""
    return Period(
        f"{year:04}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1])
    )


def day_period(day: date) -> Period:
    """The day: '2023-04-30'."""
    return Period(day.isoformat(), day, day)


def term_period(year: int, season: str) -> Period:
    """The school term that begins in the year: 春 -> '2023-spring', 秋 -> '2022-autumn'."""
    if season == "春":
        return Period(f"{year:04}-spring", date(year, 2, 1), date(year, 8, 31))
    return Period(f"{year:04}-autumn", date(year, 9, 1), date(year + 1, 1, 31))


def school_year_period(year: int) -> Period:
    """The school year that begins in the year: '2021/2022'."""
    return Period(f"{year:04}/{year + 1:04}", date(year, 9, 1), date(year + 1, 8, 31))


def span_period(first: Period, last: Period) -> Period:
    """From the beginning of one period to the end of another; the code names at least its years."""
    start, end = first.starts_on, last.ends_on
    if first.code == last.code:
        return first
    code = f"{start.year:04}"
    if start.year != end.year:
        code = f"{code}/{end.year:04}"
    elif start.month == end.month:
        code = f"{code}-{start.month:02}"
    return Period(code, start, end)


def plan_period(number: int) -> Period:
    """The five-year plan of that number: 14 -> '2021/2025'."""
    first = 1951 + 5 * number
    return span_period(year_period(first), year_period(first + 4))


def _value(printed: str | None, default: int) -> int:
    if not printed:
        return default
    number = read_number(printed)
    return int(number.value) if number and number.value is not None else default


def _point(printed: str, anchor: date) -> Period | None:
    found = _READ.fullmatch(printed)
    if not found:
        return None
    year = _value(found["year"], anchor.year)
    month = _value(found["month"], anchor.month)
    if found["kind"] == "学年":
        return _part_of_school_year(found["term"], year)
    try:
        if found["day"]:
            return day_period(date(year, month, _value(found["day"], 1)))
        if found["month"]:
            whole = month_period(year, month)
            return day_period(whole.ends_on) if found["part"] in ("底", "末") else whole
    except ValueError:
        return None
    return _part_of_year(found, year)


def _part_of_school_year(term: str | None, year: int) -> Period:
    if not term:
        return school_year_period(year)
    return term_period(year, "秋") if term in "一1上" else term_period(year + 1, "春")


def _part_of_year(found: re.Match[str], year: int) -> Period:
    whole = year_period(year)
    if found["season"]:
        return term_period(year, found["season"])
    if found["part"] in ("底", "末", "终"):
        return day_period(whole.ends_on)
    if found["part"] == "初":
        return month_period(year, 1)
    first, last = 1, 12
    if found["half"]:
        first, last = (1, 6) if found["half"] == "上" else (7, 12)
    elif found["quarter"]:
        last = 3 * (int("一二三四1234".index(found["quarter"])) % 4 + 1)
        first = last - 2
    elif found["three"]:
        last = 9
    start, end = month_period(year, first).starts_on, month_period(year, last).ends_on
    return Period(whole.code, start, end)


def read_date(printed: str, anchor: date) -> Period | None:
    """The period that a printed date covers; None where no calendar has it (2月30日).

    printed: words that DATE matches. anchor: gives the year or month that is not printed.
    """
    if iso := _FULL_ISO.fullmatch(printed):
        try:
            return day_period(date(*(_value(part, 1) for part in iso.groups())))
        except ValueError:
            return None
    ends = (_SCHOOL_YEARS if "学年" in printed else _SIGN).split(printed, maxsplit=1)
    if len(ends) == 1:
        return _point(printed, anchor)
    first, last = ends
    closing = _point(last, anchor) or (year_period(_value(last, 1)) if len(last) == 4 else None)
    if closing is None:
        return None
    if "学年" in last and len(first) == 4:
        # 2021—2022学年 is one school year, from the autumn of the first to the summer of the last.
        if last.endswith("学期"):
            return _point(f"{first}学年{last.partition('学年')[2].removeprefix('度')}", anchor)
        opening = school_year_period(_value(first, 1))
        return span_period(opening, school_year_period(closing.starts_on.year - 1))
    if "月" in last and _YEAR_AND_MONTH.fullmatch(first):
        first += "月"
    opening_point = _point(first + _missing_unit(first, last), anchor)
    if opening_point is None:
        return None
    if "年" not in last:
        closing = _point(last, opening_point.starts_on) or closing
    return span_period(opening_point, closing)


def _missing_unit(first: str, last: str) -> str:
    """Unit that the beginning of a span shares with its end: 2020-2022年, 3至5月."""
    if not _BARE.fullmatch(first):
        return ""
    if len(first) == 4:
        return "年"
    return "日" if "日" in last and "月" not in last else "月"
