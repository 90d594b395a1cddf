"""Qualifiers: the words on either side of a number that say how exact it is.

The words stand in qualifiers.csv. 以上, 以下 and 以内 include the number, 超过 and 不满 do not, and
不超过 is at most: a negated bound is an entry of its own, so that the longest word decides and
no bound is ever inverted.
"""

import re
from typing import Final

from ingest.quantities.lexicon import LexiconError, alternation, read_rows

QUALIFIERS: Final = (
    "exact", "about", "nearly", "over", "at_least", "at_most", "more_than", "less_than", "range",
)  # fmt: skip
"""How a number is meant; nearly (近) is published as about."""

_SIDES = ("before", "before_power", "between", "after")
_BOUNDS = frozenset({"at_least", "at_most", "more_than", "less_than"})


def _load() -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    sides: dict[str, dict[str, str]] = {side: {} for side in _SIDES}
    reaches: dict[str, int] = {}
    for row in read_rows("qualifiers.csv", ("words", "side", "qualifier", "reach")):
        words, side, qualifier = row["words"], row["side"], row["qualifier"]
        if side not in _SIDES or qualifier not in QUALIFIERS or not row["reach"].isdigit():
            choices = f"side is one of {', '.join(_SIDES)}; qualifier of {', '.join(QUALIFIERS)}"
            raise LexiconError(f"qualifiers.csv words '{words}': {choices}; reach a number")
        sides[side][words] = qualifier
        if reach := int(row["reach"]):
            reaches[words] = reach
    return sides, reaches


_WORDS, _REACHES = _load()
BETWEEN = f"[{''.join(_WORDS['between'])}]"
"""Regular expression of a qualifier between a number and its unit."""

_BEFORE = _WORDS["before"]
_BEFORE_POWER = _WORDS["before"] | _WORDS["before_power"]
_LAST_LETTERS = frozenset(words[-1] for words in _BEFORE_POWER)
_LENGTHS = tuple(range(max(map(len, _BEFORE_POWER)), 0, -1))
_AFTER = re.compile(r"[ \u00a0\u3000]?(" + alternation(_WORDS["after"]) + ")")
_AFTER_FIRST = frozenset(words[0] for words in _WORDS["after"]) | set(" \u00a0\u3000")
_REACHING = re.compile(
    "|".join(
        rf"({re.escape(words)})[\u4e00-\u9fff]{{0,{reach}}}" for words, reach in _REACHES.items()
    )
)
_REACHING_WORD = re.compile(alternation(_REACHES))
# 不低于基本工资的15%: a negated bound keeps its sense before the whole that is divided.
_PARTED = re.compile(
    r"(不低于|不少于|不高于|不超过|不得低于|不得少于|不得超过)[\u4e00-\u9fff、（）]{1,14}的$"
)
_WINDOW = max(map(len, _REACHES)) + max(_REACHES.values())


def around(
    text: str, start: int, end: int, earliest: int, between: str, *, is_power: bool = False
) -> str:
    """The qualifier that decides where several stand around the number text[start:end].

    A bound in front comes first, then one behind, then 余 and 多 between, then 约 and its like.
    earliest: end of the mention before, across which no qualifier reaches. is_power: whether the
    number is a bare 百, 千 or 万, which 上 and 过 may qualify as well.
    """
    front = before(text, start, earliest, is_power)
    if front in _BOUNDS:
        return front
    if text[end : end + 1] in _AFTER_FIRST and (found := _AFTER.match(text, end)):
        back = _WORDS["after"][found[1]]
        if back in _BOUNDS or (front == "exact" and not between):
            return back
    return _WORDS["between"].get(between, front) if between else front


def before(text: str, end: int, earliest: int, is_power: bool = False) -> str:
    """Qualifier in front of the number that begins at `end`, 'exact' where there is none."""
    if end > earliest and text[end - 1] in " \u00a0\u3000":
        end -= 1
    if end <= earliest:
        return "exact"
    if text[end - 1] in _LAST_LETTERS:
        table = _BEFORE_POWER if is_power else _BEFORE
        for length in _LENGTHS:
            if end - length >= earliest and (found := table.get(text[end - length : end])):
                return found
    if text[end - 1] == "的" and (parted := _PARTED.search(text, max(earliest, end - 20), end)):
        return _BEFORE[parted[1]]
    start = end - _WINDOW if end - _WINDOW > earliest else earliest
    # A verb of a few letters may part 至少 and its like from their number: 至少建设1所.
    while word := _REACHING_WORD.search(text, start, end):
        if reached := _REACHING.fullmatch(text, word.start(), end):
            return _BEFORE[reached[reached.lastindex or 1]]
        start = word.end()
    return "exact"


def is_phrase(words: str) -> bool:
    """Whether words are a qualifier, alone or with a verb of at most two letters behind it."""
    return any(words[: len(words) - verb] in _BEFORE for verb in (0, 1, 2))
