"""Names: numbers inside slogans, titles and the names of plans, which state no statistic.

What is known by heart stands in names.csv (slogans and names), words.csv (words that only look
like numbers) and heads.csv (nouns that make a name of the number in front of them).
"""

import re

from ingest.quantities.labels import mention
from ingest.quantities.lexicon import LexiconError, alternation, behind_first_letter, read_rows
from ingest.quantities.numerals import CHINESE_DIGITS, CHINESE_POWERS, DIGITS
from ingest.quantities.readings import REASONS, Mention

_FIRST = frozenset(CHINESE_DIGITS + CHINESE_POWERS + "几双")
_PAUSES = frozenset("，,。；;：:！!？?\n\r《》")
_DIGIT = re.compile(f"[{DIGITS}]")
_LONGEST_QUOTE = 15
_LONGEST_NAME = 8
_LONGEST_TITLE = 60


def _load_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in read_rows("names.csv", ("words", "reason")):
        words, reason = row["words"], row["reason"]
        if reason not in REASONS or words[0] not in _FIRST:
            fault = f"names.csv words '{words}': begin with a numeral or 双"
            raise LexiconError(f"{fault}; reason one of {', '.join(REASONS)}")
        names[words] = reason
    return names


def _load_heads() -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    """What stands in front (duration, number or a unit code) -> the nouns and their reasons."""
    heads: dict[str, dict[str, str]] = {}
    for row in read_rows("heads.csv", ("noun", "behind", "reason"), key_columns=2):
        if row["reason"] not in REASONS:
            fault = f"heads.csv noun '{row['noun']}': reason is not one of"
            raise LexiconError(f"{fault} {', '.join(REASONS)}")
        heads.setdefault(row["behind"], {})[row["noun"]] = row["reason"]
    patterns = {}
    for front, nouns in heads.items():
        # 三年提升行动: two letters may part a duration from the noun that makes it a name.
        between = "[\u4e00-\u9fff]{0,2}?" if front == "duration" else ""
        patterns[front] = re.compile(f"{between}({alternation(nouns)})"), nouns
    return patterns


def _words_pattern() -> str:
    """Words by their first numeral, which has just been read: (?<=一)些 and (?<=统一)."""
    plain: dict[str, dict[str, str]] = {}
    behind: dict[str, list[str]] = {}
    for row in read_rows("words.csv", ("words", "not_followed_by")):
        words, stop = row["words"], row["not_followed_by"]
        at = next((i for i, letter in enumerate(words) if letter in _FIRST), -1)
        if at < 0 or re.search(f"[{DIGITS}]", words):
            raise LexiconError(f"words.csv words '{words}': must hold a Chinese numeral, no digit")
        if at == 0:
            ending = f"(?!{stop})" if stop else ""
            plain.setdefault(words[0], {})[words[1:]] = ending
        else:
            pattern = f"(?<={words[: at + 1]}){re.escape(words[at + 1 :])}"
            behind.setdefault(words[at], []).append(pattern)
    choices = []
    for numeral in sorted(plain.keys() | behind.keys()):
        rests = [*behind.get(numeral, [])]
        if numeral in plain:
            rests.append(alternation(plain[numeral], plain[numeral]))
        choices.append(f"(?<={numeral})(?:{'|'.join(rests)})")
    return f"(?:{'|'.join(choices)})"


NAMES = _load_names()
NAME = behind_first_letter(NAMES)
"""Regular expression of the rest of a name, behind its first numeral."""

WORD = _words_pattern()
"""Regular expression of the rest of a word, behind its first numeral."""

_LEADS = {row["words"]: row["reason"] for row in read_rows("leads.csv", ("words", "reason"))}
_LEAD = re.compile(rf"(?<![代发])({alternation(_LEADS)})[ \u00a0\u3000:：]{{0,2}}$")
_LONGEST_LEAD = 8

HEADS = _load_heads()
"""What stands in front of a noun that makes a name of it -> the nouns and their reasons."""


def lead_reason(text: str, start: int) -> str:
    """Reason of the word that numbers its things in front of the place: 附件|1, 表|3, 专栏|2."""
    found = _LEAD.search(text, start - _LONGEST_LEAD if start > _LONGEST_LEAD else 0, start)
    return _LEADS[found[1]] if found else ""


def quoted(text: str, start: int, end: int, floor: int) -> tuple[int, int] | None:
    """Span of the short quotation, without its marks, that holds text[start:end]."""
    first = start - _LONGEST_QUOTE
    left = text.rfind("“", first if first > floor else floor, start)
    if left < 0:
        return None
    right = text.find("”", end, left + _LONGEST_QUOTE + 2)
    if right < 0 or not _PAUSES.isdisjoint(text[left + 1 : right]) or "”" in text[left:start]:
        return None
    return left + 1, right


def in_title(text: str, start: int) -> bool:
    """Whether a place lies in a title in book marks, 《 and 》."""
    left = text.rfind("《", start - _LONGEST_TITLE if start > _LONGEST_TITLE else 0, start)
    return left >= 0 and text.find("》", left, start) < 0


def head_reason(text: str, end: int, front: str) -> str:
    """Reason of the noun that makes a name of the number before it: 三年|行动, 551|工程, 二级|医院.

    front: duration, number (without a unit) or the code of the unit that the number has.
    """
    pattern, reasons = HEADS[front]
    found = pattern.match(text, end)
    return reasons[found[1]] if found else ""


def slogan(text: str, start: int, end: int, floor: int) -> Mention | None:
    """The short quotation around a number: “五育并举”, “551”, “20条底线”, “三名”.

    A quotation of nothing but a quantity in digits (“100%”) is none.
    """
    span = quoted(text, start, end, floor)
    if span is None:
        return None
    words = text[slice(*span)]
    if _DIGIT.match(text, start) and span[0] < start and len(words) > _LONGEST_NAME:
        return None
    has_digits = _DIGIT.search(words) is not None
    if span == (start, end) and has_digits and not words.isdigit():
        return None
    return mention(text, *span, "name" if has_digits and not words.isdigit() else "slogan")
