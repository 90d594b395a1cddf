"""Rules of the catalogue of formulas: each must be able to give a value."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from ingest.seeds.columns import Tables
from ingest.seeds.fault import Fault
from ingest.seeds.meaning import dimensions_of_indicators
from ingest.seeds.table import number

RULES = (
    "formula_without_terms",
    "roles",
    "factor_of_zero",
    "unlike_addends",
    "unlike_factors",
    "formula_in_a_circle",
    "no_children",
)

# Indicator and sector.
Value = tuple[str, str]

ROLES: Final = {
    "ratio": ["denominator", "numerator"],
    "product": ["factor", "factor"],
}

# The difference of two shares is a number of percentage points.
ADDS_LIKE: Final = {"points": "share"}

# What two values of a dimension may give when they are multiplied, beyond the rule that a pure
# number leaves the dimension of the other as it is.
PURE: Final = frozenset({"share", "ratio"})
MULTIPLIES: Final = {
    ("count", "price"): {"money"},
    ("count", "rate"): {"count"},
    ("price", "time"): {"money", "price"},
    ("rate", "time"): {"count"},
    ("count", "time"): {"time"},
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a formula, with the row at which it stands."""

    line: int
    role: str
    coefficient: str
    indicator: str
    sector: str
    region_relation: str
    period_relation: str


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula with its terms; an empty sector stands for every sector."""

    line: int
    formula_id: str
    kind: str
    indicator: str
    sector: str
    scale: str
    terms: Sequence[Term]


def formula_faults(tables: Tables) -> Iterator[Fault]:
    """Faults of single formulas, then of formulas that need each other or data."""
    formulas = _formulas(tables)
    dimensions = dimensions_of_indicators(tables)
    for formula in formulas:
        yield from _shape(formula)
        yield from _addends(formula, dimensions)
        yield from _factors(formula, dimensions)
    yield from _circles(formulas, tables["sectors"].columns["sector"])
    yield from _without_children(formulas, tables)


def _formulas(tables: Tables) -> list[Formula]:
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    for line, (formula_id, *values) in tables["formula_terms"].rows(
        "formula_id",
        "role",
        "coefficient",
        "indicator",
        "sector",
        "region_relation",
        "period_relation",
    ):
        terms[formula_id].append(Term(line, *values))
    return [
        Formula(line, formula_id, kind, indicator, sector, scale, terms[formula_id])
        for line, (formula_id, kind, indicator, sector, scale) in tables["formulas"].rows(
            "formula_id", "kind", "indicator", "sector", "scale"
        )
    ]


def _shape(formula: Formula) -> Iterator[Fault]:
    fields = {"formula": formula.formula_id, "kind": formula.kind}
    if not formula.terms:
        yield Fault("formula_without_terms", "formulas.csv", formula.line, fields)
        return
    roles = sorted(term.role for term in formula.terms)
    wanted = ROLES.get(formula.kind, ["addend"] * len(roles))
    if roles != wanted:
        more = {"found": ", ".join(roles), "wanted": ", ".join(wanted)}
        yield Fault("roles", "formulas.csv", formula.line, {**fields, **more})
    if number(formula.scale) == 0:
        yield Fault("factor_of_zero", "formulas.csv", formula.line, {"column": "scale"})
    for term in formula.terms:
        if number(term.coefficient) == 0:
            yield Fault("factor_of_zero", "formula_terms.csv", term.line, {"column": "coefficient"})


def _addends(formula: Formula, dimensions: Mapping[str, str]) -> Iterator[Fault]:
    if formula.kind != "sum":
        return
    wanted = dimensions.get(formula.indicator, "")
    for term in formula.terms:
        found = dimensions.get(term.indicator, "")
        if wanted and found and ADDS_LIKE.get(found, found) != ADDS_LIKE.get(wanted, wanted):
            fields = {
                "formula": formula.formula_id,
                "indicator": term.indicator,
                "found": found,
                "result": formula.indicator,
                "wanted": wanted,
            }
            yield Fault("unlike_addends", "formula_terms.csv", term.line, fields)


def _factors(formula: Formula, dimensions: Mapping[str, str]) -> Iterator[Fault]:
    """A ratio is a product that is read the other way round: numerator = result x denominator."""
    if sorted(term.role for term in formula.terms) != ROLES.get(formula.kind):
        return
    by_role = sorted(formula.terms, key=lambda term: term.role)
    result = dimensions.get(formula.indicator, "")
    first, second = (dimensions.get(term.indicator, "") for term in by_role)
    if not (result and first and second):
        return
    fits = (
        second in _multiplied(result, first)
        if formula.kind == "ratio"
        else result in _multiplied(first, second)
    )
    if not fits:
        fields = {
            "formula": formula.formula_id,
            "first": f"{by_role[0].role} {by_role[0].indicator} ({first})",
            "second": f"{by_role[1].role} {by_role[1].indicator} ({second})",
            "result": formula.indicator,
            "wanted": result,
        }
        yield Fault("unlike_factors", "formulas.csv", formula.line, fields)


def _multiplied(one: str, other: str) -> frozenset[str]:
    """Dimensions that the product of two dimensions can have."""
    given = MULTIPLIES.get((min(one, other), max(one, other)), set[str]())
    return frozenset(
        given | ({other} if one in PURE else set()) | ({one} if other in PURE else set())
    )


def _circles(formulas: Sequence[Formula], sectors: Sequence[str]) -> Iterator[Fault]:
    """A formula must not need, at the same place and time, what it gives."""
    needs: defaultdict[Value, set[Value]] = defaultdict(set)
    sources: dict[tuple[Value, Value], Formula] = {}
    for formula in formulas:
        for result, need in _needs(formula, sectors):
            needs[result].add(need)
            sources[result, need] = formula
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        needed, result, *_ = circle = error.args[1]
        formula = sources[result, needed]
        path = " -> ".join(f"{indicator} ({sector})" for indicator, sector in reversed(circle))
        fields = {"formula": formula.formula_id, "path": path}
        yield Fault("formula_in_a_circle", "formulas.csv", formula.line, fields)


def _needs(formula: Formula, sectors: Sequence[str]) -> Iterator[tuple[Value, Value]]:
    """What a formula gives, paired with what it needs of the same region and period."""
    for term in formula.terms:
        if (term.region_relation, term.period_relation) == ("self", "same"):
            for sector in [formula.sector] if formula.sector else _open_sectors(formula, sectors):
                yield (formula.indicator, sector), (term.indicator, term.sector or sector)


def _open_sectors(formula: Formula, sectors: Sequence[str]) -> list[str]:
    """A formula without a sector holds for each sector that none of its terms names."""
    named = {term.sector for term in formula.terms}
    return [sector for sector in sectors if sector not in named]


def _without_children(formulas: Sequence[Formula], tables: Tables) -> Iterator[Fault]:
    """Terms over children of which no child has a value, printed or derived."""
    parents = tables["regions"].lookup("region_code", "parent_region_code")
    given = {formula.indicator for formula in formulas} | {
        indicator
        for _, (indicator, region) in tables["figures"].rows("indicator", "region_code")
        if parents.get(region)
    }
    for formula in formulas:
        for term in formula.terms:
            if term.region_relation == "children" and term.indicator not in given:
                fields = {"formula": formula.formula_id, "indicator": term.indicator}
                yield Fault("no_children", "formula_terms.csv", term.line, fields)
