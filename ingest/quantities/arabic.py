"""Numbers in digits: every one becomes a mention, as a quantity, a ratio, a date or a label."""

import re
from collections.abc import Callable
from typing import Final

from ingest.quantities import labels, names, ratios
from ingest.quantities.dates import DATE, GAP
from ingest.quantities.labels import Place, mention
from ingest.quantities.lexicon import alternation
from ingest.quantities.numerals import DIGITS, LONGEST
from ingest.quantities.readings import Mention
from ingest.quantities.surroundings import Token, quantity
from ingest.quantities.units import UNITS

Case = Callable[[Place], Mention | None]

_D = f"[{DIGITS}]"
_DATE = re.compile(DATE)
_DATE_AHEAD = re.compile(
    rf"\D{{1,6}}(?:{_D}{{1,2}}(?:[-/.．]{_D}|{GAP}[月日季])|{_D}{{4}}|.{{1,8}}[年月日季])"
)
_DAY_SIGN = re.compile(rf"[月日]|{_D}([-/.．]){_D}{{1,2}}\1{_D}")
_CLOCK_WORDS = re.compile(rf"{_D}{{1,2}}{GAP}(?:时|点)(?:{GAP}{_D}{{1,2}}{GAP}分|半|整|钟)?")
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])[0-9]")
_YEAR_BEFORE = frozenset("《（(“〔至到自从于截前—")
_YEAR_BEHIND = frozenset("）)》”版")
_JOINED_KINDS = frozenset(("share", "money"))
_PLAIN_KINDS = frozenset(("count", "money", "share", "points", "ratio", "time", "measure"))
_NUMBERED_REASONS: Final = {
    "提案": "proposal_number", "建议": "proposal_number", "议案": "proposal_number",
    "令": "document_number", "公告": "document_number", "通告": "document_number",
    "文": "document_number",
}  # fmt: skip
_NUMBERED = re.compile(rf"(?:代表|政协|委员|重点)?[（(]?({alternation(_NUMBERED_REASONS)})")
# 每1000名常住人口 and 每3年 tell of what something is counted.
_BEFORE_REASONS: Final = {"第": "ordinal", "每": "condition"}
_LAYOUT = frozenset("\n\r\t")
_SIGNS = frozenset("-－−")
_TELLING = labels.LETTERS | labels.JOINTS | _SIGNS | frozenset("第每")
_GAPS = frozenset(" \u00a0\u3000\r\n")
_SUBNUMBER = re.compile(r"(?:[-－—.．]\d{1,3}){0,3}")
_BEFORE_SIGN = frozenset(" \t:(：（")


def read(text: str, token: re.Match[str], floor: int) -> Mention:
    """The mention that begins with the digit at which the pass has stopped."""
    number, _, _, near, scale, behind, unit, per = token.groups("")
    start, end = token.span(1)
    if len(number) > LONGEST:
        return mention(text, start, end, "identifier")
    last = token.end() if unit else token.end("scale") if scale else end
    if last > end and text[end] in _GAPS and _ends_line(Place(text, start, end, floor), last, unit):
        last, unit, scale, near, behind, per = end, "", "", "", "", ""
    # Nearly all numbers have a plain unit: only the others are looked at from every side.
    if not unit or text[start - 1 : start] in _TELLING or UNITS[unit].kind not in _PLAIN_KINDS:
        if special := _special(Place(text, start, end, floor), last, unit, scale):
            return special
        if text[start - 1 : start] in _SIGNS and _is_negative(text, start, floor):
            start, number = start - 1, "-" + number
    parts = Token(start, last, number, scale, near or behind, unit, per)
    return quantity(text, parts, floor) or mention(text, start, end, "identifier")


def _special(place: Place, last: int, unit: str, scale: str) -> Mention | None:
    """The mention as anything but a quantity."""
    text, start = place.text, place.start
    if unit:
        kind = UNITS[unit].kind
        if found := _dated(place, last, unit, kind):
            return found
        if not scale and kind not in _JOINED_KINDS and labels.joins_letters(place):
            return labels.code(place)
    elif not scale and (found := bare(place)):
        return found
    reason = _BEFORE_REASONS.get(place.before, "")
    return mention(text, start, last, reason) if reason else None


def _ends_line(place: Place, last: int, unit: str) -> bool:
    """Whether what looks like the unit of a number belongs to something else.

    It stands in the next line, and the number is all that its own line or cell holds, or it
    begins the title of section 3.2: nothing is counted in tenths of a school.
    """
    text, start, end, _ = place
    if "\n" in text[end:last]:
        line = text[max(0, start - 12) : start].rstrip(" \u00a0\u3000")
        return line[-1:] in _LAYOUT or (not line and start < 12)
    if not unit or "." not in text[start:end] or text[end] not in " \u3000":
        return False
    return (
        last - end == 1 + len(unit)
        and UNITS[unit].kind == "count"
        and labels.opens_line(text, start)
    )


def _is_negative(text: str, start: int, floor: int) -> bool:
    """Whether the stroke before the number is its sign: 增长-3.2%, but not 5-8 and no bullet."""
    if start < 2 or start - 1 <= floor:
        return False
    return labels.is_word_letter(text[start - 2]) or text[start - 2] in _BEFORE_SIGN


def _dated(place: Place, last: int, unit: str, kind: str) -> Mention | None:
    """A number with a calendar or ordinal unit, as a date, an ordinal or a number of something."""
    text, start, _, floor = place
    if kind == "calendar" and (found := _DATE.match(text, start)):
        return date_mention(text, start, found.end())
    if kind == "clock" and (found := _CLOCK_WORDS.match(text, start)):
        return mention(text, start, found.end(), "date")
    if kind != "ordinal":
        return None
    if slogan := names.slogan(text, start, last, floor):
        return slogan
    if unit == "号" and (numbered := _NUMBERED.match(text, last)):
        return mention(text, start, last, _NUMBERED_REASONS[numbered[1]])
    return mention(text, start, last, "ordinal")


def date_mention(text: str, start: int, end: int) -> Mention:
    """A date: with month or day a date, else a period; in a title part of the name."""
    if names.in_title(text, start):
        return mention(text, start, end, "name")
    is_date = _DAY_SIGN.search(text, start, end) is not None
    return mention(text, start, end, "date" if is_date else "period")


def bare(place: Place) -> Mention | None:
    """What a number without unit and multiplier is, first by the character behind it."""
    behind = place.text[place.end : place.end + 2].lstrip(" ")[:1]
    for case in _CASES_BY_NEXT.get(behind, ()):
        if found := case(place):
            return found
    for case in _CASES:
        if found := case(place):
            return found
    return None


def _slogan(place: Place) -> Mention | None:
    return names.slogan(*place)


def _date(place: Place) -> Mention | None:
    if not _DATE_AHEAD.match(place.text, place.end):
        return None
    found = _DATE.match(place.text, place.start)
    return date_mention(place.text, place.start, found.end()) if found else None


def _head(place: Place) -> Mention | None:
    reason = names.head_reason(place.text, place.end, "number")
    return mention(place.text, place.start, place.end, reason) if reason else None


def _lead(place: Place) -> Mention | None:
    reason = names.lead_reason(place.text, place.start)
    if not reason:
        return None
    found = _SUBNUMBER.match(place.text, place.end)
    return mention(place.text, place.start, found.end() if found else place.end, reason)


def _section_at_line(place: Place) -> Mention | None:
    return labels.section_number(place) if labels.opens_line(place.text, place.start) else None


def _year(place: Place) -> Mention | None:
    text, start, end, _ = place
    if end - start != 4 or not _YEAR.match(text, start):
        return None
    if place.before in _YEAR_BEFORE or text[end : end + 1] in _YEAR_BEHIND:
        return date_mention(text, start, end)
    return None


def _in_title(place: Place) -> Mention | None:
    text, start, end, _ = place
    return mention(text, start, end, "name") if names.in_title(text, start) else None


_CASES: Final[tuple[Case, ...]] = (
    labels.arabic_index, _slogan, labels.code, labels.telephone, labels.identifier, _lead,
    _head, _section_at_line, labels.page_number, _year, labels.version, _in_title,
)  # fmt: skip
_CASES_BY_NEXT: Final[dict[str, tuple[Case, ...]]] = {
    **dict.fromkeys(labels.CLOSING, (labels.document_number, labels.bracketed_index)),
    **dict.fromkeys("–—―~～〜至到", (_date,)),
    **dict.fromkeys("-‐－", (_date, labels.telephone, labels.chain)),
    **dict.fromkeys(".．", (_date, labels.arabic_index, labels.section_number)),
    **dict.fromkeys(":：∶比", (ratios.ratio,)),
    **dict.fromkeys("/／", (_date, ratios.rate, ratios.fraction)),
    **dict.fromkeys("+＋×xX*＊", (_slogan, labels.formula)),
}
