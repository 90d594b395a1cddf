"""The reviewed reference that meaning rests on: indicators, aliases, units, regions."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ingest.meaning.lexicon import pattern, plain
from ingest.meaning.measures import Measure, measure_of

NATION = "100000"
_PLACES = ("学位", "园位", "托位")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: code, Chinese name, unit, what the unit measures, measure type, stage."""

    code: str
    name_zh: str
    unit_code: str
    measure: Measure
    measure_type: str
    stage: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """An area while it was in force; valid_to is None while it is."""

    code: str
    name_zh: str
    level: str
    parent: str
    valid_from: date
    valid_to: date | None

    def is_valid(self, day: date) -> bool:
        """Whether the area was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference seeds, as meaning reads them.

    aliases: wording without spaces and brackets -> indicator and sector. dimensions: unit code
    -> dimension. regions: all rows, in the order of the seed. sole_sectors: indicator -> sector.
    """

    indicators: Mapping[str, Indicator]
    aliases: Mapping[str, tuple[str, str]]
    alias_pattern: re.Pattern[str]
    dimensions: Mapping[str, str]
    regions: tuple[Region, ...]
    sole_sectors: Mapping[str, str]

    def sector_of(self, indicator: str) -> str:
        """The sector that is all that an indicator's wordings name; total where it has others."""
        return self.sole_sectors.get(indicator, "total")

    def measure(self, unit_code: str) -> Measure:
        """What a unit measures."""
        return _measure(unit_code, self.dimensions)


_measures: dict[tuple[int, str], Measure] = {}


def _measure(unit_code: str, dimensions: Mapping[str, str]) -> Measure:
    key = (id(dimensions), unit_code)
    found = _measures.get(key)
    if found is None:
        found = _measures[key] = measure_of(unit_code, dimensions)
    return found


@cache
def load_reference(seeds_folder: Path) -> Reference:
    """The reference in a folder of seeds, read once for each folder."""
    folder = seeds_folder / "reference"
    dimensions = {row["unit_code"]: row["dimension"] for row in _rows(folder / "units.csv")}
    indicators = {
        row["indicator"]: Indicator(
            row["indicator"],
            row["name_zh"],
            row["unit_code"],
            _kept(row, dimensions),
            row["measure_type"],
            row["education_stage"],
        )
        for row in _rows(folder / "indicators.csv")
    }
    aliases = {
        plain(row["alias_zh"]): (row["indicator"], row["sector"])
        for row in _rows(folder / "indicator_aliases.csv")
    }
    regions = tuple(_region(row) for row in _rows(folder / "regions.csv"))
    sectors: dict[str, set[str]] = {}
    for indicator, sector in aliases.values():
        sectors.setdefault(indicator, set()).add(sector)
    sole = {code: next(iter(named)) for code, named in sectors.items() if len(named) == 1}
    return Reference(indicators, aliases, pattern(aliases), dimensions, regions, sole)


def _kept(row: Mapping[str, str], dimensions: Mapping[str, str]) -> Measure:
    """What an indicator measures; school places are counted in 个 and 学位 alone."""
    measure = measure_of(row["unit_code"], dimensions)
    is_places = row["unit_code"] == "个" and row["name_zh"].rstrip("数增减").endswith(_PLACES)
    return Measure(measure.dimension, "places") if is_places else measure


def _region(row: Mapping[str, str]) -> Region:
    return Region(
        row["region_code"],
        row["name_zh"],
        row["region_level"],
        row["parent_region_code"],
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
