"""The walk through a sentence: what the clauses in front of a figure hand to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from ingest.grammar.reading import PART_OF_A_YEAR, World
from ingest.grammar.scopes import Scope, region_of, when_of
from ingest.grammar.signs import Sign, is_planned, parts_of_a_year
from ingest.grammar.subject import Subject
from ingest.meaning.sentences import Sentence

STOPS: Final = frozenset(",;:().")
RESTRICTS: Final = frozenset("UDKE")
_CUES: Final = {"p": "planned", "n": "norm", "m": "capped", "x": "denied"}


@dataclass(slots=True)
class Walk:
    """Where the reading of a sentence stands.

    held: the subject last told of; whole: that of which 其中 tells parts; origin: that of 由 … 到.
    stack: what holds outside the open brackets. is_fresh: whether no figure has come since ；.
    is_of_another: whether what is counted belongs to something unknown: 红星小学.
    is_held_doubtful: whether the subject last told of was not sure itself.
    """

    sentence: Sentence
    world: World
    scope: Scope
    held: Subject | None = None
    whole: Subject | None = None
    origin: Subject | None = None
    stack: list[tuple[Subject | None, Subject | None, bool]] = field(default_factory=list)
    is_fresh: bool = True
    is_part: bool = False
    is_own_time: bool = False
    has_place: bool = False
    is_of_another: bool = False
    is_held_doubtful: bool = False

    @property
    def published(self) -> date:
        """The day of the document."""
        return self.world.header.published_on

    def doubt(self, *doubts: str) -> None:
        """Nothing in the rest of the sentence can be sure."""
        self.scope = self.scope.doubting(*doubts)

    def pass_clauses(self, signs: Sequence[Sign]) -> list[Sign]:
        """Carry along what the clauses in front say, and give back the figure's own clause."""
        own: list[Sign] = []
        parts = list(_clauses(signs))
        for number, (stop, clause) in enumerate(parts):
            self._enter(stop)
            own = clause
            self._take_place(clause)
            self._take_time(clause)
            if number < len(parts) - 1:
                self._pass(clause)
        return own

    def take_cue(self, one: Sign) -> None:
        """What a word says of the status of all that follows in the sentence."""
        if one.sign == "A" and is_planned(one.words):
            self.doubt("planned")
        elif one.sign in _CUES:
            self.doubt(_CUES[one.sign])
        elif one.sign == "c":
            self.scope = replace(self.scope, mode="target")
        elif one.sign == "B":
            self.scope = replace(self.scope, is_based=True)

    def take_base(self) -> None:
        """A comparison with the year before is under way."""
        self.scope = replace(self.scope, is_based=True)

    def _enter(self, stop: str) -> None:
        if stop == "(":
            self.stack.append((self.held, self.whole, self.is_of_another))
            self.is_of_another = self.is_of_another or self.scope.is_tainted
        elif stop == ")" and self.stack:
            self.held, self.whole, self.is_of_another = self.stack.pop()
        elif stop in (";", "."):
            self.is_fresh, self.is_part, self.is_of_another = True, False, False
            self.origin = None
            if stop == ";":
                self.scope = replace(self.scope, is_tainted=False)

    def _pass(self, clause: Sequence[Sign]) -> None:
        """A clause without a figure: its stage and sector hold on, its unknown words are doubt."""
        if any(one.sign in RESTRICTS for one in clause):
            self.scope = replace(self.scope, is_tainted=True)
        for one in clause:
            if one.sign == "S":
                self.scope = replace(self.scope, stage=one.meaning)
            elif one.sign == "O":
                self.scope = replace(self.scope, sector=one.meaning)
            self.take_cue(one)

    def _take_place(self, clause: Sequence[Sign]) -> None:
        told = [one for one in clause if not is_compared(clause, one)]
        region = region_of(told, self.world.gazetteer)
        if region is not None:
            self.scope = replace(self.scope, region=region, is_tainted=False)
            self.has_place = True

    def _take_time(self, clause: Sequence[Sign]) -> None:
        if "".join(one.sign for one in clause if one.sign != "w") == "bPb":
            period = next(one for one in clause if one.sign == "P")
            base = when_of(period, self.sentence, self.published)
            self.scope = replace(self.scope, base=base.last_year if base else 0)
        for one in clause:
            if one.sign == "P" and not is_compared(clause, one):
                self._take_period(clause, one)
            elif one.sign == "N":
                self.doubt("now")
            elif one.sign == "Q":
                self.scope = replace(self.scope, is_odd_time=True)
                if one.meaning == "part":
                    self.doubt(PART_OF_A_YEAR)

    def _take_period(self, clause: Sequence[Sign], one: Sign) -> None:
        when = when_of(one, self.sentence, self.published)
        at = clause.index(one)
        is_due = at > 0 and clause[at - 1].sign == "d"
        mode, year = self.scope.mode, self.world.year
        if when and is_due and when.last_year > year:
            mode = "target"
        elif when and not is_due and when.last_year <= year:
            mode = "actual"
        self.scope = replace(
            self.scope, when=when, is_printed=when is not None, is_odd_time=when is None, mode=mode
        )
        self.is_own_time = True
        printed = [p.mention.printed for p in self.sentence.periods if p.at == one.start]
        if when is None and any(word in words for words in printed for word in parts_of_a_year()):
            self.doubt(PART_OF_A_YEAR)


def is_compared(clause: Sequence[Sign], one: Sign) -> bool:
    """Whether a place or period is what something is compared with, or where it came from."""
    before = [other for other in clause[: clause.index(one)] if other.sign != "w"]
    return bool(before) and before[-1].sign in "baRIJ"


def _clauses(signs: Sequence[Sign]) -> Iterator[tuple[str, list[Sign]]]:
    """The clauses of a field with the stop in front of each; the last is the figure's own."""
    stop, clause = "", list[Sign]()
    for one in signs:
        if one.sign in STOPS:
            yield stop, clause
            stop, clause = one.sign, []
        else:
            clause.append(one)
    yield stop, clause
