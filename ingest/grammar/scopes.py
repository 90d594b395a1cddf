"""Place and time as a document carries them along: what is printed governs, nothing is assumed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ingest.grammar.signs import Sign, parts_of_a_year
from ingest.meaning.places import Gazetteer
from ingest.meaning.reference import NATION
from ingest.meaning.sentences import Sentence
from ingest.meaning.when import When, read_when

_FULL_YEAR: Final = re.compile(r"(?:\d{4}|[\uff10-\uff19]{4}|[一二][〇○零一二三四五六七八九]{3})")
_DISTRICT: Final = "区"
_AUTONOMOUS: Final = "自治区"


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds where a sentence says nothing itself.

    region: code, empty where no place is printed. when, is_printed: the period, and whether a
    sentence of the same paragraph states it. doubts: why nothing here can be sure. mode: actual,
    target, planned or norm. is_based: whether a comparison with the year before is under
    way; last_stage: of which a sentence of the paragraph told last.
    base: the year with which a clause in front compares, 0 for none.
    """

    region: str = ""
    when: When | None = None
    is_printed: bool = False
    stage: str = ""
    sector: str = ""
    mode: str = "actual"
    is_based: bool = False
    base: int = 0
    last_stage: str = ""
    is_tainted: bool = False
    is_odd_time: bool = False
    doubts: frozenset[str] = frozenset()

    def doubting(self, *doubts: str) -> "Scope":
        """The same with more doubts."""
        return replace(self, doubts=self.doubts | set(doubts))


def region_of(signs: Sequence[Sign], gazetteer: Gazetteer) -> str | None:
    """The place that signs name; None where they name none, empty where nobody can tell which."""
    found: str | None = None
    for one in signs:
        if one.sign == "G":
            found = one.meaning
        elif one.sign == "L":
            found = _of_level(one.meaning, gazetteer)
    return found


def _of_level(level: str, gazetteer: Gazetteer) -> str:
    if level == "nation":
        return NATION
    if level != "any":
        return gazetteer.of_level(level)
    if gazetteer.names.get(gazetteer.home, "").endswith(_DISTRICT):
        return gazetteer.home
    province = gazetteer.chain.get("province", "")
    return province if gazetteer.names.get(province, "").endswith(_AUTONOMOUS) else ""


def when_of(sign: Sign, sentence: Sentence, published: date) -> When | None:
    """The period of a sign P; None where no year is printed or no calendar has it."""
    placed = next((one for one in sentence.periods if one.at == sign.start), None)
    if placed is None or not _FULL_YEAR.search(placed.mention.printed):
        return None
    if any(words in placed.mention.printed for words in parts_of_a_year()):
        return None
    return read_when(placed.mention.printed, published)
