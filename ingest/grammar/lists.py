"""Lists that share their words: 小学、初中在校生分别为3.1万人、1.6万人 is two clauses."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.grammar.signs import Sign

_LIST: Final = re.compile(r"([PSGAHO])(?:、\1)+")
_STOPS: Final = frozenset(",;:().")


def distributed(signs: Sequence[Sign]) -> dict[int, list[Sign]]:
    """Number of a figure's sign -> the clause of its own, for the figures of lists.

    A list is one where 分别 and the like stand behind it, its members are of one kind, and as many
    figures follow, joined by nothing but 、.
    """
    found: dict[int, list[Sign]] = {}
    if not any(one.sign == "X" for one in signs):
        return found
    figures = [at for at, one in enumerate(signs) if one.sign == "F"]
    start = 0
    for number, at in enumerate(figures):
        field = [one for one in signs[start:at] if one.sign != "w"]
        start = at + 1
        members = _members(field)
        run = figures[number : number + len(members)]
        if members and len(run) == len(members) and _is_joined(signs, run):
            found |= dict(zip(run, members, strict=True))
    return found


def _members(field: Sequence[Sign]) -> list[list[Sign]]:
    """The clause of each member; nothing where the field holds no list for 分别."""
    code = "".join(one.sign for one in field)
    lists = list(_LIST.finditer(code))
    if len(lists) != 1 or "X" not in code[lists[0].end() :]:
        return []
    first, last = lists[0].span()
    rest = [one for one in field[last:] if one.sign != "X"]
    return [[*field[:first], one, *rest] for one in field[first:last:2]]


def _is_joined(signs: Sequence[Sign], run: Sequence[int]) -> bool:
    """Whether nothing but 、 parts the figures, and nothing but a stop follows the last."""
    gaps = [signs[one + 1 : other] for one, other in pairwise(run)]
    behind = signs[run[-1] + 1].sign if run[-1] + 1 < len(signs) else "."
    return all([one.sign for one in gap] == ["、"] for gap in gaps) and behind in _STOPS
