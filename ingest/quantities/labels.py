"""Labels: numbers without a unit that state no statistic, told by the characters around them.

List indices, section, page, document and telephone numbers, clock times and codes. Every
function looks at a bounded stretch of the text and answers None where its case does not hold.
"""

import re
from typing import Final, NamedTuple

from ingest.quantities.dates import GAP
from ingest.quantities.numerals import DIGITS
from ingest.quantities.readings import Mention, label


class Place(NamedTuple):
    """Where the pass stands: the number is text[start:end], the mention before ends at floor."""

    text: str
    start: int
    end: int
    floor: int

    @property
    def before(self) -> str:
        """The character before the number; a newline at the beginning of the text."""
        return self.text[self.start - 1] if self.start else "\n"


_D = f"[{DIGITS}]"
_BRACKETS: Final = dict(zip("（([〔【［〈", "）)]〕】］〉", strict=True))
CLOSING = "".join(_BRACKETS.values())
"""Brackets that close an index or the year of a document number."""

_NUMERALS = frozenset("一二三四五六七八九十百千万0123456789０１２３４５６７８９")
_CHINESE_ONES = frozenset("一二三四五六七八九十")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
JOINTS = frozenset("-_/.@:")
"""What joins digits to Latin letters in a code."""

_CODE = re.compile(r"[A-Za-z0-9_.\-/@:#%&=?~]{0,200}")
_CODE_BACK = re.compile(r"[A-Za-z0-9_.\-/@:#%&=?~]+$")
_DOCUMENT_CODE = re.compile(r"[A-Z]{2,}[A-Z0-9/]*[- ]?\d+[-—]\d{2,}[\d-]*")
_DOCUMENT_NUMBER = re.compile(
    rf"(?:19|20|１９|２０){_D}{{2}}{GAP}[{re.escape(CLOSING)}]{GAP}第?{GAP}{_D}{{1,6}}{GAP}号"
)
_TELEPHONE = re.compile(
    r"0\d{2,3}[-－—) ）]{0,2}\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)"
    r"|[48]00[-－—]?\d{3,4}[-－—]?\d{3,4}(?!\d)"
)
_CALL = re.compile(r"(?:电\s?话|传\s?真|手\s?机|热\s?线|拨打|邮\s?编|邮政编码|QQ)[^\d\n]{0,8}$")
_HOTLINE = re.compile(r"[\u4e00-\u9fff]{0,6}热线")
_CALLED = re.compile(r"\d{3,12}(?:[-－—/]\d{1,8}){0,2}(?!\d)")
_CHAIN = re.compile(rf"{_D}{{1,12}}(?:[-－‐]{_D}{{1,12}}){{2,8}}")
_SHORTEST_IDENTIFIER = 12
_SECTION = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,4}")
_SECTION_TITLE = re.compile(r"[.．、]?[ \u3000\t]{0,4}[\u4e00-\u9fff《“(（]")
_VERSION = re.compile(r"\d[.．]0")
_FORMULA = re.compile(rf"[{DIGITS}A-Za-z]{{1,8}}(?:[+＋×xX*＊][{DIGITS}A-ZＸＮnx]{{1,8}}){{1,6}}")
_INDEX_POINT = re.compile(r" {0,2}[.．](?=\s{0,4}[^\s\d.．])")
_TABLE_INDEX = re.compile(r"[ \t\u3000]{1,4}[\u4e00-\u9fff《“（(]")
_INDEX_WORDS = frozenset("是要")
_CLAUSE_MARKS = frozenset("，,、。：")
_LINE_MARKS = frozenset(" \u3000\t*#>-|")
_DASHES = "-—－–― \u3000\r"


def mention(text: str, start: int, end: int, reason: str) -> Mention:
    """A mention that states no statistic."""
    return Mention(start, end, text[start:end], label(reason))


def is_word_letter(letter: str) -> bool:
    """Whether a character belongs to running Chinese words."""
    return "\u4e00" <= letter <= "\u9fff"


def opens_line(text: str, start: int) -> bool:
    """Whether nothing but marks of layout stands between the line's beginning and `start`."""
    at = start
    while at > 0 and start - at < 12 and text[at - 1] in _LINE_MARKS:
        at -= 1
    return at == 0 or text[at - 1] in "\r\n"


def bracketed_index(place: Place) -> Mention | None:
    """（一）, (1), 〔2〕, and 1) at the beginning of a line: an index of at most two digits."""
    text, start, end, floor = place
    if end - start > 2:
        return None
    if start > floor and _BRACKETS.get(text[start - 1]) == text[end : end + 1]:
        return mention(text, start - 1, end + 1, "list_index")
    if text[end : end + 1] in ("）", ")") and opens_line(text, start):
        return mention(text, start, end + 1, "list_index")
    return None


def chinese_index(place: Place) -> Mention | None:
    """一、 （一） 一是 第一， as they open a clause."""
    text, start, end, _ = place
    behind = text[end : end + 1]
    if behind and behind in CLOSING:
        return bracketed_index(place)
    before = place.before
    if before == "第":
        opens = start < 2 or not is_word_letter(text[start - 2])
        is_index = opens and end - start == 1 and behind in _CLAUSE_MARKS
        return mention(text, start, end, "list_index") if is_index else None
    if is_word_letter(before) or end - start > 3:
        return None
    if behind == "、" and _opens_title(place):
        return mention(text, start, end + 1, "list_index")
    if behind in _INDEX_WORDS and end - start == 1 and before != "、":
        return mention(text, start, end + 1, "list_index")
    return None


def _opens_title(place: Place) -> bool:
    """Whether 、 closes an index, as in 一、2025年工作, and no item of a list as in 一、二季度."""
    behind = place.text[place.end + 1 : place.end + 2]
    return behind not in _CHINESE_ONES or opens_line(place.text, place.start)


def arabic_index(place: Place) -> Mention | None:
    """1. 2、 3 . and, at the beginning of a line, 4 followed by its title or a table's cell."""
    text, start, end, _ = place
    if end - start > 3:
        return None
    if point := _INDEX_POINT.match(text, end):
        return mention(text, start, point.end(), "list_index")
    if text[end : end + 1] == "、":
        before = place.before
        goes_on = text[end + 1 : end + 2] in _NUMERALS or is_word_letter(before) or before in "、，"
        if opens_line(text, start) or not goes_on:
            return mention(text, start, end + 1, "list_index")
    elif _TABLE_INDEX.match(text, end) and opens_line(text, start) and place.before != "\t":
        return mention(text, start, end, "list_index")
    return None


def section_number(place: Place) -> Mention | None:
    """3.2 总则, 3.2.1: a section number opens its line, with dots in between."""
    text, start, _, _ = place
    found = _SECTION.match(text, start)
    if not found:
        return None
    if opens_line(text, start) and _SECTION_TITLE.match(text, found.end()):
        return mention(text, start, found.end(), "list_index")
    dots = found[0].count(".") + found[0].count("．")
    return mention(text, start, found.end(), "identifier") if dots > 1 else None


def version(place: Place) -> Mention | None:
    """教育信息化2.0: a number with nought behind its point and without a unit names an edition."""
    text, start, end, _ = place
    return mention(text, start, end, "name") if _VERSION.fullmatch(text, start, end) else None


def page_number(place: Place) -> Mention | None:
    """— 3 —: a number between dashes on a line of its own."""
    text, start, end, _ = place
    before, behind = text[max(0, start - 6) : start], text[end : end + 6]
    line_before, line_behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    has_dashes = bool(line_before.strip() and line_behind.strip())
    if has_dashes and not (line_before + line_behind).strip(_DASHES):
        return mention(text, start, end, "page_number")
    return None


def document_number(place: Place) -> Mention | None:
    """〔2023〕27号: year in brackets, then the number."""
    text, start, _, floor = place
    if start > floor and text[start - 1] in _BRACKETS:
        found = _DOCUMENT_NUMBER.match(text, start)
        if found:
            return mention(text, start - 1, found.end(), "document_number")
    return None


def joins_letters(place: Place) -> bool:
    """Whether the number is joined to Latin letters in front of it: PM2, GB-22240."""
    text, start, _, floor = place
    if start <= floor:
        return False
    before = text[start - 1]
    return before in LETTERS or (
        before in JOINTS and start > floor + 1 and text[start - 2] in LETTERS
    )


def code(place: Place) -> Mention | None:
    """PM2.5, 5G, AES100, GB-22240-2020, an address of the web: digits joined to Latin letters."""
    text, start, end, floor = place
    if not joins_letters(place) and text[end : end + 1] not in LETTERS:
        return None
    front = _CODE_BACK.search(text[max(floor, start - 40) : start])
    first = start - len(front[0]) if front else start
    found = _CODE.match(text, end)
    last = found.end() if found else end
    while last > end and text[last - 1] in ".-/:#%&=?~":
        last -= 1
    is_document = _DOCUMENT_CODE.fullmatch(text, first, last)
    return mention(text, first, last, "document_number" if is_document else "name")


def formula(place: Place) -> Mention | None:
    """1+X, 4×4, 3+1+2: a formula that names a scheme."""
    found = _FORMULA.match(place.text, place.start)
    return mention(place.text, place.start, found.end(), "name") if found else None


def telephone(place: Place) -> Mention | None:
    """0731-88880000, a mobile number, and any number behind a word such as 电话 or 邮编."""
    text, start, end, _ = place
    if found := _TELEPHONE.match(text, start):
        return mention(text, start, max(end, found.end()), "telephone")
    if _HOTLINE.match(text, end) and end - start in (3, 5):
        return mention(text, start, end, "telephone")
    if _CALL.search(text[max(0, start - 16) : start]) and (found := _CALLED.match(text, start)):
        return mention(text, start, max(end, found.end()), "telephone")
    return None


def chain(place: Place) -> Mention | None:
    """978-7-107-12345-6: three numbers or more that strokes join."""
    found = _CHAIN.match(place.text, place.start)
    return mention(place.text, place.start, found.end(), "identifier") if found else None


def identifier(place: Place) -> Mention | None:
    """Longer than any count without a unit, or 01025 with a nought that no quantity has."""
    text, start, end, _ = place
    if end - start >= _SHORTEST_IDENTIFIER and text[start:end].isdigit():
        return mention(text, start, end, "identifier")
    if end - start > 1 and text[start] in "0０" and text[start + 1] not in ".．。点":
        return mention(text, start, end, "identifier")
    return None
