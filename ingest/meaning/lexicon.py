"""The words that give a number its meaning, from the tables beside this module."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from ingest.quantities.lexicon import alternation

_SHELF: Final = 16
FOLDER: Final = Path(__file__).parent
_DROPPED: Final = re.compile(r"[\s\u3000“”‘’「」『』【】\"'*#|]+")
_PLAIN: Final = re.compile(r"[\s“”‘’「」『』【】\"'*#|（(〔\[]")
_BRACKETS: Final = re.compile(r"[（(〔\[][^（）()〔〕\[\]\ue000\ue001]{0,30}[）)〕\]]")


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table beside this module."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(words: str) -> str:
    """Words without spaces, quotation marks, and brackets that hold no figure."""
    if _PLAIN.search(words) is None:
        return words
    return _BRACKETS.sub(_kept, _DROPPED.sub("", words))


def _kept(bracket: re.Match[str]) -> str:
    """What is left of a bracket: 新建（改扩建）幼儿园 counts both."""
    return bracket[0][1:-1] if "扩建" in bracket[0] else ""


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the longest of these words.

    They are tried by shelves of first letters, so that a place costs a few tests, not hundreds.
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word)
    firsts = sorted(by_first)
    if not firsts:
        return re.compile(alternation(()))
    shelves = []
    for at in range(0, len(firsts), _SHELF):
        shelf = firsts[at : at + _SHELF]
        shelves.append(_any_of(shelf) + alternation(chain(*map(by_first.__getitem__, shelf))))
    return re.compile(f"{_any_of(firsts)}(?:{'|'.join(shelves)})")


def _any_of(letters: Iterable[str]) -> str:
    """An expression that looks whether one of these letters comes next."""
    return f"(?=[{''.join(map(re.escape, letters))}])"


@cache
def vocabulary() -> dict[str, tuple[str, str]]:
    """Word -> category and meaning, as in words.csv."""
    rows = read_table("words.csv")
    return {plain(row["words"]): (row["category"], row["meaning"]) for row in rows}


@cache
def word_pattern() -> re.Pattern[str]:
    """A pattern that finds the words of words.csv."""
    return pattern(vocabulary())


@cache
def compositions() -> dict[tuple[str, str], str]:
    """Head and stage (* is any) -> indicator: 在校生 in 小学 is primary_enrolment."""
    rows = read_table("compositions.csv")
    return {(row["head"], row["stage"]): row["indicator"] for row in rows}


@cache
def grammar(role: str) -> tuple[str, ...]:
    """The words that play a part in the grammar of figures, as in grammar.csv."""
    return tuple(row["words"] for row in read_table("grammar.csv") if row["role"] == role)
