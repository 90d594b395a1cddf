"""What a clean sentence holds besides its figures: words of meaning, places, indicators."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.meaning.lexicon import vocabulary, word_pattern
from ingest.meaning.places import Gazetteer
from ingest.meaning.reference import Reference
from ingest.meaning.sentences import DELIMITERS, FIGURE, Sentence

_DELIMITERS = frozenset(DELIMITERS)
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "或", "、和"})
LONGEST_JOINT = 5


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
    """All that a sentence holds, each kind in order."""

    sentence: Sentence
    words: tuple[Word, ...]
    places: tuple[Named, ...]
    aliases: tuple[Named, ...]
    windows: tuple[tuple[int, int], ...]

    def window(self, figure: int) -> tuple[int, int]:
        """The words in front of a figure, back to the last stop or figure."""
        return self.windows[figure]

    def behind(self, figure: int) -> tuple[int, int]:
        """The words behind a figure, up to the next stop or figure."""
        clean = self.sentence.clean
        start = end = self.sentence.figures[figure].at + 1
        while end < len(clean) and clean[end] not in _DELIMITERS and clean[end] != FIGURE:
            end += 1
        return start, end


def events(sentence: Sentence, gazetteer: Gazetteer, reference: Reference) -> Events:
    """Everything that one sentence holds."""
    clean = sentence.clean
    known = vocabulary()
    words = tuple(
        Word(*match.span(), *known[match[0]], match[0]) for match in word_pattern().finditer(clean)
    )
    aliases = tuple(
        Named(match.start(), match.end(), *reference.aliases[match[0]])
        for match in reference.alias_pattern.finditer(clean)
    )
    places = _places(clean, words, gazetteer)
    return Events(sentence, words, places, aliases, tuple(_windows(sentence)))


def _windows(sentence: Sentence) -> Iterator[tuple[int, int]]:
    clean = sentence.clean
    floor = 0
    for placed in sentence.figures:
        start = at = placed.at
        while start > floor and clean[start - 1] not in _DELIMITERS:
            start -= 1
        yield start, at
        floor = at + 1


def _places(clean: str, words: Sequence[Word], gazetteer: Gazetteer) -> tuple[Named, ...]:
    from ingest.meaning.spoken_of import is_subject, opens_clause

    found: list[Named] = []
    for start, end, code in gazetteer.find(clean):
        if is_subject(clean, start, end, gazetteer):
            joins = bool(found) and clean[found[-1].end : start] in _JOINTS | {""}
            topic = opens_clause(clean, start) or (joins and found[-1].is_topic)
            found.append(Named(start, end, code, is_topic=topic))
    for word in words:
        if word.category == "level":
            code = gazetteer.of_level(word.meaning)
            if code and is_subject(clean, word.start, word.end, gazetteer, code):
                found.append(Named(word.start, word.end, code, is_level=True))
    return tuple(sorted(found))


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
        start -= 1
        while start > 0 and clean[start - 1] not in _DELIMITERS and clean[start - 1] != FIGURE:
            start -= 1
    return start
