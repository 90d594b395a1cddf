"""Words to signs: a clean sentence as a string of one letter for each word.

`classes.csv` gives the categories of meaning/words.csv their sign, `signs.csv` the words that carry
no subject. A run of characters that no table knows is one word with the sign U.

| sign | word |
|---|---|
| A H S O D K | wording of an indicator, head, stage, sector, part, kind of school |
| G L E | place, level (all of a city), scope (each county) |
| P T N Q | printed period, the year before, now, a period of another kind (half a year, a mean) |
| F | figure |
| V X R | states a level, levels one for each of a list, a level that was reached |
| I J Z y | more, less, as much, more or less; i j g the same on the year before |
| B b a d | on the year before, than, from, up to |
| C M | share, of which |
| c p n m x | aim, plan, rule, cap, denied or supposed |
| w q U | carries nothing, may restrict, unknown |
"""

import re
from functools import cache
from typing import Final, NamedTuple

from ingest.grammar.tables import rows
from ingest.meaning.lexicon import pattern, plain, vocabulary
from ingest.meaning.places import Gazetteer
from ingest.meaning.reference import Reference
from ingest.meaning.sentences import FIGURE, PERIOD
from ingest.quantities.lexicon import read_rows

UNKNOWN: Final = "U"
_OF_HEADINGS: Final = "h"
_STOPS: Final = dict(zip("，,；;。：:（）()！!？?\n、", ",,;;.::()().....、", strict=False))
_MARKS: Final = {FIGURE: "F", PERIOD: "P"} | _STOPS
_MARK: Final = re.compile(f"[{re.escape(''.join(_MARKS))}]")
_NO_WORD: Final = re.compile(r"[-—－–―~·•…/]+")


class Sign(NamedTuple):
    """One word of a sentence: its place, its sign and meaning, and the word itself."""

    start: int
    end: int
    sign: str
    meaning: str
    words: str


@cache
def _classes() -> dict[tuple[str, str], str]:
    return {(row["category"], row["meaning"]): row["sign"] for row in rows("classes.csv")}


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Word -> sign and meaning; the rows of signs.csv come before the categories of words.csv."""
    classes = _classes()
    found = {word: (_OF_HEADINGS, "") for word in heading_words() if len(word) > 1}
    for row in read_rows("qualifiers.csv", ("words", "side", "qualifier", "reach")):
        if row["side"] != "between":
            found[row["words"]] = ("w", "")
    for word, (category, meaning) in vocabulary().items():
        sign = classes.get((category, meaning), classes.get((category, "*"), ""))
        if sign:
            found[word] = (sign, meaning)
    for row in rows("signs.csv"):
        found[plain(row["words"])] = (row["sign"], row["meaning"])
    return found


@cache
def heading_words() -> frozenset[str]:
    """Words that carry nothing in a heading: 情况, 统计表."""
    return frozenset(row["words"] for row in rows("heading_words.csv"))


@cache
def parts_of_a_year() -> tuple[str, ...]:
    """Words of periods that have no code of their own: 上半年, 三季度."""
    return tuple(row["words"] for row in rows("signs.csv") if row["meaning"] == "part")


@cache
def is_planned(wording: str) -> bool:
    """Whether the wording of an indicator speaks of a plan: 计划招聘."""
    return any(sign == "p" and word in wording for word, (sign, _) in _known().items())


_lexica: dict[int, tuple[re.Pattern[str], dict[str, tuple[str, str]]]] = {}


def _lexicon(reference: Reference) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """All words of the language and all wordings of indicators."""
    found = _lexica.get(id(reference))
    if found is None:
        words = dict(_known())
        for wording, (indicator, sector) in reference.aliases.items():
            if words.get(wording, ("", ""))[0] not in ("K", "D", "Q", "x"):
                words[wording] = ("A", f"{indicator}|{sector}")
        found = _lexica[id(reference)] = (pattern(words), words)
    return found


def signs_of(
    clean: str, gazetteer: Gazetteer, reference: Reference, *, is_heading: bool = False
) -> list[Sign]:
    """The signs of a clean sentence, in order; together they cover all of it.

    is_heading: whether words such as 情况 carry nothing here, which elsewhere nobody knows.
    """
    finder, known = _lexicon(reference)
    found: list[Sign] = []
    position = 0
    for start, end, sign, meaning in _parts(clean, gazetteer, finder, known):
        if start > position:
            found.append(_unknown(clean, position, start))
        if sign == _OF_HEADINGS:
            sign = "w" if is_heading else UNKNOWN
        found.append(Sign(start, end, sign, meaning, clean[start:end]))
        position = end
    if position < len(clean):
        found.append(_unknown(clean, position, len(clean)))
    return found


def _unknown(clean: str, start: int, end: int) -> Sign:
    words = clean[start:end]
    sign = "w" if _NO_WORD.fullmatch(words) else UNKNOWN
    return Sign(start, end, sign, "", words)


def _parts(
    clean: str,
    gazetteer: Gazetteer,
    finder: re.Pattern[str],
    known: dict[str, tuple[str, str]],
) -> list[tuple[int, int, str, str]]:
    """Marks, places and words, the longer of two that overlap first."""
    words = [(one.start(), one.end(), *known[one[0]]) for one in finder.finditer(clean)]
    places = [
        (one.start(), one.end(), "G", gazetteer.codes[one[0]])
        for one in gazetteer.finder.finditer(clean)
    ]
    taken: list[tuple[int, int, str, str]] = []
    for place in places:
        longer = any(
            word[0] <= place[0] and place[1] <= word[1] and word[1] - word[0] > place[1] - place[0]
            for word in words
        )
        if not longer:
            taken.append(place)
    free = [
        word
        for word in words
        if not any(word[0] < place[1] and place[0] < word[1] for place in taken)
    ]
    kept = [*taken, *free]
    spanned = {at for one in kept for at in range(one[0], one[1])}
    marks = [
        (one.start(), one.end(), _MARKS[one[0]], "")
        for one in _MARK.finditer(clean)
        if one.start() not in spanned
    ]
    return sorted([*marks, *kept])
