"""The words of the privacy rules, and the shapes of telephone numbers, as parts of patterns.

The words lie in `privacy_words.csv` (kind, word); the shapes follow the Chinese numbering plan
(mobile 1[3-9] and nine digits; area code 010, 02x or 0xxx and a subscriber's 7 or 8 digits).
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

BLANK: Final = r"[ \t\u3000\xa0]"
HAN: Final = r"[\u3400-\u4dbf\u4e00-\u9fff·•]"
DASH: Final = r"[-－‐‑–—―]"
COLON: Final = rf"[*_]{{0,2}}{BLANK}{{0,4}}[:：]{BLANK}{{0,4}}[*_]{{0,2}}{BLANK}{{0,4}}"
NEXT_LINE: Final = rf"{BLANK}{{0,4}}(?:\r?\n{BLANK}{{0,8}}){{1,2}}"
BRACKET: Final = r"(?:[（(][^（()）\n＊]{0,20}[）)])?"

# A tab parts the cells of a table: 139, 1063 and 1200 in three of them are no telephone.
INNER: Final = r"[ \u3000\xa0]"
MOBILE: Final = rf"[3-9３-９]\d(?:(?:{INNER}|{DASH})?\d{{4}}){{2}}"
AREA: Final = r"(?:[1１][0０]|[2２]\d|[3-9３-９]\d\d)"
SUBSCRIBER: Final = rf"[2-9２-９]\d{{2,3}}(?:{INNER}|{DASH})?\d{{4}}"
EXTENSION: Final = rf"(?:(?:{DASH}|转){BLANK}?\d{{1,6}})?"
LANDLINE: Final = rf"{AREA}{BLANK}?(?:[）)]|{DASH})?{BLANK}?{SUBSCRIBER}{EXTENSION}"

# Looks behind the first character of a match: a lookbehind in front of it reads five times slower.
ALONE_BEFORE: Final = rf"(?<![0-9０-９A-Za-z＊¥￥$].)(?<![\d＊][.．].)(?<![\d＊]{DASH}.)"
ALONE_AFTER: Final = rf"(?![\dA-Za-z＊])(?![.．][\d＊])(?!{DASH}[\d＊])"

_WORDS_FILE: Final = Path(__file__).with_name("privacy_words.csv")


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words of `kind` as `privacy_words.csv` lists them, the longest first."""
    with _WORDS_FILE.open(encoding="utf-8", newline="") as lines:
        found = [row["word"] for row in csv.DictReader(lines) if row["kind"] == kind]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def any_of(*kinds: str) -> str:
    """A group of alternatives: the words of `kinds`, the longest first."""
    found = sorted((word for kind in kinds for word in words(kind)), key=len, reverse=True)
    longer = [re.escape(word) for word in found if len(word) > 1]
    single = "".join(re.escape(word) for word in found if len(word) == 1)
    return f"(?:{'|'.join([*longer, f'[{single}]'] if single else longer)})"


def label_of(*kinds: str) -> str:
    """As `any_of`, with blanks allowed between the characters: 联 系 电 话."""
    found = sorted((word for kind in kinds for word in words(kind)), key=len, reverse=True)
    spaced = (rf"{BLANK}{{0,4}}".join(map(re.escape, word)) for word in found)
    return f"(?:{'|'.join(spaced)})"
