"""How a figure is worded: the noun behind a counter, the phrase in front, what is left of it."""

import re
from typing import Final

from ingest.meaning.events import Events
from ingest.meaning.lexicon import grammar, pattern, vocabulary, word_pattern
from ingest.meaning.measures import Measure
from ingest.meaning.sentences import DELIMITERS, FIGURE, PERIOD
from ingest.quantities.units import EACH

_NOUN: Final = re.compile(r"^[的个名所]?([\u4e00-\u9fffA-Za-z0-9+、·“”]{2,24})")
_VERBS: Final = re.compile(r"[为达是有到至共约占以在对由从被将把等]+$")
_EACH: Final = re.compile(EACH)
_SHORT_NOUNS: Final = grammar("short_noun")
_SIGNS: Final = re.compile(f"[{FIGURE}{PERIOD}{re.escape(DELIMITERS)}]")
_NOT_NOUNS: Final = grammar("no_noun")
_NOT_SHARES: Final = grammar("no_part")
_BOUND: Final = re.compile(r"(?:及|含)?(?:以上|以下|以内|左右)(?=的|[\u4e00-\u9fff])")
_PREDICATE: Final = pattern(grammar("predicate"))
_LONGEST_SUBJECT: Final = 24


def noun_behind(events: Events, figure: int, measure: Measure) -> bool:
    """Whether what is counted stands behind the figure: 62个教育集团, 90%以上的学校."""
    start, end = events.behind(figure)
    words = events.sentence.clean[start:end]
    bound = _BOUND.match(words)
    words = words[bound.end() :] if bound else words
    if measure.dimension in ("share", "points", "money", "price"):
        return words.startswith(("的", "资金")) and not words.startswith(_NOT_SHARES)
    if words in _SHORT_NOUNS:
        return True
    return len(words) > 1 and not words.startswith(_NOT_NOUNS) and "\u4e00" <= words[0] <= "\u9fff"


def residual_of(events: Events, start: int, at: int) -> str:
    """What is left of the words in front of a figure without those that carry no subject."""
    clean = events.sentence.clean
    words = clean[start:at]
    for place in reversed(events.places):
        if start <= place.start and place.end <= at and not place.is_level:
            words = words[: place.start - start] + words[place.end - start :]
    return _SIGNS.sub("", word_pattern().sub(_kept, _EACH.sub("", words))).strip("、的了")


def _kept(match: re.Match[str]) -> str:
    return match[0] if vocabulary()[match[0]][0] in ("head", "stage", "sector") else ""


def phrase_of(events: Events, start: int, at: int, figure: int, measure: Measure) -> str:
    """The noun phrase that a figure counts, as printed."""
    clean = events.sentence.clean
    first, last = events.behind(figure)
    if noun_behind(events, figure, measure):
        words = clean[first:last]
        bound = _BOUND.match(words)
        found = _NOUN.match(words[bound.end() :] if bound else words)
        if found:
            noun = _PREDICATE.split(found[1], maxsplit=1)[0]
            return (noun or found[1])[:_LONGEST_SUBJECT]
    words = _SIGNS.sub("", clean[start:at])
    while match := word_pattern().match(words):
        if _carries(match[0]) or match.end() == len(words):
            break
        words = words[match.end() :]
    return _without_verbs(words)[-_LONGEST_SUBJECT:]


def _carries(word: str) -> bool:
    category, meaning = vocabulary()[word]
    return category in ("head", "stage", "sector") or meaning == "adj"


def _without_verbs(words: str) -> str:
    """Words without the verbs that end them: 里程突破 is 里程."""
    known = vocabulary()
    while True:
        for length in (4, 3, 2, 1):
            entry = known.get(words[-length:]) if len(words) > length else None
            if entry and entry[0] in ("plain", "cue", "time") and entry[1] != "adj":
                words = words[:-length]
                break
        else:
            return _VERBS.sub("", words)
