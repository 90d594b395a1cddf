"""What a document says of itself: title, number, issuer, kind, region and day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.meaning.lexicon import read_table
from ingest.meaning.places import number_characters, region_of_names
from ingest.meaning.reference import NATION, Reference
from ingest.meaning.when import When, read_when

_HEAD: Final = 4000
_TAIL: Final = 1500
_LINES: Final = 45
_LONGEST_TITLE: Final = 90
_NUMBER: Final = re.compile(
    r"([\u4e00-\u9fff]{1,12})\s*[〔\[［（(【]\s*((?:19|20)\d\d)\s*[〕\]］）)】]\s*(?:第\s*)?(\d{1,5})\s*号"
)
_DAY: Final = re.compile(r"((?:19|20)\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
_CHINESE_DAY: Final = re.compile(
    r"([二一][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*[-—－~～至]?\s*((?:19|20)\d\d)?\s*年")
_IN_FORCE: Final = re.compile(r"自\s*((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)")
_YEARS_IN_FORCE: Final = re.compile(r"有效期(?:为|限)?\s*(\d{1,2}|[一二三四五六七八九十])\s*年")
_PROMULGATES: Final = re.compile(r"(?:印发|发布|公布|转发)《(.+?)》的(?:通知|公告)")
_PROMULGATES_BARE: Final = re.compile(
    r"关于(?:印发|发布|公布)([^《》]{6,60}?(?:方案|计划|规划|办法|意见|细则|要点))的(?:通知|公告)"
)
_TITLE_END: Final = re.compile(
    r"(?:通知|答复|复函|的函|意见|决定|公告|通告|批复|公报|报告|方案|计划|规划|办法|条例|情况|统计表|一览表|概况|简报|总结|细则|要点|纲要|标准|回复|汇报|讲话|报告（[^）]*）)$"
)
_HEADLINE: Final = re.compile(r"([\u4e00-\u9fff]{4,40}?)文件$")
_ISSUER: Final = re.compile(
    r"^([\u4e00-\u9fff]{2,40}(?:局|厅|委|委员会|人民政府|办公室|办公厅|教育部|政府|委员会办公室))(?:关于|\d|[（(]|$)"
)
_OFFICE: Final = r"[\u4e00-\u9fff]{2,20}(?:局|厅|委员会|人民政府|办公室|教育部|调查队)"
_SIGNED: Final = re.compile(
    rf"(?:(?:来源|单位|机构|部门|机关)\s*[:：]\s*|^[\s\u3000（(]*)({_OFFICE})(?=[\s\u3000）)]|$)"
)
"""An office that a line names among others, or behind 来源： and the like."""

_GOVERNS: Final = re.compile(
    r"(?:在|^)([\u4e00-\u9fff]{2,16}?[省市县区州旗盟])第[^，。]{1,6}届人民代表大会"
)
_DISTANCE: Final = 60
_MONTH_ALONE: Final = re.compile(r".{0,20}?((?:19|20)\d\d年(1[0-2]|0?[1-9])月)[）)]?")
_SCHOOL_YEAR: Final = re.compile(r"(?:(?:19|20)\d\d\s*[-—－~～至]\s*)?(?:19|20)\d\d\s*学年度?")
_SINCE: Final = re.compile(
    r"(?:自|从)\s*((?:19|20)\d\d年(?:[春秋]季?(?:学期)?|\d{1,2}月(?:\d{1,2}日)?)?)起"
)
_PLAN: Final = re.compile("十[一二三四五六七]五")


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself; empty where it does not.

    published_basis: printed or inferred. title_years: first and last year that the title names,
    (0, 0) where it names none. title_when: the school year that the title names. in_force: the
    period from which what it lays down holds, as a code.
    """

    title_zh: str
    document_number: str
    issuer: str
    document_type: str
    region_code: str
    published_on: date
    published_basis: str
    effective_from: date | None
    effective_to: date | None
    title_years: tuple[int, int]
    title_when: When | None
    in_force: str


def read_header(text: str, reference: Reference, today: date) -> Header:
    """The header of a document; `today` is the day where nothing tells its own."""
    lines = _lines(text[:_HEAD])
    title = _title(lines)
    number = _number(text, lines)
    day, basis = _day(text, lines, number, title, today)
    issuer = _issuer(text, lines, title)
    region = _region(reference, day, issuer, title, number, text)
    start, end = _in_force(text)
    return Header(
        title,
        number,
        issuer,
        _type(title),
        region,
        day,
        basis,
        start,
        end,
        _title_years(title or " ".join(lines[:3])),
        _school_year(title, day),
        start.isoformat() if start else _from(text, day),
    )


def _school_year(title: str, day: date) -> When | None:
    found = _SCHOOL_YEAR.search(title)
    return read_when(found[0], day) if found else None


def _from(text: str, day: date) -> str:
    """The term, month or year from which a notice says that its rules hold; empty for none."""
    found = _SINCE.search(text)
    when = read_when(found[1], day) if found else None
    return when.code if when else ""


def _lines(head: str) -> list[str]:
    cut = (line.strip(" \u3000\t#*|\r—-】【>") for line in head.split("\n"))
    return [re.sub(r"[\s\u3000]+", "", line) for line in cut if line][:_LINES]


def _title(lines: list[str]) -> str:
    """The first line, with the one before or behind it where it is broken, that ends as titles."""
    for at, line in enumerate(lines):
        if len(line) > _LONGEST_TITLE:
            break
        following = [] if _NUMBER.match(line) else lines[at + 1 : at + 2]
        for words in (line, line + "".join(following)):
            plain = re.sub(r"[（(][^）)]{1,20}[）)]$", "", words)
            if 6 <= len(words) <= _LONGEST_TITLE and "。" not in words and _TITLE_END.search(plain):
                return _promulgated(words)
    found = re.search(r"[《\n]([^《》\n]{6,50}?)(?:-全文|》)", "".join(lines)[:400])
    return found[1] if found and _TITLE_END.search(found[1]) else (lines[0][:60] if lines else "")


def _promulgated(words: str) -> str:
    found = _PROMULGATES.search(words) or _PROMULGATES_BARE.search(words)
    title = found[1] if found else words
    return title.strip("《》")


def _number(text: str, lines: list[str]) -> str:
    """The document's own number: alone on a line near the top, or named by its own file."""
    for line in lines:
        if found := _NUMBER.fullmatch(line):
            return f"{found[1]}〔{found[2]}〕{found[3]}号"
    for line in lines[:6]:
        found = _NUMBER.match(line)
        if found and len(line) < _DISTANCE and "《" not in line:
            return f"{found[1]}〔{found[2]}〕{found[3]}号"
    own = [
        m for m in _NUMBER.finditer(text[-_TAIL:]) if text[-_TAIL:][m.end() :][:5].startswith(".")
    ]
    if own:
        return f"{own[-1][1]}〔{own[-1][2]}〕{own[-1][3]}号"
    return ""


def _days(words: str) -> list[date]:
    found = []
    for match in _DAY.finditer(words):
        try:
            found.append(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            continue
    spelled = map(_chinese_day, _CHINESE_DAY.finditer(words))
    return found + [day for day in spelled if day]


def _chinese_day(match: re.Match[str]) -> date | None:
    from ingest.quantities import read_number

    parts = [read_number(part) for part in match.groups()]
    values = [int(part.value) for part in parts if part and part.value is not None]
    try:
        return date(*values) if len(values) == 3 else None
    except ValueError:
        return None


def _day(text: str, lines: list[str], number: str, title: str, today: date) -> tuple[date, str]:
    tail = _lines(text[-_TAIL:]) if len(text) > _TAIL else lines
    for line in [*reversed(tail[-12:]), *lines]:
        days = _days(line)
        if days and len(line) <= 30:
            return days[-1], "printed"
    if force := _IN_FORCE.search(text[-_TAIL:]):
        return date(int(force[1]), int(force[2]), int(force[3])), "inferred"
    years = [int(year) for year in re.findall(r"〔(\d{4})〕", number)]
    if years:
        return date(years[0], 12, 31), "inferred"
    for line in [*reversed(tail[-4:]), *lines[:4]]:
        if (month := _MONTH_ALONE.fullmatch(line)) and (when := read_when(month[1], today)):
            last = monthrange(when.last_year, int(month[2]))[1]
            return date(when.last_year, int(month[2]), last), "inferred"
    named = _title_years(title)[0]
    if named:
        return date(named, 12, 31), "inferred"
    seen = [int(year[0]) for year in _YEAR.findall(text[: _HEAD * 4])]
    past = [year for year in seen if year <= today.year]
    return (date(max(past), 12, 31), "inferred") if past else (today, "inferred")


def _in_force(text: str) -> tuple[date | None, date | None]:
    found = _IN_FORCE.search(text)
    if not found:
        return None, None
    try:
        start = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None, None
    span = _YEARS_IN_FORCE.search(text)
    count = _count(span[1]) if span else 0
    if not count:
        return start, None
    from datetime import timedelta

    return start, start.replace(year=start.year + count) - timedelta(days=1)


def _count(printed: str) -> int:
    from ingest.quantities import read_number

    number = read_number(printed)
    return int(number.value) if number and number.value is not None else 0


def _title_years(title: str) -> tuple[int, int]:
    found = _YEAR.search(title)
    if not found:
        plan = _PLAN.search(title)
        when = read_when(plan[0], date.min) if plan else None
        return (when.first_year, when.last_year) if when else (0, 0)
    return int(found[1]), int(found[2] or found[1])


def _issuer(text: str, lines: list[str], title: str) -> str:
    for line in lines[:12]:
        if found := _HEADLINE.match(line):
            return found[1]
    for line in [*lines[:12], title, *reversed(_lines(text[-_TAIL:])[-8:])]:
        if found := _ISSUER.match(line):
            return found[1]
    for line in [*text[:_HEAD].split("\n")[:_LINES], *text[-_TAIL:].split("\n")[-8:]]:
        if found := _SIGNED.search(line):
            return found[1]
    if title.endswith("政府工作报告"):
        opened = _GOVERNS.search("".join(lines[:12]))
        return f"{opened[1]}人民政府" if opened else ""
    return ""


def _region(
    reference: Reference, day: date, issuer: str, title: str, number: str, text: str
) -> str:
    for words in (issuer, title):
        if found := region_of_names(reference, words, day):
            return found
    if number and (by_number := number_characters().get(number[0])):
        return by_number
    head = text[:_HEAD]
    for words in (head[:200], head):
        if found := region_of_names(reference, words, day):
            return found
    return NATION


def _type(title: str) -> str:
    rows = read_table("document_types.csv")
    places = [(title.rfind(row["words"]), row["document_type"]) for row in rows]
    found = [place for place in places if place[0] >= 0]
    return max(found)[1] if found else "report"
