"""How far each check moves when a figure does, worked out without the engine that is tested.

Values are taken at the middle of their intervals and formulas in exact fractions; the slack of a
check is half the width of its two intervals.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb

from bench.mutated_figures import Mutation

# A derived value: formula, region, sector and period.
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Input:
    """What a term of a formula reads: a figure, or another derived value."""

    term: int
    weight: Fraction
    figure_id: str | None
    derived: Key | None


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: its two sides, how they should stand to each other, and how wide both are."""

    finding_type: str
    relation: str
    key: Key
    figure_id: str | None
    compared: Key | None
    other_figure_id: str | None
    slack: Fraction
    is_open: bool
    is_acknowledged: bool

    @property
    def sides(self) -> tuple[str | None, str | None]:
        """The figures that are compared as they are printed."""
        return self.figure_id, self.other_figure_id


class Checks:
    """Every check of a built warehouse that two printed numbers could fail."""

    def __init__(self, built: Path) -> None:
        with duckdb.connect(built, read_only=True) as connection:
            self._values, self._widths = _values(connection)
            self._multipliers = _multipliers(connection)
            self._formulas = _formulas(connection)
            self._inputs = _inputs(connection)
            self._checks = _checks(connection)
        self.of_figure: defaultdict[str, list[Check]] = defaultdict(list)
        for check in self._checks:
            for figure_id in self._figures(check):
                self.of_figure[figure_id].append(check)

    def is_guarded(self, figure_id: str, by_equality: bool = False) -> bool:
        """Whether any check reads the figure, or one that a small change can fail."""
        return any(
            check.relation == "equal" or not by_equality for check in self.of_figure[figure_id]
        )

    def is_catchable(self, mutation: Mutation) -> bool:
        """Whether the slip moves some check by more than the slack of its intervals."""
        changed = dict(self._values)
        changed[mutation.figure_id] = (
            _middle(mutation.value, mutation.low, mutation.high)
            * self._multipliers[mutation.figure_id]
        )
        width = _half_width(mutation.low, mutation.high) * self._multipliers[mutation.figure_id]
        wider = max(width - self._widths[mutation.figure_id], Fraction(0))
        return any(
            self._is_moved(
                check,
                changed,
                check.slack + (wider if mutation.figure_id in check.sides else Fraction(0)),
            )
            for check in self.of_figure[mutation.figure_id]
        )

    def _is_moved(self, check: Check, changed: Mapping[str, Fraction], slack: Fraction) -> bool:
        after = self._distance(check, changed)
        if check.relation == "at_least":
            return after < -slack
        if check.relation == "at_most":
            return after > slack
        moved = abs(after - self._distance(check, self._values))
        if check.is_acknowledged:
            return moved > 0 and abs(after) > slack
        return moved > slack and not check.is_open

    def _distance(self, check: Check, values: Mapping[str, Fraction]) -> Fraction:
        """How far the first side of a check lies above the second."""
        if check.figure_id:
            stated = values[check.figure_id]
        else:
            stated = self._derive(check.compared or check.key, values)
        if check.finding_type == "range":
            return abs(stated - 50) - 50
        if check.other_figure_id:
            return stated - values[check.other_figure_id]
        return stated - self._derive(check.key, values)

    def _derive(self, key: Key, values: Mapping[str, Fraction]) -> Fraction:
        kind, scale, shift = self._formulas[key[0]]
        terms = [(read.term, read.weight * self._read(read, values)) for read in self._inputs[key]]
        if kind == "sum":
            return sum((value for _, value in terms), Fraction(0)) / scale + shift
        first, second = (value for _, value in sorted(terms))
        if kind == "product":
            return first * second / scale + shift
        return first / second * scale + shift if second else Fraction(10**18)

    def _read(self, read: Input, values: Mapping[str, Fraction]) -> Fraction:
        if read.derived:
            return self._derive(read.derived, values)
        return values[read.figure_id or ""]

    def _figures(self, check: Check) -> set[str]:
        found = {figure for figure in (check.figure_id, check.other_figure_id) if figure}
        if check.finding_type in ("formula", "implied"):
            waiting = [key for key in (check.key, check.compared) if key]
            while waiting:
                for read in self._inputs[waiting.pop()]:
                    found |= {read.figure_id} if read.figure_id else set()
                    waiting += [read.derived] if read.derived else []
        return found


def _middle(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> Fraction:
    if value is not None:
        return Fraction(value)
    ends = [Fraction(end) for end in (low, high) if end is not None]
    return sum(ends, Fraction(0)) / max(len(ends), 1)


def _half_width(low: Decimal | None, high: Decimal | None) -> Fraction:
    return Fraction(0) if low is None or high is None else Fraction(high - low) / 2


def _values(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    rows = connection.execute(
        "select figure_id, value, value_low, value_high from observations.stated_observations"
    ).fetchall()
    middles = {figure_id: _middle(value, low, high) for figure_id, value, low, high in rows}
    return middles, {figure_id: _half_width(low, high) for figure_id, _, low, high in rows}


def _multipliers(connection: duckdb.DuckDBPyConnection) -> dict[str, Fraction]:
    rows = connection.execute(
        "select figure_id, multiplier from staging.stg_figures"
        " inner join staging.stg_units using (unit_code)"
    ).fetchall()
    return {figure_id: Fraction(multiplier) for figure_id, multiplier in rows}


def _formulas(
    connection: duckdb.DuckDBPyConnection,
) -> dict[str, tuple[str, Fraction, Fraction]]:
    rows = connection.execute(
        "select formula_id, kind, scale, shift from staging.stg_formulas"
    ).fetchall()
    return {name: (kind, Fraction(scale), Fraction(shift)) for name, kind, scale, shift in rows}


def _inputs(connection: duckdb.DuckDBPyConnection) -> defaultdict[Key, list[Input]]:
    rows = connection.execute(
        "select formula_id, region_code, sector, period, term_number, coefficient,"
        " input_figure_id, input_formula_id, input_region_code, input_sector, input_period"
        " from observations.observation_inputs"
    ).fetchall()
    found: defaultdict[Key, list[Input]] = defaultdict(list)
    for *key, term, weight, figure_id, formula_id, region, sector, period in rows:
        derived = (formula_id, region, sector, period) if formula_id else None
        found[key[0], key[1], key[2], key[3]].append(
            Input(term, Fraction(weight), figure_id, derived)
        )
    return found


def _checks(connection: duckdb.DuckDBPyConnection) -> list[Check]:
    rows = connection.execute(
        """
        select finding_type,
            case when finding_type = 'range' then 'at_most' else coalesce(relation, 'equal') end,
            formula_id, region_code, sector, period, figure_id, compared_formula_id,
            case when finding_type in ('repeat', 'revision') then other_figure_id end,
            coalesce(stated_high - stated_low, 0) / 2
            + case when finding_type = 'range' then 0
                else coalesce(derived_high - derived_low, 0) / 2 end,
            (stated_low is null and derived_low is null)
            or (stated_high is null and derived_high is null),
            is_acknowledged
        from observations.findings
        left join (select formula_id, relation from staging.stg_formulas) using (formula_id)
        where verdict <> 'not_comparable'
        """
    ).fetchall()
    return [
        Check(
            kind, relation, (formula, region, sector, period), figure_id,
            (compared, region, sector, period) if compared else None,
            other, Fraction(slack), is_open, is_acknowledged,
        )
        for kind, relation, formula, region, sector, period, figure_id, compared, other, slack,
        is_open, is_acknowledged in rows
    ]  # fmt: skip
