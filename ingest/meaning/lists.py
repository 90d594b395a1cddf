"""Lists: figures that share one sentence part, member by member (分别为) or all alike (均, 各)."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ingest.meaning.events import Events, Named, joined_run
from ingest.meaning.lexicon import grammar
from ingest.meaning.sentences import behind_last
from ingest.meaning.times import Topic
from ingest.meaning.when import When, each_year

_BETWEEN: Final = re.compile(r"(?:及以上|以上|以下|以内|左右)?(?:[、，和与及]{1,2}|以及|、和)")
_AND: Final = re.compile("[、和与及]")
_EACH: Final = grammar("respectively")
_ALIKE: Final = grammar("alike")
_ALIKE_INSIDE: Final = grammar("alike_inside")
_ALIKE_REACH: Final = 12
_COUNTS: Final = frozenset({"count", "money", "measure"})
_SHARES: Final = frozenset({"share"})
_floor: Final = behind_last("；;。")


class Share(NamedTuple):
    """What a list gives one figure in place of what stands near it; None where it gives nothing.

    member: place of its member in a list of wordings. back: how many figures before it that
    figure stands which it changes, 0 for none.
    """

    region: str = ""
    when: When | None = None
    alias: Named | None = None
    stage: str = ""
    member: tuple[int, int] | None = None
    back: int = 0


def shares(
    events: Events, named: Sequence[Topic], lists: Sequence[Sequence[int]]
) -> dict[int, Share]:
    """Figure -> what 分别 hands to it: region, year, indicator or stage of the list in front."""
    found: dict[int, Share] = {}
    for run in lists:
        count = len(run)
        first = events.sentence.figures[run[0]].at
        clean = events.sentence.clean
        floor = _floor(clean, first)
        marked = max(clean.rfind(word, floor, first) for word in _EACH)
        end = marked if marked >= 0 else first
        years = [one for one in named if floor <= one.at < end]
        if years and (each := each_year(years[-1].when, count)):
            found |= {at: Share(when=when) for at, when in zip(run, each, strict=True)}
        elif marked >= 0:
            found |= _of_list(events, run, floor, marked, years)
    return found


def leads(events: Events, lists: Sequence[Sequence[int]]) -> dict[int, int]:
    """Figure -> the first of its list, whose words in front speak for all: 分别增长3.9%和5.7%."""
    figures = events.sentence.figures
    return {
        at: run[0]
        for run in lists
        for at in run[1:]
        if figures[at].mention.reading.kind == figures[run[0]].mention.reading.kind
    }


def _of_list(
    events: Events, run: Sequence[int], floor: int, marked: int, years: Sequence[Topic]
) -> dict[int, Share]:
    count = len(run)
    places = _last_list(events, events.places, floor, marked)
    if len(places) == count:
        return {at: Share(region=one.code) for at, one in zip(run, places, strict=True)}
    aliases = _last_list(events, events.aliases, floor, marked)
    if len(aliases) == count:
        return {at: Share(alias=one) for at, one in zip(run, aliases, strict=True)}
    stages = _last_stages(events, floor, marked)
    if len(stages) == count:
        return {at: Share(stage=one) for at, one in zip(run, stages, strict=True)}
    if len(years) == count:
        return {at: Share(when=one.when) for at, one in zip(run, years, strict=True)}
    clause = max(events.sentence.clean.rfind(mark, floor, marked) for mark in "，：") + 1
    members = _members(events.sentence.clean, max(clause, floor), marked)
    if len(members) == count:
        return {at: Share(member=one) for at, one in zip(run, members, strict=True)}
    return _of_figures(events, run)


def _members(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the members of a list: 招生、在校生和毕业生."""
    found = []
    for joint in _AND.finditer(clean, start, end):
        found.append((start, joint.start()))
        start = joint.end()
    return [*found, (start, end)]


def _of_figures(events: Events, run: Sequence[int]) -> dict[int, Share]:
    """招生35万人，在校生197万人，分别比上年增加0.6万人和4.5万人: each changes one before it."""
    figures, count = events.sentence.figures, len(run)
    units = {figures[at].mention.unit_code for at in run}
    kinds = _SHARES if units == {"百分点"} else _COUNTS
    counted = [at for at in range(run[0]) if _is_counted(events, at, kinds)]
    if len(counted) < count or len(units) > 1:
        return {}
    return {at: Share(back=at - before) for at, before in zip(run, counted[-count:], strict=True)}


def _is_counted(events: Events, at: int, kinds: frozenset[str]) -> bool:
    """Whether a figure states a number itself, not how it has changed or what share it is."""
    start, end = events.window(at)
    kind = events.sentence.figures[at].mention.reading.kind
    changes = any(
        one.meaning in ("change", "grow") and start <= one.start < end for one in events.words
    )
    return kind in kinds and not changes


def _last_list(events: Events, named: Sequence[Named], floor: int, end: int) -> list[Named]:
    inside = [one for one in named if floor <= one.start and one.end <= end]
    return joined_run(events.sentence.clean, inside, len(inside) - 1) if inside else []


def _last_stages(events: Events, floor: int, end: int) -> list[str]:
    """The stages of the last list of them: 小学、初中."""
    clean = events.sentence.clean
    found = [
        Named(word.start, word.end, word.meaning)
        for word in events.words
        if word.category == "stage" and floor <= word.start and word.end <= end
    ]
    run = joined_run(clean, found, len(found) - 1) if found else []
    parted = [one.code for one in run]
    # 小学263所、初中229所，在校生分别为: each stage stands with a figure of its own.
    told = list(dict.fromkeys(one.code for one in found))
    return told if len(parted) < 2 <= len(told) else parted


def runs(events: Events) -> list[list[int]]:
    """Figures in a row with nothing but a list's signs in between, two at least."""
    clean = events.sentence.clean
    runs: list[list[int]] = []
    for at, placed in enumerate(events.sentence.figures[1:], start=1):
        before = events.sentence.figures[at - 1].at
        if not _BETWEEN.fullmatch(clean[before + 1 : placed.at]):
            continue
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at - 1, at])
    return runs


def alike(events: Events, figure: int, named: Sequence[Named]) -> list[Named]:
    """The list in front of a figure whose every member it states: A、B和C均达100%.

    named: places or indicators. Empty where no list of two or more stands there.
    """
    clean = events.sentence.clean
    at = events.sentence.figures[figure].at
    floor = events.sentence.figures[figure - 1].at + 1 if figure else 0
    inside = [one for one in named if floor <= one.start and one.end <= at]
    if not inside or at - inside[-1].end > _ALIKE_REACH:
        return []
    between = clean[inside[-1].end : at]
    if not between.startswith(_ALIKE) and not any(word in between for word in _ALIKE_INSIDE):
        return []
    run = joined_run(clean, inside, len(inside) - 1)
    return run if len(run) > 1 else []
