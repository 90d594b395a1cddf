"""The days and years that a document's header tells: when it appeared, from when on it holds."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from ingest.meaning.when import When, read_when
from ingest.quantities import read_number

_TAIL: Final = 1500
_HEAD: Final = 16_000
_LONGEST_LINE: Final = 30
_DAY: Final = re.compile(r"((?:19|20)\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
_CHINESE_DAY: Final = re.compile(
    r"([二一][〇○零OＯo一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ZEROS: Final = str.maketrans("○OＯo", "〇〇〇〇")
_STAMPED: Final = re.compile("(?:发布|成文|印发|公开|发文|生成)(?:时间|日期)[:：]")
_MEETING: Final = re.compile(r"[—―－-]*(.{8,14}?)(?:，)?在.{2,40}(?:会议|大会)上")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*[-—－~～至]?\s*((?:19|20)\d\d)?\s*年")
_IN_FORCE: Final = re.compile(r"自\s*((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)")
_YEARS_IN_FORCE: Final = re.compile(r"有效期(?:为|限)?\s*(\d{1,2}|[一二三四五六七八九十])\s*年")
_MONTH_ALONE: Final = re.compile(r".{0,20}?((?:19|20)\d\d年(1[0-2]|0?[1-9])月)[）)]?")
_SCHOOL_YEAR: Final = re.compile(
    r"(?:(?:19|20)\d\d\s*[-—－~～至/]\s*)?(?:19|20)\d\d\s*学年度?|20\d\d年[春秋]季(?:学期)?"
)
_SINCE: Final = re.compile(
    r"(?:自|从)\s*((?:19|20)\d\d年(?:[春秋]季?(?:学期)?|\d{1,2}月(?:\d{1,2}日)?)?)起"
)
_PLAN: Final = re.compile("十[一二三四五六七]五")


def day_of(
    text: str, lines: list[str], tail: list[str], number: str, title: str, today: date
) -> tuple[date, str]:
    """The day on which a document appeared, and whether it is printed, inferred or assumed.

    lines, tail: its first and last lines without spaces. today: where nothing tells.
    """
    for line in [*reversed(tail[-12:]), *lines]:
        days = _days(line)
        is_alone = len(line) <= _LONGEST_LINE or _MEETING.match(line)
        if days and (is_alone or _STAMPED.match(line)):
            return days[-1], "printed"
    if force := _IN_FORCE.search(text[-_TAIL:]):
        if found := _date(*force.groups()):
            return found, "inferred"
    years = [int(year) for year in re.findall(r"〔(\d{4})〕", number)]
    if years:
        return date(years[0], 12, 31), "inferred"
    for line in [*reversed(tail[-4:]), *lines[:4]]:
        if (month := _MONTH_ALONE.fullmatch(line)) and (when := read_when(month[1], today)):
            last = monthrange(when.last_year, int(month[2]))[1]
            return date(when.last_year, int(month[2]), last), "inferred"
    named = title_years(title)[0]
    if named:
        return date(named, 12, 31), "inferred"
    return _by_years(text, today), "assumed"


def _by_years(text: str, today: date) -> date:
    """The end of the last year told that is not ahead."""
    past = [int(year[0]) for year in _YEAR.findall(text[:_HEAD]) if int(year[0]) <= today.year]
    return date(max(past), 12, 31) if past else today


def _days(words: str) -> list[date]:
    found = [_date(*match.groups()) for match in _DAY.finditer(words)]
    found += [_chinese_day(match) for match in _CHINESE_DAY.finditer(words)]
    return [day for day in found if day]


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _chinese_day(match: re.Match[str]) -> date | None:
    parts = [read_number(part.translate(_ZEROS)) for part in match.groups()]
    values = [str(int(part.value)) for part in parts if part and part.value is not None]
    return _date(*values) if len(values) == len(parts) else None


def in_force(text: str) -> tuple[date | None, date | None]:
    """First and last day on which what a document lays down holds; None where it does not say."""
    found = _IN_FORCE.search(text)
    start = _date(*found.groups()) if found else None
    if start is None:
        return None, None
    span = _YEARS_IN_FORCE.search(text)
    number = read_number(span[1]) if span else None
    count = int(number.value) if number and number.value is not None else 0
    if not count:
        return start, None
    first_after = date(start.year + count, start.month, min(start.day, 28))
    return start, first_after + timedelta(days=start.day - first_after.day - 1)


def holds_from(text: str, day: date) -> str:
    """The term, month or year from which a notice says that its rules hold; empty for none."""
    found = _SINCE.search(text)
    when = read_when(found[1], day) if found else None
    return when.code if when else ""


def title_years(title: str) -> tuple[int, int]:
    """First and last year that a title names; (0, 0) where it names none."""
    found = _YEAR.search(title)
    if not found:
        plan = _PLAN.search(title)
        when = read_when(plan[0], date.min) if plan else None
        return (when.first_year, when.last_year) if when else (0, 0)
    return int(found[1]), int(found[2] or found[1])


def school_year(title: str, day: date) -> When | None:
    """The school year or the term that a title names."""
    found = _SCHOOL_YEAR.search(title)
    return read_when(found[0], day) if found else None
