"""How much the wording of a figure tells: what makes a known wording less sure than it looks."""

from typing import Final

from ingest.meaning.context import Context
from ingest.meaning.events import Events
from ingest.meaning.lexicon import grammar, vocabulary, word_pattern
from ingest.meaning.stated import Subject
from ingest.meaning.wording import residual_of

_NAMED: Final = frozenset({"alias", "short_alias"})
_GENERAL: Final = frozenset({"stage", "composed_inherited"})
_PARTS: Final = (*grammar("opens_part"), "（", "(")
_TELLING: Final = frozenset({"stage", "sector", "head"})


def weighed(events: Events, figure: int, subject: Subject, context: Context) -> Subject:
    """The subject with the strength that its wording has in this place.

    Weaker are a wording of persons in a part (其中公费师范生97人 may be some of those hired), a
    general word in the company of words that we do not know, and a head carried to such words.
    """
    start, at = events.window(figure)
    if subject.strength in _NAMED and _is_part_of_persons(events, start, subject, context):
        return subject._replace(strength="part")
    if subject.strength in _GENERAL and _has_unknown(events, start, at, subject):
        return subject._replace(strength="loose")
    if subject.strength == "carried" and residual_of(events, start, at):
        return subject._replace(strength="loose")
    return subject


def _is_part_of_persons(events: Events, start: int, subject: Subject, context: Context) -> bool:
    clean = events.sentence.clean
    if not clean.startswith(_PARTS, start) and clean[start - 1 : start] not in ("（", "(", "、"):
        return False
    kept = context.reference.indicators.get(subject.indicator)
    if kept is None or kept.measure.family != "persons" or len(context.heads) < 2:
        return False
    known = vocabulary()
    words = word_pattern().finditer(subject.subject_zh)
    return not any(known[word[0]][0] in _TELLING for word in words)


def _has_unknown(events: Events, start: int, at: int, subject: Subject) -> bool:
    """Whether unknown words stand beside the word that names the subject."""
    found = events.sentence.clean.rfind(subject.subject_zh, start, at)
    if found < 0:
        return False
    behind = events.sentence.clean[found + len(subject.subject_zh) : at]
    return bool(word_pattern().sub("", behind).strip("的了"))
