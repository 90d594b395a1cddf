"""The course of a document: what its title, headings and paragraphs hand to each sentence."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from ingest.grammar.reading import Reading, World
from ingest.grammar.scopes import Scope, region_of, when_of
from ingest.grammar.sentence import read_sentence
from ingest.grammar.signs import Sign, heading_words, signs_of
from ingest.grammar.tables import rows
from ingest.meaning.context import mode_of
from ingest.meaning.lexicon import plain
from ingest.meaning.sentences import FIGURE, PERIOD, Sentence
from ingest.meaning.when import of_year

_ALLOWED: Final = frozenset("wPGLSOMFVdABH,;:().、")
_UNNUMBERED: Final = 5
_TELLING: Final = frozenset("SODKGLPAHQ")
_ALL: Final = "total"
_PRIVATE: Final = "private"
_PIECES: Final = re.compile(f"[{FIGURE}{PERIOD}]")


@dataclass(slots=True)
class Course:
    """Where the strict reader stands in a document."""

    world: World
    text: str
    sections: dict[int, Scope] = field(default_factory=dict)
    paragraph: Scope | None = None

    @classmethod
    def of(cls, world: World, text: str) -> "Course":
        """At the beginning of a document with this text."""
        return cls(world, text, {0: _of_title(world)})

    @property
    def section(self) -> Scope:
        """The scope of the innermost open section."""
        return self.sections[max(self.sections)]

    def open_paragraph(self) -> None:
        """Forget what the last paragraph said."""
        self.paragraph = None

    def open_section(self, level: int, sentence: Sentence) -> None:
        """Enter the section that a heading opens."""
        title = plain(self.world.header.title_zh)
        if all(words in title for words in _PIECES.split(sentence.clean)):
            return
        signs = heading_signs(sentence.clean, self.world)
        if level == _UNNUMBERED and not any(one.sign in _TELLING for one in signs):
            return
        for deeper in [one for one in self.sections if one >= level]:
            del self.sections[deeper]
        self.sections[level] = self._of_heading(sentence, level, signs)

    def read(self, sentence: Sentence) -> list[Reading]:
        """The readings of the figures of one sentence."""
        scope = self.paragraph or self.section
        found, self.paragraph = read_sentence(sentence, scope, self.world)
        return found

    def _of_heading(self, sentence: Sentence, level: int, signs: list[Sign]) -> Scope:
        above = self.section
        scope = replace(above, mode=mode_of(sentence.clean) or above.mode)
        unread = {one.sign for one in signs} - _ALLOWED
        if unread - {"U"} or (unread and level < _UNNUMBERED):
            scope = scope.doubting("heading")
        region = region_of(signs, self.world.gazetteer)
        if region is not None:
            scope = replace(scope, region=region)
        for one in signs:
            if one.sign == "P":
                when = when_of(one, sentence, self.world.header.published_on)
                scope = replace(scope, when=when, is_odd_time=when is None)
        return _of_words(scope, signs)


def _of_words(scope: Scope, signs: list[Sign]) -> Scope:
    """A scope with the stage and the sector that a heading names."""
    stages = {one.meaning for one in signs if one.sign == "S" and one.meaning != _PRIVATE}
    sectors = {one.meaning for one in signs if one.sign == "O" or one.meaning == _PRIVATE}
    wordings = [one.meaning.partition("|")[2] for one in signs if one.sign == "A"]
    sectors |= {sector for sector in wordings if sector != _ALL}
    if stages:
        scope = replace(scope, stage=stages.pop() if len(stages) == 1 else "")
    if sectors:
        scope = replace(scope, sector=sectors.pop() if len(sectors) == 1 else "mixed")
    return scope


def heading_signs(clean: str, world: World) -> list[Sign]:
    """The signs of a heading, in which 情况 and the like carry nothing."""
    found = []
    for one in signs_of(clean, world.gazetteer, world.reference, is_heading=True):
        if one.sign == "U" and _is_plain(one.words):
            one = one._replace(sign="w")
        found.append(one)
    return found


def _is_plain(words: str) -> bool:
    """Whether an unknown run is made of words that carry nothing in a heading."""
    left = words
    for word in sorted(heading_words(), key=len, reverse=True):
        left = left.replace(word, "")
    return not left


def _of_title(world: World) -> Scope:
    header = world.header
    signs = heading_signs(plain(header.title_zh), world)
    first, last = header.title_years
    when = header.title_when or (of_year(last) if first and first == last else None)
    region = header.region_code if header.region_basis else ""
    scope = Scope(region=region, when=when, mode=header.mode)
    if header.region_basis == "text":
        scope = scope.doubting("place_in_passing")
    if any(one.sign == "D" for one in signs):
        scope = scope.doubting("title")
    if any(one.sign == "Q" for one in signs) and not header.title_when:
        scope = scope.doubting("title_time")
    names = [row["words"] for row in rows("institutions.csv")]
    for before, one in pairwise(signs):
        if before.sign == "U" and one.words in names:
            scope = scope.doubting("institution")
    return _of_words(scope, signs)
