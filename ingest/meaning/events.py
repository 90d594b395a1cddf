"""What a clean sentence holds besides its figures: words of meaning, places, indicators."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from ingest.meaning.lexicon import vocabulary, word_pattern
from ingest.meaning.places import Gazetteer
from ingest.meaning.reference import Reference
from ingest.meaning.sentences import DELIMITERS, FIGURE, Sentence, behind_last

_BREAK: Final = re.compile(f"[{re.escape(DELIMITERS)}{FIGURE}]")
_part_start: Final = behind_last(DELIMITERS + FIGURE)
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "或", "、和"})
LONGEST_JOINT = 5
_NAMERS: Final = frozenset({"head", "stage"})


class Word(NamedTuple):
    """A word with a meaning: its place, its category and meaning as in words.csv."""

    start: int
    end: int
    category: str
    meaning: str
    words: str


class Named(NamedTuple):
    """A place or an indicator as named in the sentence; code is its code.

    is_level: whether it is 全市 and the like; is_topic: whether it opens its clause, so that the
    clauses behind speak of it too.
    """

    start: int
    end: int
    code: str
    sector: str = ""
    is_level: bool = False
    is_topic: bool = True


class Events(NamedTuple):
    """All that a sentence holds, each kind in order.

    cues, scopes: the words of these categories. namers: the words that can name an indicator
    (heads and stages), each with its number among the words.
    """

    sentence: Sentence
    words: tuple[Word, ...]
    places: tuple[Named, ...]
    aliases: tuple[Named, ...]
    windows: tuple[tuple[int, int], ...]
    cues: tuple[Word, ...]
    scopes: tuple[Word, ...]
    namers: tuple[tuple[int, Word], ...]

    def window(self, figure: int) -> tuple[int, int]:
        """The words in front of a figure, back to the last stop or figure."""
        return self.windows[figure]

    def behind(self, figure: int) -> tuple[int, int]:
        """The words behind a figure, up to the next stop or figure."""
        clean = self.sentence.clean
        start = self.sentence.figures[figure].at + 1
        stop = _BREAK.search(clean, start)
        return start, stop.start() if stop else len(clean)


def events(sentence: Sentence, gazetteer: Gazetteer, reference: Reference) -> Events:
    """Everything that one sentence holds."""
    clean = sentence.clean
    tails, named = _tails(), reference.aliases
    words: list[Word] = []
    cues, scopes, levels = [], [], []
    namers: list[tuple[int, Word]] = []
    for match in word_pattern().finditer(clean):
        tail = tails[match[0]]
        word = _new(Word, match.span() + tail)
        category = tail[0]
        if category == "cue":
            cues.append(word)
        elif category in _NAMERS:
            namers.append((len(words), word))
        elif category == "scope":
            scopes.append(word)
        elif category == "level":
            levels.append(word)
        words.append(word)
    aliases = tuple(
        [
            _new(Named, (*match.span(), *named[match[0]], False, True))
            for match in reference.alias_pattern.finditer(clean)
        ]
    )
    return Events(
        sentence,
        tuple(words),
        _places(clean, levels, gazetteer),
        aliases,
        tuple([(_part_start(clean, placed.at), placed.at) for placed in sentence.figures]),
        tuple(cues),
        tuple(scopes),
        tuple(namers),
    )


_new = tuple.__new__
"""Makes a value of a named tuple from its fields: a sentence holds dozens of words."""


@cache
def _tails() -> dict[str, tuple[str, str, str]]:
    """Word -> category, meaning and the word itself, as they stand in a `Word`."""
    return {words: (*told, words) for words, told in vocabulary().items()}


def _places(clean: str, levels: Sequence[Word], gazetteer: Gazetteer) -> tuple[Named, ...]:
    from ingest.meaning.spoken_of import is_subject, opens_clause

    found: list[Named] = []
    for match in gazetteer.finder.finditer(clean):
        start, end = match.span()
        if is_subject(clean, start, end, gazetteer):
            joins = bool(found) and clean[found[-1].end : start] in _JOINTS | {""}
            topic = opens_clause(clean, start) or (joins and found[-1].is_topic)
            found.append(Named(start, end, gazetteer.codes[match[0]], is_topic=topic))
    for word in levels:
        code = gazetteer.of_level(word.meaning)
        if code and is_subject(clean, word.start, word.end, gazetteer, code):
            found.append(Named(word.start, word.end, code, is_level=True))
    return tuple(sorted(found)) if len(found) > 1 else tuple(found)


def joined_run(clean: str, named: Sequence[Named], last: int) -> list[Named]:
    """The items up to the one at index `last` that a list joins: A、B和C."""
    run = [named[last]]
    for before in reversed(named[:last]):
        gap = clean[before.end : run[0].start]
        if gap not in _JOINTS and not (gap[:1] == "、" and len(gap) <= LONGEST_JOINT):
            break
        run.insert(0, before)
    return run


def past_brackets(clean: str, start: int, at: int) -> int:
    """A figure alone in brackets is told by the words in front of them."""
    if start and start == at and clean[start - 1] in "（(：:":
        return _part_start(clean, start - 1)
    return start
