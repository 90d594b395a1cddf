"""The period of a figure, and the base of a change."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.grammar.scopes import when_of
from ingest.grammar.signs import Sign
from ingest.grammar.walk import Walk
from ingest.meaning.when import When, earlier_by_a_year, of_year, year_end


def time_of(own: Sequence[Sign], effect: str, walk: Walk) -> tuple[When | None, set[str]]:
    """The period of a figure by its clause and what governs it, and the doubts about it."""
    scope = walk.scope
    if scope.is_odd_time:
        return None, {"odd_time"}
    if scope.when is None:
        return None, {"no_time"}
    if any(one.sign == "T" and one.meaning == "end" for one in own):
        return year_end(scope.when.last_year), set()
    when, doubts = _of_clause(own, effect, scope.when, walk)
    if when is None:
        return None, {"no_time"}
    if when.first_year != when.last_year and "-" not in when.code and effect != "change":
        doubts.add("span")
    is_ahead, is_aim = when.last_year > walk.world.year, scope.mode == "target"
    if is_ahead and not is_aim:
        doubts.add("ahead")
    if is_aim and not is_ahead:
        doubts.add("mode")
    return when, doubts


def _of_clause(
    own: Sequence[Sign], effect: str, when: When, walk: Walk
) -> tuple[When | None, set[str]]:
    """The period of the start, the end or the base of a change, else the one that governs."""
    printed = [when_of(one, walk.sentence, walk.published) for one in _behind(own, "aRb")]
    if effect in ("from", "to", "base") and printed:
        if effect == "base" and printed[-1]:
            _set_base(printed[-1].last_year, walk)
        return printed[-1], set()
    if effect == "from" and walk.scope.base:
        return of_year(walk.scope.base), set()
    if effect in ("from", "base") or _is_before(own):
        is_told = _is_before(own) or any(one.sign == "B" for one in own)
        return earlier_by_a_year(when), set() if is_told else {"time_of_the_start"}
    return when, set()


def _behind(own: Sequence[Sign], signs: str) -> list[Sign]:
    """The printed periods that stand right behind one of these signs."""
    return [one for before, one in pairwise(own) if one.sign == "P" and before.sign in signs]


def _set_base(year: int, walk: Walk) -> None:
    walk.scope = replace(walk.scope, base=year)


def _is_before(own: Sequence[Sign]) -> bool:
    """Whether the words say 上年."""
    return any(one.sign == "T" and one.meaning == "-1" for one in own)


def direction_of(own: Sequence[Sign]) -> int:
    """Whether a change is one to more (1) or to less (-1)."""
    signs = [one.sign for one in own if one.sign in "IJij"]
    return 1 if signs and signs[-1] in "Ii" else -1


def base_of(own: Sequence[Sign], when: When | None, walk: Walk) -> tuple[int, set[str]]:
    """The year with which a change compares, 0 for none, and the doubts about it."""
    for one in _behind(own, "b"):
        base = when_of(one, walk.sentence, walk.published)
        return (base.last_year, set()) if base else (0, {"base"})
    if walk.scope.base:
        return walk.scope.base, set()
    if when is None:
        return 0, {"base"}
    if any(one.sign in "Bij" for one in own):
        walk.take_base()
    is_told = walk.scope.is_based or _is_before(own)
    return when.last_year - 1, set() if is_told else {"base"}
