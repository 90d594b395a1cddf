"""The figures of one sentence, one after the other."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.grammar.figure import read_figure
from ingest.grammar.lists import distributed
from ingest.grammar.reading import Reading, World
from ingest.grammar.scopes import Scope
from ingest.grammar.signs import Sign, signs_of
from ingest.grammar.walk import STOPS, Walk
from ingest.meaning.sentences import Sentence


def read_sentence(sentence: Sentence, scope: Scope, world: World) -> tuple[list[Reading], Scope]:
    """The readings of a sentence's figures, in order, and the scope that it leaves behind."""
    signs = signs_of(sentence.clean, world.gazetteer, world.reference)
    walk = Walk(sentence, world, scope)
    if any(one.sign == "x" for one in signs):
        walk.doubt("denied")
    found: list[Reading] = []
    start = 0
    shared = distributed(signs)
    for at, one in enumerate(signs):
        if one.sign == "F":
            mention = sentence.figures[len(found)].mention
            behind = [] if at in shared else _behind(signs, at)
            found.append(read_figure(shared.get(at, signs[start:at]), behind, mention, walk))
            start = at + 1
    walk.pass_clauses(signs[start:])
    return found, replace(walk.scope, doubts=scope.doubts, base=0)


def _behind(signs: Sequence[Sign], at: int) -> Sequence[Sign]:
    """The signs behind a figure up to the next stop or figure."""
    end = at + 1
    while end < len(signs) and signs[end].sign not in STOPS and signs[end].sign != "F":
        end += 1
    is_list = end < len(signs) and signs[end].sign == "F"
    return [] if is_list and _leads_on(signs[at + 1 : end]) else signs[at + 1 : end]


def _leads_on(signs: Sequence[Sign]) -> bool:
    """Whether the words between two figures lead to the second: 、学生91600人, 减少18所."""
    return bool(signs) and signs[0].sign in "、IJijBCMabRdS"
