"""The indicators of the nation: those that formulas read and give, and others to fill it up.

catalogue.csv says how each of the first kind comes about: `leaf` values are drawn for regions
without parts and added up over the others, `row` values follow from those of the same region and
year, `span` values also from those of the year before. {u} is a number of the region, the year
and the indicator between 0 and 1.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "catalogue.csv"
INDICATORS: Final = 150
FILLING_SHARES: Final = 20
PRINTED_FILLING: Final = 0.92
COUNT: Final = "5 + size * {u} * {u}"
SHARE: Final = "20 + 75 * {u}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What has a true value for every region and year.

    printed: share of region-years whose bulletin prints it. leaf_formula: the formula that gives
    it, where nothing else reads it, so that one wrong number makes one finding. is_filler: whether
    no formula knows it.
    """

    number: int
    indicator: str
    sector: str
    made: str
    printed: float
    decimals: int
    leaf_formula: str
    expression: str
    is_filler: bool = False

    @property
    def column(self) -> str:
        """Name of its column."""
        return f"{self.indicator}__{self.sector}"


def indicators(reference: Path, copies: int) -> list[Indicator]:
    """The catalogue with so many times its filling; copies beyond the first have names of ours."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    named = {row["indicator"] for row in rows}
    filling = _filling(reference, INDICATORS - len(named))
    found = [
        Indicator(
            number,
            row["indicator"],
            row["sector"],
            row["made"],
            float(row["printed"]),
            int(row["decimals"]),
            row["leaf_formula"],
            row["expression"],
        )
        for number, row in enumerate(rows, 1)
    ]
    for copy in range(1, copies + 1):
        for name, is_share in filling:
            found.append(_filler(len(found) + 1, copied(name, copy), is_share))
    return found


def copied(name: str, copy: int) -> str:
    """The name of a copy of an indicator; the first is the indicator itself."""
    return name if copy == 1 else f"{name}_copy_{copy}"


def _filler(number: int, name: str, is_share: bool) -> Indicator:
    made, decimals, expression = ("row", 2, SHARE) if is_share else ("leaf", 0, COUNT)
    return Indicator(number, name, "total", made, PRINTED_FILLING, decimals, "", expression, True)


def _filling(reference: Path, count: int) -> Sequence[tuple[str, bool]]:
    """Indicators that no formula knows: counts that add up, and some shares."""
    known = {
        row["indicator"]
        for file in ("formulas.csv", "formula_terms.csv")
        for row in _rows(reference / file)
    }
    free = [row for row in _rows(reference / "indicators.csv") if row["indicator"] not in known]
    shares = [row["indicator"] for row in free if row["measure_type"] == "share"]
    counts = [
        row["indicator"]
        for row in free
        if row["unit_code"] in ("人", "所", "个")
        and row["measure_type"] in ("stock", "flow")
        and row["is_additive_over_regions"] == "true"
    ]
    chosen = [(name, True) for name in shares[:FILLING_SHARES]]
    return [*chosen, *((name, False) for name in counts)][:count]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
