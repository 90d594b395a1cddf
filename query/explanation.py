"""What an explanation is made of: a tree of values from a number down to the printed characters."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal

from query.dictionary import Described


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in its base unit with the ends of its interval; a missing end is unbounded."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit_code: str

    @property
    def is_exact(self) -> bool:
        """Whether the interval is a single point."""
        return self.value is not None and self.low == self.high == self.value


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its title page names it."""

    document_id: str
    title_zh: str
    document_number: str | None
    issuer: str | None
    published_on: date | None
    source_url: str | None = None
    retrieved_on: date | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A misprint in the words of a figure, and what was meant."""

    printed: str
    meant: str
    reason: str


@dataclass(frozen=True, slots=True)
class Restriction:
    """A code other than total in a dimension, such as sex female."""

    dimension: str
    code: str
    name: Described


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a document prints a statistic: characters [char_start, char_end) of its text.

    restrictions: the part of pupils or staff that it speaks of, empty where it speaks of all.
    """

    figure_id: str
    document: Document
    char_start: int | None
    char_end: int | None
    printed: str
    evidence: str
    period_basis: str
    qualifier: str
    provenance: str
    corrections: tuple[Correction, ...]
    locator: str | None = None
    restrictions: tuple[Restriction, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in words."""

    formula_id: str
    kind: str
    relation: str
    words: Described
    note: Described | None


@dataclass(frozen=True, slots=True)
class Observation:
    """A value at a place and time: printed by `figure`, or derived by `formula` from `inputs`."""

    indicator: str
    name: Described
    region_code: str
    region_name: Described
    region_scope: str
    sector: str
    period: str
    status: str
    amount: Amount
    origin: str
    figure: Figure | None = None
    formula: Formula | None = None
    obstacle: str | None = None
    inputs: tuple["Input", ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A value that goes into a formula, with its part in it and its coefficient."""

    role: str
    coefficient: Decimal
    observation: Observation


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a number counts: a figure, or a number that is none, with its reason."""

    label: str
    printed: str | None
    char_start: int | None
    char_end: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A document that a number speaks of; `counts` says what is counted in it, if anything is."""

    document: Document
    counts: str | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a number goes back to; `column` names another of its row by which it enters."""

    column: str | None
    value: object
    origin: Observation | Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a row; `counts` says what it counts, if it is a count."""

    column: str
    value: object
    description: Described
    counts: str | None


@dataclass(frozen=True, slots=True)
class Number:
    """Numbers of a row that share their sources, such as a value and its two ends."""

    cells: tuple[Cell, ...]
    is_about_warehouse: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row of a mart with its words and what its numbers go back to."""

    mart: str
    description: Described
    key: Mapping[str, object]
    words: Mapping[str, object]
    numbers: tuple[Number, ...]


def as_data(part: object) -> object:
    """An explanation as mappings, lists, strings and numbers; what is empty is left out."""
    if is_dataclass(part) and not isinstance(part, type):
        pairs = {one.name: as_data(getattr(part, one.name)) for one in fields(part)}
        return {name: value for name, value in pairs.items() if value not in (None, [], {})}
    if isinstance(part, Mapping):
        return {str(name): as_data(value) for name, value in part.items()}
    if isinstance(part, tuple | list):
        return [as_data(member) for member in part]
    return plain(part)


def plain(value: object) -> object:
    """A value of the warehouse as JSON knows it: whole decimals as integers, dates as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
