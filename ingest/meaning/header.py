"""What a document says of itself: title, number, issuer, kind, region and day."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.meaning.header_days import day_of, holds_from, in_force, school_year, title_years
from ingest.meaning.lexicon import grammar, read_table
from ingest.meaning.places import (
    lies_in,
    number_characters,
    region_of_names,
    region_of_stem,
    region_told,
)
from ingest.meaning.reference import NATION, Reference
from ingest.meaning.when import When

_HEAD: Final = 4000
_TAIL: Final = 1500
_LINES: Final = 45
_LONGEST_TITLE: Final = 90
_NUMBER: Final = re.compile(
    r"([\u4e00-\u9fff]{1,12})\s*[〔\[［（(【﹝｛{]\s*((?:19|20)\d\d)\s*[〕\]］）)】﹞｝}]\s*(?:第\s*)?(\d{1,5})\s*号"
)
_PROMULGATES: Final = re.compile(r"(?:印发|发布|公布|转发)《(.+?)》的(?:通知|公告)")
_PROMULGATES_BARE: Final = re.compile(
    r"关于(?:印发|发布|公布)([^《》]{6,60}?(?:方案|计划|规划|办法|意见|细则|要点))的(?:通知|公告)"
)
_TITLE_END: Final = re.compile(f"(?:{'|'.join(grammar('ends_a_title'))})$")
_SECTION: Final = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、．]|\.(?!\d))|第[一二三四五六七八九十\d]{1,3}(?:部分|章|节|条)|目录"
)
_CRUMBS: Final = re.compile(r"[>＞»›]|首页")
_CONTROLS: Final = re.compile(rf"(?:{'|'.join(grammar('page_control'))})[:：]?")
"""What a copied web page sets in front of its title: 字体：增大 减小."""

_HEADLINE: Final = re.compile(r"([\u4e00-\u9fff]{4,40}?)文件$")
_ISSUER: Final = re.compile(
    r"^([\u4e00-\u9fff]{2,40}(?:局|厅|委|委员会|人民政府|办公室|办公厅|教育部|政府|委员会办公室))(?:关于|\d|[（(]|$)"
)
_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{2,9}?[省市县区州旗盟]")
_OFFICE: Final = r"[\u4e00-\u9fff]{2,20}(?:局|厅|委员会|人民政府|办公室|教育部|调查队)"
_SIGNED: Final = re.compile(
    rf"(?:(?:来源|单位|机构|部门|机关)\s*[:：]\s*|^[\s\u3000（(]*)({_OFFICE})(?=[\s\u3000）)]|$)"
)
"""An office that a line names among others, or behind 来源： and the like."""

_GOVERNS: Final = re.compile(
    r"(?:在|^)([\u4e00-\u9fff]{2,16}?[省市县区州旗盟])第[^，。]{1,6}届人民代表大会"
)
_NO_TITLE: Final = re.compile(
    rf"^(?:{_SECTION.pattern}|来源|发布|时间|索引|主题|20\d\d(?:[-/.]|年\s*\d{{1,2}}\s*月))"
    rf"|{_CRUMBS.pattern}"
)
_WIDE: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_DISTANCE: Final = 60


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself; empty where it does not.

    region_basis: what names the region: title, issuer, number, text (a passing mention) or nothing,
    where it is the nation for want of a better. published_basis: printed or inferred. is_dated:
    whether anything dates the document, so that its day is no mere guess. title_years: first and
    last year that the title names, (0, 0) where it names none. mode: what the document does as a
    whole: actual, target, planned or norm. title_when: the school year that the title names.
    in_force: the period from which what it lays down holds, as a code.
    """

    title_zh: str
    document_number: str
    issuer: str
    document_type: str
    mode: str
    region_code: str
    region_basis: str
    published_on: date
    published_basis: str
    is_dated: bool
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
    tail = _lines(text[-_TAIL:]) if len(text) > _TAIL else lines
    day, basis = day_of(text, lines, tail, number, title, today)
    issuer = _issuer(text, lines, title)
    region = _region(reference, day, issuer, title, number, text)
    start, end = in_force(text)
    return Header(
        title,
        number,
        issuer,
        *_type(title),
        *region,
        day,
        "printed" if basis == "printed" else "inferred",
        basis != "assumed",
        start,
        end,
        title_years(title or " ".join(lines[:3])),
        school_year(title, day),
        start.isoformat() if start else holds_from(text, day),
    )


def _lines(head: str) -> list[str]:
    cut = (line.strip(" \u3000\t#*|\r—-】【>[]") for line in head.split("\n"))
    kept = (_without_controls(re.sub(r"[\s\u3000]+", "", line)).translate(_WIDE) for line in cut)
    return [line for line in kept if line][:_LINES]


def _without_controls(line: str) -> str:
    while found := _CONTROLS.match(line):
        line = line[found.end() :].lstrip("[]")
    return line


def _title(lines: list[str]) -> str:
    """The first line, with the one before or behind it where it is broken, that ends as titles."""
    for at, line in enumerate(lines):
        if len(line) > _LONGEST_TITLE:
            break
        if _SECTION.match(line) or _CRUMBS.search(line):
            continue
        following = [] if _NUMBER.match(line) else lines[at + 1 : at + 2]
        following = [one for one in following if not _SECTION.match(one)]
        for words in (line, line + "".join(following)):
            plain = re.sub(r"[（(][^）)]{1,20}[）)]$", "", words)
            if 6 <= len(words) <= _LONGEST_TITLE and "。" not in words and _TITLE_END.search(plain):
                return _promulgated(words)
    found = re.search(r"[《\n]([^《》\n]{6,50}?)(?:-全文|》)", "".join(lines)[:400])
    if found and _TITLE_END.search(found[1]):
        return found[1]
    return next((line[:60] for line in lines if not _NO_TITLE.search(line)), "")


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


def _issuer(text: str, lines: list[str], title: str) -> str:
    for line in lines[:12]:
        if found := _HEADLINE.match(line):
            return found[1]
    for line in [*lines[:12], title, *reversed(_lines(text[-_TAIL:])[-8:])]:
        if found := _ISSUER.match(line):
            return _parted(found[1])
    for line in [*text[:_HEAD].split("\n")[:_LINES], *text[-_TAIL:].split("\n")[-8:]]:
        if found := _SIGNED.search(line):
            return found[1]
    if title.endswith("政府工作报告"):
        opened = _GOVERNS.search("".join(lines[:12]))
        return f"{opened[1]}人民政府" if opened else ""
    return ""


def _parted(bodies: str) -> str:
    """Several bodies of one place that a line or title names in a row, parted by 、."""
    place = _PLACE.match(bodies)
    if not place or bodies.count(place[0]) < 2:
        return bodies
    parts = bodies.split(place[0])[1:]
    return "、".join(place[0] + part.strip("、") for part in parts) if all(parts) else bodies


def _region(
    reference: Reference, day: date, issuer: str, title: str, number: str, text: str
) -> tuple[str, str]:
    """The region that a document speaks of, and what names it."""
    by_issuer = region_of_names(reference, issuer, day)
    by_title = region_of_names(reference, title, day)
    if by_title and (not by_issuer or lies_in(reference, by_title, by_issuer, day)):
        return by_title, "title"
    if by_issuer:
        return by_issuer, "issuer"
    if found := region_of_stem(reference, title, day):
        return found, "title"
    if number and (by_number := number_characters().get(number[0])):
        return by_number, "number"
    if any(words in title + issuer for words in grammar("names_the_nation")):
        return NATION, "title"
    head = text[:_HEAD]
    for words in (head[:200], head):
        if found := region_of_names(reference, words, day):
            return region_told(reference, found, head, day), "text"
    return NATION, ""


def _type(title: str) -> tuple[str, str]:
    """The kind of a document, and whether it tells, aims, plans or lays down."""
    rows = read_table("document_types.csv")
    places = [
        (title.rfind(row["words"]) + len(row["words"]), len(row["words"]), row)
        for row in rows
        if row["words"] in title
    ]
    if not places or any(words in title for words in grammar("looks_back")):
        return "report", "actual"
    row = max(places, key=lambda place: place[:2])[2]
    tells = any(words in title for words in grammar("tells_what_is"))
    return row["document_type"], "actual" if tells else row["mode"]
