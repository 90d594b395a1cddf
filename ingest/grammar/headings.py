"""The headings of a table's cell: what each of them names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from ingest.grammar.course import heading_signs
from ingest.grammar.reading import World
from ingest.grammar.scopes import region_of, when_of
from ingest.grammar.signs import Sign
from ingest.meaning.lexicon import grammar, plain
from ingest.meaning.sentences import FIGURE, Sentence
from ingest.meaning.when import When
from ingest.readers import Cell, Table

_INDEX: Final = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*|[#*▲]\s*)+")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z .,&'-]*")
_SUMS: Final = frozenset(grammar("sum"))

Lines = dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading names: a place, a period, and signs for all the rest."""

    signs: tuple[Sign, ...] = ()
    region: str | None = None
    when: When | None = None


class Cleaner(Protocol):
    """Makes clean sentences of headings, and knows units."""

    def sentence(self, words: str) -> Sentence:
        """The clean sentence of a heading, in which periods are signs."""

    def is_unit(self, words: str) -> bool:
        """Whether a heading is nothing but a unit."""

    def without_unit(self, words: str) -> str:
        """A heading without the unit in brackets behind it."""


def heading_of(words: str, world: World, cleaner: Cleaner) -> Heading:
    """What a heading names; the English beside Chinese words says the same again."""
    words = _INDEX.sub("", plain(cleaner.without_unit(words)))
    bare = words.rstrip("：:")
    if _HAN.search(words):
        words = _LATIN.sub("", words)
    if bare in _SUMS and not any(one.sign == "K" for one in heading_signs(bare, world)):
        return Heading()
    if code := world.gazetteer.code_of_heading(bare) or world.sole_places.get(bare, ""):
        return Heading(region=code)
    sentence = cleaner.sentence(words)
    signs = [
        one
        for one in heading_signs(sentence.clean.replace(FIGURE, ""), world)
        if one.sign not in "w,;:."
    ]
    periods = [one for one in signs if one.sign == "P"]
    when = when_of(periods[-1], sentence, world.header.published_on) if periods else None
    places = [one for one in signs if one.sign in "GL"]
    region = region_of(places, world.gazetteer) if places else None
    return Heading(tuple(one for one in signs if one.sign not in "PGLV"), region, when)


def path_of(cell: Cell, table: Table, world: World, cleaner: Cleaner) -> list[Heading]:
    """The headings of a cell, row before column, each 其中 behind that of which it is a part."""
    rows = _parented(cell.row_headers, _lines_of(table, of_rows=True), cell.row)
    columns = _parented(cell.column_headers, _lines_of(table, of_rows=False), cell.column)
    return [
        heading_of(words, world, cleaner)
        for words in (*rows, *columns)
        if not cleaner.is_unit(words)
    ]


def _parented(headings: Sequence[str], lines: Lines, at: int) -> Sequence[str]:
    if not headings or not _opens_part(headings[-1]):
        return headings
    before = [one for one in sorted(lines) if one < at and lines[one]]
    while before and _opens_part(lines[before[-1]][-1]):
        before.pop()
    if not before or (len(headings) > 1 and len(lines[before[-1]]) > 1):
        return headings
    return (*headings[:-1], lines[before[-1]][-1], headings[-1])


@lru_cache(maxsize=1 << 10)
def _opens_part(heading: str) -> bool:
    return plain(heading).startswith(tuple(grammar("opens_part")))


_lines: dict[tuple[int, bool], Lines] = {}


def _lines_of(table: Table, *, of_rows: bool) -> Lines:
    """Row or column of a table -> its headings; kept for the table at hand."""
    key = (id(table), of_rows)
    if key not in _lines:
        if any(one != id(table) for one, _ in _lines):
            _lines.clear()
        _lines[key] = {
            (one.row if of_rows else one.column): (
                one.row_headers if of_rows else one.column_headers
            )
            for one in table.cells
            if not one.is_header
        }
    return _lines[key]
