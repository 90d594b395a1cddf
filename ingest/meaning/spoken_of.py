"""Whether a place that a sentence names is the one that its figures speak of."""

import re
from typing import Final

from ingest.meaning.lexicon import pattern, read_table
from ingest.meaning.places import Gazetteer
from ingest.meaning.sentences import DELIMITERS, FIGURE, PERIOD

_REACH: Final = 8


def _words(side: str) -> list[str]:
    return [row["words"] for row in read_table("place_company.csv") if row["side"] == side]


_BEFORE: Final = tuple(_words("before"))
_BEHIND: Final = pattern(_words("behind"))
_EACH: Final = re.compile(r"各[县市区旗州地]{1,3}[及和与、]$")
_BEFORE_NAMES: Final = frozenset(DELIMITERS + FIGURE + PERIOD + "、和与及对在市州是区县")
_SHORTEST: Final = 3
_TRANSPARENT: Final = re.compile(
    rf"{PERIOD}|其中|截至|截止|到|我省|我市|全省|全市|我国|全国|[省市州]辖|据统计"
)
_ABOVE_BEHIND: Final = re.compile(f"[{FIGURE}{PERIOD}，：]|{'|'.join(_words('above_behind'))}")


def _opens_name(front: str) -> bool:
    """Whether a short name can begin here: 示范县 does not name 范县."""
    return front[-1] in _BEFORE_NAMES


def opens_clause(clean: str, start: int) -> bool:
    """Whether nothing but time, 其中 and the like stands between a stop and this place."""
    first = start
    while first > 0 and clean[first - 1] not in DELIMITERS + FIGURE and start - first < 2 * _REACH:
        first -= 1
    return not _TRANSPARENT.sub("", clean[first:start])


def is_subject(clean: str, start: int, end: int, gazetteer: Gazetteer, code: str = "") -> bool:
    """Whether the name stands for the place itself, not for an office, a rank or a comparison.

    code: the region that 全省, 全国 and the like mean; those above the document's own region are
    more often a yardstick than the subject.
    """
    front = clean[max(0, start - _REACH) : start]
    if front.endswith(_BEFORE) or _BEHIND.match(clean, end) or _EACH.search(front):
        return False
    if end - start < _SHORTEST and not code and front and not _opens_name(front):
        return False
    if clean.startswith(f"等{FIGURE}", end):
        return False
    named = code or gazetteer.codes.get(clean[start:end], "")
    is_above = named != gazetteer.home and named in gazetteer.chain.values()
    return not is_above or (
        bool(_ABOVE_BEHIND.match(clean, end)) and front[-1:] not in ("在", "占")
    )
