"""One figure: which rule fits its clause, and what that states."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ingest.grammar.reading import Reading, number_doubts
from ingest.grammar.rules import effect_of
from ingest.grammar.signs import Sign
from ingest.grammar.subject import Subject, compose, names_schools, of_change, of_share
from ingest.grammar.timing import base_of, direction_of, time_of
from ingest.grammar.walk import RESTRICTS, Walk
from ingest.meaning.lexicon import vocabulary, word_pattern
from ingest.meaning.measures import agree
from ingest.meaning.when import When
from ingest.quantities import Mention

_NAMES: Final = frozenset("SOAHDK")
_OF_SUBJECT: Final = frozenset({"stage", "subject_before", "part_before"})
_TOLD: Final = frozenset({"actual", "change", "target"})


def read_figure(
    signs: Sequence[Sign], behind: Sequence[Sign], mention: Mention, walk: Walk
) -> Reading:
    """The reading of a figure. signs: the words since the figure before; behind: up to a stop."""
    own = walk.pass_clauses(signs)
    goes_on = bool(own) and own[0].sign == "、"
    own = own[1:] if goes_on else own
    for one in own:
        walk.take_cue(one)
    _open_part(signs, own, walk)
    effect = effect_of("".join(one.sign for one in own if one.sign != "w") + "F")
    names = [one for one in own if one.sign in _NAMES]
    after = [one for one in behind if one.sign not in "w、"]
    if after and not names and effect == "level" and all(one.sign in _NAMES for one in after):
        names, after = list(after), []
    reading = _stated(own, names, effect, mention, walk)
    doubts = set(reading.doubts) | walk.scope.doubts
    doubts |= _left_open(own, effect, bool(after), walk)
    is_held_back = _is_held_back(own, goes_on, walk)
    if is_held_back:
        doubts.add("part_of_another")
    if any(one.sign in RESTRICTS for one in own) or not effect:
        walk.scope = replace(walk.scope, is_tainted=True)
    walk.is_fresh = False
    return replace(
        reading,
        doubts=frozenset(doubts - _known_after_all(walk)),
        unread="".join(one.words for one in (*own, *after) if one.sign in "UE" or not effect),
        is_restricted=is_held_back
        or reading.is_restricted
        or any(one.sign in RESTRICTS for one in (*own, *after)),
    )


def _open_part(signs: Sequence[Sign], own: Sequence[Sign], walk: Walk) -> None:
    """其中 opens parts of what was told before; of the sentence before where nothing was."""
    if walk.held is None and any(one.sign == "M" for one in signs):
        walk.doubt("part_of_the_sentence_before")
    if any(one.sign == "M" for one in own):
        walk.whole = walk.whole if walk.is_part else walk.held
        walk.is_part = True


def _left_open(own: Sequence[Sign], effect: str, has_more: bool, walk: Walk) -> set[str]:
    doubts = set()
    if not effect or has_more:
        doubts.add("unread")
    if walk.scope.is_tainted and not any(one.sign in "SGL" for one in own):
        doubts.add("unread_before")
    return doubts


def _known_after_all(walk: Walk) -> set[str]:
    """Doubts of title and heading that the sentence itself settles."""
    settled = {"title_time"} if walk.is_own_time else set()
    return settled | ({"heading"} if walk.has_place else set())


def _is_held_back(own: Sequence[Sign], goes_on: bool, walk: Walk) -> bool:
    """Whether the figure still tells of something unknown that was named before it."""
    has_holder = any(one.sign in "GL" or names_schools(one) for one in own)
    held_back = walk.is_of_another and (goes_on or bool(walk.stack) or not has_holder)
    unknown = any(one.sign == "U" and next_.sign in "SH" for one, next_ in pairwise(own))
    walk.is_of_another = unknown or held_back
    return held_back


def _stated(
    own: Sequence[Sign], names: Sequence[Sign], effect: str, mention: Mention, walk: Walk
) -> Reading:
    """What the clause states; what it leaves open comes from the walk."""
    subject, doubts = _subject(own, names, effect, mention, walk)
    when, timing = time_of(own, effect, walk)
    doubts |= timing | number_doubts(mention, walk.world)
    if not walk.scope.region:
        doubts.add("no_place")
    status = "planned" if "planned" in walk.scope.doubts else walk.scope.mode
    period, direction = when.code if when else "", 0
    if effect == "change":
        status, direction = "change", direction_of(own)
        period, based = _period_of_change(own, when, walk)
        doubts |= based
    if status == "target":
        doubts.discard("bound")
    if status not in _TOLD:
        doubts.add("mode")
    indicator = _indicator(subject, effect, mention, walk)
    if not indicator:
        doubts.add("subject")
    is_part = bool(subject and (subject.parts or not subject.is_whole))
    if walk.is_held_doubtful and not any(one.sign in "SA" for one in names):
        doubts.add("subject_before")
    walk.is_held_doubtful = bool(doubts & _OF_SUBJECT)
    _remember(subject, names, effect, walk)
    return Reading(
        effect=effect,
        indicator="" if is_part else indicator,
        sector=subject.sector if subject else "",
        parts=subject.parts if subject else frozenset(),
        region=walk.scope.region,
        period=period,
        is_stated=walk.is_own_time,
        is_placed=walk.has_place,
        status=status,
        direction=direction,
        is_restricted=is_part,
        doubts=frozenset(doubts),
    )


def _period_of_change(own: Sequence[Sign], when: When | None, walk: Walk) -> tuple[str, set[str]]:
    base, doubts = base_of(own, when, walk)
    return f"{base}/{when.last_year}" if base and when else "", doubts


def _indicator(subject: Subject | None, effect: str, mention: Mention, walk: Walk) -> str:
    """The indicator of a subject in the unit of the figure; empty where none fits."""
    if subject is None or not subject.indicator:
        return ""
    reference, measure = walk.world.reference, walk.world.measure(mention)
    if effect == "change":
        return of_change(subject, measure, reference)
    if effect == "share":
        return of_share(subject, reference)
    kept = reference.indicators[subject.indicator].measure
    return subject.indicator if agree(measure, kept) else ""


def _remember(subject: Subject | None, names: Sequence[Sign], effect: str, walk: Walk) -> None:
    if subject is None:
        walk.held = None
    elif effect != "change" or names:
        walk.held = subject
        walk.origin = subject if effect == "from" else walk.origin
    if subject and effect == "level" and not walk.is_part:
        walk.whole = subject
    if subject and subject.stage:
        walk.scope = replace(walk.scope, last_stage=subject.stage)


def _subject(
    own: Sequence[Sign], names: Sequence[Sign], effect: str, mention: Mention, walk: Walk
) -> tuple[Subject | None, set[str]]:
    """What the figure counts, and the doubts about it."""
    held, doubts = _held(names, effect, walk)
    world, scope = walk.world, walk.scope
    measure = world.measure(mention)
    subject = compose(names, mention.unit_code, measure, held, world.reference)
    if subject is None:
        return None, {"subject"}
    if any(names_schools(one) for one in names):
        doubts.discard("stage")
    last = walk.held
    if names and last and effect != "to" and not (walk.is_fresh or _has_holder(own)):
        if last.parts or not last.is_whole:
            doubts.add("part_before")
        elif subject.sector == "total":
            subject = replace(subject, sector=last.sector)
    if scope.sector and subject.sector == "total":
        doubts.add("sector_of_the_heading")
    if subject.parts:
        doubts.add("part")
    if "stage" in doubts:
        walk.scope = replace(scope, is_tainted=True)
    told = (walk.whole or held) if walk.is_part else None if walk.is_fresh else held
    stage = told.stage if told else scope.stage
    if stage and subject.stage != stage and not _names_stage(names):
        doubts.add("stage")
    return subject, doubts


def _held(names: Sequence[Sign], effect: str, walk: Walk) -> tuple[Subject | None, set[str]]:
    """The subject from which a clause takes what it does not say itself."""
    if walk.is_fresh and not walk.is_part:
        stage = walk.scope.stage
        is_other = walk.scope.last_stage not in ("", stage)
        return Subject(stage=stage) if stage else None, {"stage"} if is_other else set()
    held = walk.origin if effect == "to" else walk.held
    only_part = bool(names) and all(one.sign in "OD" for one in names)
    if walk.is_part and only_part and effect in ("level", "share"):
        held = walk.whole or held
    return held, set()


def _has_holder(own: Sequence[Sign]) -> bool:
    return any(one.sign in "SOGL" for one in own)


def _names_stage(names: Sequence[Sign]) -> bool:
    """Whether a stage is named, alone or within a wording: 学前三年毛入园率."""
    known = vocabulary()
    words = [match[0] for one in names for match in word_pattern().finditer(one.words)]
    return any(one.sign == "S" for one in names) or any(known[word][0] == "stage" for word in words)
