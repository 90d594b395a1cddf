"""What a number in a table states, where every heading of its row and column is read."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ingest.grammar.course import heading_signs
from ingest.grammar.headings import Cleaner, Heading, heading_of, path_of
from ingest.grammar.reading import Reading, World, number_doubts
from ingest.grammar.scopes import Scope, when_of
from ingest.grammar.signs import Sign
from ingest.grammar.subject import Subject, compose, of_change
from ingest.meaning.context import mode_of
from ingest.meaning.measures import agree
from ingest.meaning.when import When
from ingest.quantities import Mention
from ingest.readers import Cell, Table

_NAMES: Final = frozenset("SOAHDK")
_CHANGES: Final = frozenset("IJyijg")
_ON_A_YEAR_BEFORE: Final = frozenset("Bijg")
_UNREAD: Final = frozenset("UEqbaRdcpnmxCQNTX、()")


def read_cell(
    cell: Cell,
    table: Table,
    mention: Mention,
    scope: Scope,
    world: World,
    cleaner: Cleaner,
    *,
    is_bracketed: bool,
) -> Reading:
    """The reading of the one number of a cell.

    scope: what title and sections of the document hand on. is_bracketed: whether the cell sets its
    number in brackets, as accounts do where it is negative.
    """
    path = path_of(cell, table, world, cleaner)
    stage = _stage_of(table.caption, world, cleaner) if table.caption else ""
    scope = replace(scope, stage=stage or scope.stage)
    region, is_named, of_place = _region(path, table, scope, world, cleaner)
    when, of_time = _when(path, table, scope, world, cleaner)
    signs = {one.sign for heading in path for one in heading.signs}
    is_change = bool(signs & _CHANGES)
    named = _naming(path, table, world, cleaner)
    subject, of_subject = _subject(named, mention, scope, world)
    doubts = _of_scope(path, table, scope, when, world) | of_place | of_time | of_subject
    doubts |= number_doubts(mention, world) | (_of_change(signs) if is_change else set())
    if is_named:
        doubts.discard("place_in_passing")
    unread = "".join(one.words for heading in named for one in heading.signs if one.sign in _UNREAD)
    if unread:
        doubts.add("unread")
    indicator = _indicator(subject, mention, world, is_change=is_change)
    is_part = bool(subject and (subject.parts or not subject.is_whole))
    if is_part or not indicator:
        doubts.add("part" if is_part else "subject")
    year = when.last_year if when else 0
    period = f"{year - 1}/{year}" if is_change and when else when.code if when else ""
    return Reading(
        effect="change" if is_change else "level",
        indicator="" if is_part else indicator,
        sector=subject.sector if subject else "",
        parts=subject.parts if subject else frozenset(),
        region=region,
        period=period,
        is_placed=is_named,
        status="change" if is_change else "actual",
        direction=-1 if is_change and is_bracketed else 0,
        is_restricted=is_part or "K" in signs,
        doubts=frozenset(doubts),
        unread=unread,
    )


def _naming(
    path: Sequence[Heading], table: Table, world: World, cleaner: Cleaner
) -> Sequence[Heading]:
    """The headings that name what is counted: those of the cell, else the caption as well."""
    if not table.caption or any(one.sign in _NAMES for heading in path for one in heading.signs):
        return path
    return [heading_of(table.caption, world, cleaner), *path]


def _of_scope(
    path: Sequence[Heading], table: Table, scope: Scope, when: When | None, world: World
) -> set[str]:
    """The doubts that the document hands on to a cell."""
    doubts = set(scope.doubts) - {"heading"}
    if any(one.when for one in path):
        doubts.discard("title_time")
    is_past = when is not None and when.last_year < world.header.published_on.year
    if (mode_of(table.caption) or scope.mode) != "actual" and not is_past:
        doubts.add("mode")
    return doubts


def _of_change(signs: set[str]) -> set[str]:
    doubts = set() if signs & _ON_A_YEAR_BEFORE else {"base"}
    return doubts | ({"sign"} if signs & {"J", "j"} else set())


@lru_cache(maxsize=256)
def _stages(signs: tuple[Sign, ...]) -> tuple[str, ...]:
    return tuple({one.meaning for one in signs if one.sign == "S"})


def _stage_of(caption: str, world: World, cleaner: Cleaner) -> str:
    """The one stage that a caption names."""
    stages = _stages(tuple(heading_signs(cleaner.sentence(caption).clean, world)))
    return stages[0] if len(stages) == 1 else ""


def _region(
    path: Sequence[Heading], table: Table, scope: Scope, world: World, cleaner: Cleaner
) -> tuple[str, bool, set[str]]:
    """The place of a cell, whether its headings name it, and the doubts about it."""
    named = [one.region for one in path if one.region is not None]
    if named:
        doubts = {"two_places"} if len(set(named)) > 1 else set() if named[0] else {"no_place"}
        return named[0], True, doubts
    if "place_in_passing" in scope.doubts:
        return "", False, {"no_place"}
    caption = heading_of(table.caption, world, cleaner) if table.caption else None
    home = caption.region if caption and caption.region else scope.region
    return home, False, set() if home else {"no_place"}


def _when(
    path: Sequence[Heading], table: Table, scope: Scope, world: World, cleaner: Cleaner
) -> tuple[When | None, set[str]]:
    """The period of a cell: what its headings name, else the caption, else the document."""
    named = [one.when for one in path if one.when]
    if len({one.code for one in named}) > 1:
        return named[-1], {"two_times"}
    when = named[-1] if named else _caption_when(table.caption, world, cleaner)
    when = when or scope.when
    if when is None:
        return None, {"no_time"}
    if when.last_year > world.year:
        return when, {"ahead"}
    is_span = when.first_year != when.last_year and "-" not in when.code
    return when, {"span"} if is_span and when is not scope.when else set()


def _caption_when(caption: str, world: World, cleaner: Cleaner) -> When | None:
    if not caption:
        return None
    sentence = cleaner.sentence(caption)
    signs = heading_signs(sentence.clean, world)
    told = [when_of(one, sentence, world.header.published_on) for one in signs if one.sign == "P"]
    found = [when for when in told if when is not None]
    return found[-1] if len({when.last_year for when in found}) == 1 else None


def _subject(
    path: Sequence[Heading], mention: Mention, scope: Scope, world: World
) -> tuple[Subject | None, set[str]]:
    """What a cell counts, and the doubts about it; a part with a head of its own has no other."""
    names: list[Sign] = []
    for heading in path:
        own = [one for one in heading.signs if one.sign in _NAMES]
        is_part = any(one.sign == "M" for one in heading.signs)
        if is_part and any(one.sign in "AH" for one in own):
            names = [one for one in names if one.sign not in "AH"]
        names += own
    held = Subject(stage=scope.stage) if scope.stage else None
    measure = world.measure(mention)
    subject = compose(names, mention.unit_code, measure, held, world.reference)
    if subject is None:
        return None, {"subject"}
    if scope.sector and subject.sector == "total":
        return subject, {"sector_of_the_heading"}
    is_told = any(one.sign in "SA" for one in names)
    is_other = bool(scope.stage) and subject.stage != scope.stage and not is_told
    return subject, {"stage"} if is_other else set()


def _indicator(subject: Subject | None, mention: Mention, world: World, *, is_change: bool) -> str:
    if subject is None or not subject.indicator:
        return ""
    measure = world.measure(mention)
    if is_change:
        return of_change(subject, measure, world.reference)
    kept = world.reference.indicators[subject.indicator].measure
    return subject.indicator if agree(measure, kept) else ""
