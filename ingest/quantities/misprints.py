"""Misprints of copied and scanned documents, where the words around them leave one reading.

Letters in the place of digits (2O名, l5所, IO(X)名 for 1000名), and a lost sign of a range: no
more than 1,000 in 1,000 can be counted, so that 8090人/千人 is 80 to 90. Such readings are drafts.
"""

import re
from decimal import Decimal
from typing import Final

from ingest.quantities.readings import Mention, Reading

_LETTERS: Final = str.maketrans("IlOo", "1100")
_SUSPECT: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:(?=[0-9]*[IlO])(?=[IlO]*[0-9])[0-9IlO]{2,6}|(?=[0-9]*[IlO])[Il1][O0]{1,5})"
    r"(?P<noughts>[(（][XO][)）])?(?= ?(?:[名人所个家元年%％]|[万亿千][名人所个家元]))"
)
_LETTER: Final = re.compile("[IlO]")
_MIXED: Final = frozenset("0123456789IlO")
_LONGEST: Final = 6
_MOST: Final = {"千人": 1000, "万人": 10000, "十万人": 100000}
PARTIAL: Final = frozenset(("%", *(f"{unit}/{per}" for unit in "人个名" for per in _MOST)))
"""Units of parts of a whole, of which no more than the whole can be counted."""

_LEAST_LOST: Final = 1000
_PLAIN: Final = re.compile(r"[0-9]+[^0-9]*")


def repaired(text: str) -> str:
    """The text with digits for letters that stand in a number, of the same length."""
    parts: list[str] = []
    at = 0
    for letter in _LETTER.finditer(text):
        start = letter.start()
        floor = max(at, start - _LONGEST)
        while start > floor and text[start - 1] in _MIXED:
            start -= 1
        found = _SUSPECT.match(text, start) if start >= at else None
        if found:
            parts += (text[at:start], _digits(found))
            at = found.end()
    return "".join((*parts, text[at:])) if parts else text


def _digits(found: re.Match[str]) -> str:
    printed = found[0]
    if not found["noughts"]:
        return printed.translate(_LETTERS)
    # (X) is how 00 comes out of a scanner; the space keeps the length.
    return printed[:-3].translate(_LETTERS) + "00 "


def as_printed(text: str, shown: str, found: list[Mention]) -> None:
    """Give the mentions of a repaired text their words as printed, in place."""
    if shown is text:
        return
    for at, mention in enumerate(found):
        printed = text[mention.char_start : mention.char_end]
        if printed != mention.printed:
            found[at] = mention._replace(printed=printed)


def parted(reading: Reading, numeral: str) -> Reading:
    """The range whose sign a rate beyond its whole has lost; any other reading as it is.

    reading: in one of the units PARTIAL.
    """
    value, code = reading.value, reading.unit_code
    most = 100 if code == "%" else _MOST[code.partition("/")[2]]
    if value is None or value < _LEAST_LOST or value <= most:
        return reading
    half = len(numeral) // 2
    if len(numeral) % 2 or not numeral.isdigit() or reading.qualifier != "exact":
        return reading
    low, high = Decimal(numeral[:half]), Decimal(numeral[half:])
    if not low < high <= most:
        return reading
    return reading._replace(form="range", value=None, low=low, high=high, qualifier="range")


def is_misprint(mention: Mention) -> bool:
    """Whether a number was read against its letters: 2O名, 8090人/千人."""
    printed = mention.printed
    if mention.reading.qualifier == "range" and _PLAIN.fullmatch(printed):
        return True
    return mention.reading.form == "quantity" and _SUSPECT.match(printed) is not None
