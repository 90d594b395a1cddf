"""What a figure states by the rules, and what holds for its whole document."""

from dataclasses import dataclass
from typing import Final

from ingest.meaning.header import Header
from ingest.meaning.measures import Measure
from ingest.meaning.places import Gazetteer, sole_names
from ingest.meaning.reference import Reference
from ingest.quantities import Mention

PART_OF_A_YEAR: Final = "part_of_a_year"
_BOUNDS: Final = frozenset({"at_most", "less_than", "at_least"})
_FORMS: Final = frozenset({"quantity", "ratio"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure states by the rules.

    effect: as in rules.csv, empty where no rule fits. is_stated, is_placed: whether the sentence
    itself names the period and the place. direction: 1, -1 or 0. is_restricted: whether a word
    narrows what is counted. doubts: why it is not sure, empty where every word, place and time
    was read. unread: the words that no rule knows.
    """

    effect: str = ""
    indicator: str = ""
    sector: str = ""
    parts: frozenset[str] = frozenset()
    region: str = ""
    period: str = ""
    is_stated: bool = False
    is_placed: bool = False
    status: str = ""
    direction: int = 0
    is_restricted: bool = False
    doubts: frozenset[str] = frozenset()
    unread: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the rules accounted for everything."""
        return bool(self.indicator) and not self.doubts


@dataclass(frozen=True, slots=True)
class World:
    """What holds for the whole document."""

    reference: Reference
    gazetteer: Gazetteer
    header: Header

    @property
    def sole_places(self) -> dict[str, str]:
        """Names that one place of the nation bears on the document's day -> its code."""
        return sole_names(self.reference.regions, self.header.published_on)

    @property
    def year(self) -> int:
        """The last year of which the document can tell what is."""
        first, last = self.header.title_years
        is_told = first == last or self.header.mode == "actual"
        return last if last and is_told else self.header.published_on.year

    def measure(self, mention: Mention) -> Measure:
        """What the unit of a number measures."""
        return self.reference.measure(mention.unit_code)


def number_doubts(mention: Mention, world: World) -> set[str]:
    """What the number itself leaves open: no unit, part of a person, a bound, a fraction."""
    doubts: set[str] = set()
    measure = world.measure(mention)
    reading, value = mention.reading, mention.value
    if not mention.unit_code:
        doubts.add("no_unit")
    is_counted = measure.dimension == "count" and not reading.scale
    if is_counted and value is not None and value % 1:
        doubts.add("part_of_one")
    if reading.qualifier in _BOUNDS:
        doubts.add("bound")
    if reading.form not in _FORMS:
        doubts.add("form")
    if measure.dimension == "price":
        doubts.add("price")
    return doubts
