"""Contact data of private persons, masked before anything is stored or shown.

Every rule is judged on the text as it came and no rule looks past a mask, so that masking twice
changes nothing. The words (labels, surnames, units ...) lie in `privacy_words.csv`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.privacy_words import (
    ALONE_AFTER,
    ALONE_BEFORE,
    AREA,
    BLANK,
    BRACKET,
    COLON,
    DASH,
    EXTENSION,
    HAN,
    LANDLINE,
    MOBILE,
    NEXT_LINE,
    SUBSCRIBER,
    any_of,
    label_of,
    words,
)

MASK: Final = "＊"

Span = tuple[int, int]

_CONTACT_KINDS: Final = ("name_label", "phone_label", "identity_label", "account_label")
_CONTACT: Final = re.compile(label_of(*_CONTACT_KINDS, "mail_label"))
_CONTACT_HEADING: Final = re.compile(
    rf"{BLANK}*(?:{label_of(*_CONTACT_KINDS, 'mail_label')}[及与和、/／]?)+{BLANK}*"
)
_PERSON_HEADING: Final = re.compile(rf"{BLANK}*{label_of('person_label')}{BLANK}*")

_NOT_NAMES: Final = words("not_a_name")
_SURNAME: Final = any_of("surname")
_TITLE: Final = any_of("title")
_PHONE_AHEAD: Final = (
    rf"{BLANK}{{0,4}}[（(,，、]?(?:{label_of('phone_label')}|[1１]{MOBILE}|[0０]{AREA}{DASH})"
)
_NAME_LABEL: Final = re.compile(label_of("name_label"))
_BEHIND_COLON: Final = re.compile(
    rf"{BRACKET}(?:{BLANK}?[及与和、/／]{BLANK}?{label_of('phone_label')})?{COLON}"
)
_NEW_LINE: Final = re.compile(NEXT_LINE)
_GAP: Final = re.compile(rf"{BLANK}{{1,8}}")
_SURNAMED: Final = rf"{_SURNAME}(?:{BLANK}{{0,3}}{HAN}){{1,2}}?{_TITLE}?"
_ALONE_ON_LINE: Final = re.compile(rf"{_SURNAMED}(?={BLANK}*(?:[\r\n\f\t（(\d]|\Z)|{_PHONE_AHEAD})")
_BEFORE_STOP: Final = re.compile(rf"{_SURNAMED}(?=[\s,，、;；（(\d]|\Z|{_PHONE_AHEAD})")
_BEFORE_PHONE: Final = re.compile(rf"{_SURNAMED}(?={_PHONE_AHEAD})")
_NAMES: Final = re.compile(rf"(?:{HAN}|[A-Za-z]|{BLANK}|[、/／*_])*")
_WORD: Final = re.compile(rf"(?:{HAN}|[A-Za-z])+")
_COUNTED: Final = re.compile(rf"[\d一二两三四五六七八九十百千万]{BLANK}?{any_of('unit')}")
_SHORT_NAME: Final = re.compile(rf"{_SURNAME}{HAN}{{1,2}}")
_TITLED: Final = re.compile(rf"({_SURNAME}{HAN}{{1,2}}?){_TITLE}+")
_PLACED: Final = re.compile(rf".*[科处股室局办校院委组部心站]({_SURNAME}{HAN}{{1,2}})")

_PHONE_LABEL: Final = re.compile(label_of("phone_label"))
_PHONE_GAP: Final = re.compile(rf"{BRACKET}(?:{COLON}|{BLANK}{{0,8}})(?:{NEXT_LINE})?")
_PHONE: Final = re.compile(
    rf"(?:\+?86{DASH}?)?(?:[1１]{MOBILE}|[（(]?[0０]{LANDLINE}|{SUBSCRIBER}{EXTENSION}){ALONE_AFTER}"
)
_PLAIN_DIGITS: Final = re.compile(r"\d{7,8}|[1１]\d{10}")
_NEXT_PHONE: Final = re.compile(rf"{BLANK}{{0,2}}[、，,;；/／或和（(]?{BLANK}{{0,2}}")
_OWNER_BEHIND: Final = re.compile(rf"[（(]{BLANK}?({_SURNAME}{HAN}{{1,2}}){_TITLE}?[）)]")
_OWNER_BEFORE: Final = re.compile(
    rf"((?<![\u4e00-\u9fff\d＊]){_SURNAME}{HAN}{{1,2}}?{_TITLE}?|(?<!\d){_SURNAME}{HAN}{{0,2}}?{_TITLE})"
    rf"{BLANK}{{0,3}}[（(:：,，、]?{BLANK}{{0,3}}\Z"
)
_ENDS_IN_HAN: Final = re.compile(rf"{HAN}\Z")
_BARE_MOBILE: Final = re.compile(
    rf"[1１](?:(?<=\+86.)|(?<=\+86[- ].)|{ALONE_BEFORE}){MOBILE}{ALONE_AFTER}"
)
_BARE_LANDLINE: Final = re.compile(rf"[0０]{ALONE_BEFORE}{LANDLINE}{ALONE_AFTER}")
_CODE_LABEL: Final = re.compile(rf"{any_of('code_label')}{BRACKET}(?:{COLON}|{BLANK}{{0,2}})\Z")
_ACCOUNT: Final = re.compile(
    rf"{label_of('account_label')}{COLON}([A-Za-z0-9_\-]{{5,30}}){ALONE_AFTER}"
)
_UNIT: Final = re.compile(rf"{BLANK}{{0,2}}{any_of('unit')}")
_OTHER_HAN: Final = re.compile(rf"(?![转或和]){HAN}")

_ADDRESSEE_TITLE: Final = re.compile(rf"{any_of('addressee')}{BLANK}{{0,2}}[:：]")
_ADDRESSED: Final = rf"(?:{HAN}{BLANK}{{0,3}}){{2,4}}"
_ADDRESSEES: Final = re.compile(
    rf"{BLANK}{{0,8}}(?:尊敬的{BLANK}?)?({_ADDRESSED}(?:[、，,和]{BLANK}{{0,2}}{_ADDRESSED}){{0,7}})等?"
)

_IDENTITY: Final = re.compile(
    rf"[1-9]{ALONE_BEFORE}\d{{5}}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}"
    rf"[\dXx]{ALONE_AFTER}"
)
_LABELLED_IDENTITY: Final = re.compile(
    rf"{label_of('identity_label')}{BRACKET}(?:{COLON}|{BLANK}{{0,8}})(?:{NEXT_LINE})?"
    rf"(\d{{6}}{BLANK}?\d{{8}}{BLANK}?\d{{3}}[\dXxＸ]|\d{{15}}){ALONE_AFTER}"
)
_IDENTITY_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MAIL_CHARACTERS: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-"
)
_MAIL_HOST: Final = re.compile(r"[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")


def mask(text: str, keep: Sequence[Span] = (), hide: Sequence[Span] = ()) -> str:
    """`text` with contact data replaced by ＊, character for character: same length.

    Masked are names behind a label such as 联系人, telephone and identity-card numbers, e-mail
    and messenger addresses, and the name of a proposal's addressee. Blanks stay. A number with a
    unit is a statistic and stays. `keep` holds spans whose eleven digits are known to be a
    statistic (a cell under a heading with a unit), `hide` spans known to be contact data.
    """
    pieces: list[str] = []
    done = 0
    for start, end in sorted([*_spans(text, keep), *hide]):
        if end > done:
            start = max(start, done)
            pieces += [text[done:start], re.sub(r"\S", MASK, text[start:end])]
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def is_contact_heading(heading: str) -> bool:
    """Whether a column so headed holds contact data: 联系人, 联 系 电 话, 身份证号."""
    return bool(_CONTACT_HEADING.fullmatch(heading))


def is_person_heading(heading: str) -> bool:
    """Whether a column so headed (姓名) names persons: contact data beside a telephone column."""
    return bool(_PERSON_HEADING.fullmatch(heading))


def _spans(text: str, keep: Sequence[Span]) -> Iterator[Span]:
    yield from _mail_spans(text)
    yield from _name_spans(text)
    yield from _phone_spans(text)
    yield from _addressee_spans(text)
    yield from _identity_spans(text)
    yield from _landline_spans(text)
    yield from _mobile_spans(text, frozenset(start for start, _ in keep))
    for account in _ACCOUNT.finditer(text):
        if not _has_unit(text, account.end(1)):
            yield account.span(1)


def _mail_spans(text: str) -> Iterator[Span]:
    at, done = text.find("@"), 0
    while at >= 0:
        start = at
        while start > done and text[start - 1] in _MAIL_CHARACTERS:
            start -= 1
        if start < at and (host := _MAIL_HOST.match(text, at + 1)):
            done = host.end()
            yield start, done
        at = text.find("@", max(at + 1, done))


def _name_spans(text: str) -> Iterator[Span]:
    """Names behind a label: after a colon, a blank, on the next line, or before a telephone."""
    for label in _NAME_LABEL.finditer(text):
        colon = _BEHIND_COLON.match(text, label.end())
        start = colon.end() if colon else label.end()
        if line := _NEW_LINE.match(text, start):
            yield from _named(_ALONE_ON_LINE, text, line.end())
        elif colon:
            yield from _names_until_stop(text, start)
        elif gap := _GAP.match(text, start):
            yield from _named(_BEFORE_STOP, text, gap.end())
        else:
            yield from _named(_BEFORE_PHONE, text, start)


def _named(pattern: re.Pattern[str], text: str, start: int) -> Iterator[Span]:
    if (found := pattern.match(text, start)) and not found[0].startswith(_NOT_NAMES):
        yield found.span()


def _names_until_stop(text: str, start: int) -> Iterator[Span]:
    """Names in the rest of the line, up to a digit, a stop, or the next label."""
    names = _NAMES.match(text, start, start + 60)
    end = names.end() if names else start
    if label := _CONTACT.search(text, start, end):
        end = label.start()
    # A word before a colon is the next label, one cut short by a mask was judged whole before.
    not_whole = text[end : end + 1] in {":", "：", MASK}
    found = list(_WORD.finditer(text, start, end))
    for word in found[:-1] if not_whole else found:
        yield from _name_in_word(word[0], word.start())
    if following := _NEXT_PHONE.match(text, end):
        yield from _phones_in_a_row(text, following.end(), any_han=True)


def _name_in_word(word: str, start: int) -> Iterator[Span]:
    """The name in one word: up to four characters whole, else 张三科长 or 基础教育科张三."""
    if word.startswith(_NOT_NAMES):
        return
    if not _SHORT_NAME.fullmatch(word) and _COUNTED.search(word):
        return
    if len(word) <= 4 or "·" in word:
        yield start, start + len(word)
    elif found := _TITLED.fullmatch(word) or _PLACED.fullmatch(word):
        yield start + found.start(1), start + found.end(1)


def _phone_spans(text: str) -> Iterator[Span]:
    """Numbers behind 电话 and its like."""
    for label in _PHONE_LABEL.finditer(text):
        gap = _PHONE_GAP.match(text, label.end())
        colon = gap is not None and not {":", "："}.isdisjoint(gap[0])
        yield from _phones_in_a_row(text, gap.end() if gap else label.end(), any_han=not colon)


def _phones_in_a_row(text: str, at: int, *, any_han: bool) -> Iterator[Span]:
    """Numbers from `at` on with commas between them, and a name in brackets behind each."""
    while found := _PHONE.match(text, at):
        digits = found[0]
        plain = _PLAIN_DIGITS.fullmatch(digits)
        if plain and _has_unit(text, found.end(), any_han=any_han and len(digits) < 9):
            return
        yield found.span()
        at = found.end()
        if owner := _OWNER_BEHIND.match(text, at):
            yield owner.span(1)
            at = owner.end()
        if following := _NEXT_PHONE.match(text, at):
            at = following.end()


def _addressee_spans(text: str) -> Iterator[Span]:
    """徐某某委员： at the start of a line names a person; 各位委员： does not."""
    for title in _ADDRESSEE_TITLE.finditer(text):
        earliest = max(0, title.start() - 90)
        line = max(text.rfind(end, earliest, title.start()) for end in "\n\r\f") + 1
        if line == 0 and earliest > 0:
            continue
        if found := _ADDRESSEES.fullmatch(text, line, title.start()):
            for name in re.finditer(r"[^、，,和]+", found[1]):
                if not name[0].strip().startswith(_NOT_NAMES):
                    yield found.start(1) + name.start(), found.start(1) + name.end()


def _landline_spans(text: str) -> Iterator[Span]:
    for found in _BARE_LANDLINE.finditer(text):
        if not found[0].isdigit() or not _has_unit(text, found.end()):
            yield found.span()


def _mobile_spans(text: str, kept: frozenset[int]) -> Iterator[Span]:
    """Mobile numbers that stand alone or behind a name (张三 138..., 张三（138...）), with it."""
    for found in _BARE_MOBILE.finditer(text):
        opening = max(0, found.start() - 24)
        before = text[opening : found.start()]
        if found.start() in kept or _has_unit(text, found.end()) or _CODE_LABEL.search(before):
            continue
        owner = _OWNER_BEFORE.search(before)
        if owner and not owner[1].startswith(_NOT_NAMES):
            yield opening + owner.start(1), opening + owner.end(1)
        elif _ENDS_IN_HAN.search(before):
            continue
        yield found.span()


def _identity_spans(text: str) -> Iterator[Span]:
    """Identity-card numbers: with a right check digit (GB 11643), or behind 身份证."""
    for found in _IDENTITY.finditer(text):
        total = sum(int(digit) * w for digit, w in zip(found[0], _IDENTITY_WEIGHTS, strict=False))
        right = "10X98765432"[total % 11] == found[0][-1].upper()
        if right and not _has_unit(text, found.end()):
            yield found.span()
    for found in _LABELLED_IDENTITY.finditer(text):
        if not _has_unit(text, found.end(1)):
            yield found.span(1)


def _has_unit(text: str, at: int, *, any_han: bool = False) -> bool:
    """Whether a unit follows at `at`; with `any_han` any Chinese character counts as one."""
    return bool(_UNIT.match(text, at) or (any_han and _OTHER_HAN.match(text, at)))
