"""Rules of what a row says: intervals, units, places, times, keys that name other rows."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from ingest.seeds.columns import Tables
from ingest.seeds.fault import Fault
from ingest.seeds.periods import years
from ingest.seeds.table import day, number

RULES = (
    "value_outside",
    "bounds",
    "no_number",
    "dimension",
    "code_of_dimension",
    "other_base",
    "no_base_unit",
    "base_unit",
    "region_not_valid",
    "no_such_period",
    "date_order",
    "parents_in_a_circle",
    "figure_of_other_document",
    "verified_without_hash",
    "finding_key",
)

NUMERALS: Final = frozenset(
    "0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾"
)

# Words that print a share of one hundred per cent without a number.
WHOLE: Final = ("所有", "全部", "全体", "全覆盖")

# Columns of a figure that hold a code of the seed `dimensions`.
DIMENSIONS: Final = ("sex", "urbanisation", "pupil_group", "staff_group")

# What a qualifier states: the value itself, a lower end, an upper end.
STATED: Final = {
    "exact": (True, True, True),
    "about": (True, True, True),
    "over": (True, True, True),
    "at_least": (True, True, False),
    "more_than": (True, True, False),
    "at_most": (True, False, True),
    "less_than": (True, False, True),
    "range": (False, True, True),
}


def meaning_faults(tables: Tables) -> Iterator[Fault]:
    """Faults of what the rows of documents and reference seeds say."""
    yield from _intervals(tables)
    yield from _numbers(tables)
    yield from _dimensions(tables)
    yield from _codes_of_dimensions(tables)
    yield from _base_units(tables)
    yield from _regions_in_time(tables)
    yield from _periods(tables)
    yield from _date_order(tables, "regions", "valid_from", "valid_to")
    yield from _date_order(tables, "documents", "effective_from", "effective_to")
    yield from _circles(tables, "regions", "region_code", "parent_region_code")
    yield from _circles(tables, "sectors", "sector", "parent_sector")
    yield from _figure_ids(tables)
    yield from _hashes(tables)
    yield from _finding_keys(tables)


def _intervals(tables: Tables) -> Iterator[Fault]:
    table = tables["figures"]
    names = ("qualifier", "value", "value_low", "value_high")
    for line, (qualifier, *texts) in table.rows(*names):
        if qualifier in STATED and tuple(map(bool, texts)) != STATED[qualifier]:
            wanted = [
                name for name, stated in zip(names[1:], STATED[qualifier], strict=True) if stated
            ]
            fields = {"qualifier": qualifier, "wanted": ", ".join(wanted)}
            yield Fault("bounds", table.file, line, fields)
            continue
        value, low, high = map(number, texts)
        ends = [end for end in (low, value, high) if end is not None]
        if ends != sorted(ends):
            fields = {"value": texts[0], "low": texts[1], "high": texts[2]}
            yield Fault("value_outside", table.file, line, fields)


def _numbers(tables: Tables) -> Iterator[Fault]:
    misprints: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, (document, wrong, meant) in tables["corrections"].rows(
        "document_id", "printed", "meant"
    ):
        misprints[document].append((wrong, meant))
    table = tables["figures"]
    for line, (document, printed) in table.rows("document_id", "printed"):
        if not printed or not NUMERALS.isdisjoint(printed) or printed in WHOLE:
            continue
        repaired = [printed.replace(wrong, meant) for wrong, meant in misprints[document]]
        if all(map(NUMERALS.isdisjoint, repaired)):
            yield Fault("no_number", table.file, line, {"printed": printed})


def _dimensions(tables: Tables) -> Iterator[Fault]:
    of_unit = dimensions_of_units(tables)
    of_indicator = dimensions_of_indicators(tables)
    bases = tables["units"].lookup("unit_code", "base_unit_code")
    units = tables["indicators"].lookup("indicator", "unit_code")
    for line, (indicator, unit) in tables["indicators"].rows("indicator", "unit_code"):
        if bases.get(unit, unit) != unit:
            fields = {"indicator": indicator, "unit": unit, "base": bases[unit]}
            yield Fault("no_base_unit", "indicators.csv", line, fields)
    table = tables["figures"]
    for line, (unit, indicator) in table.rows("unit_code", "indicator"):
        printed, kept = of_unit.get(unit), of_indicator.get(indicator)
        if printed and kept and printed != kept:
            fields = {"unit": unit, "dimension": printed, "indicator": indicator, "kept": kept}
            yield Fault("dimension", table.file, line, fields)
        elif (base := bases.get(unit)) and indicator in units and base != units[indicator]:
            fields = {"unit": unit, "base": base, "indicator": indicator, "kept": units[indicator]}
            yield Fault("other_base", table.file, line, fields)


def _codes_of_dimensions(tables: Tables) -> Iterator[Fault]:
    codes = {pair for _, pair in tables["dimensions"].rows("dimension", "code")}
    table = tables["figures"]
    for name in DIMENSIONS:
        for line, (code,) in table.rows(name):
            if code and (name, code) not in codes:
                yield Fault("code_of_dimension", table.file, line, {"column": name, "code": code})


def dimensions_of_units(tables: Tables) -> dict[str, str]:
    """unit_code -> dimension."""
    return tables["units"].lookup("unit_code", "dimension")


def dimensions_of_indicators(tables: Tables) -> dict[str, str]:
    """indicator -> dimension of its unit."""
    of_unit = dimensions_of_units(tables)
    units = tables["indicators"].lookup("indicator", "unit_code")
    return {indicator: of_unit.get(unit, "") for indicator, unit in units.items()}


def _base_units(tables: Tables) -> Iterator[Fault]:
    table = tables["units"]
    names = ("unit_code", "base_unit_code", "multiplier", "dimension")
    units = {row[0]: row for _, row in table.rows(*names)}
    for line, (unit, base, multiplier, dimension) in table.rows(*names):
        if base not in units:
            continue
        _, base_of_base, factor, base_dimension = units[base]
        is_base = base_of_base == base and number(factor) == 1
        if not is_base or dimension != base_dimension or number(multiplier) == 0:
            yield Fault("base_unit", table.file, line, {"unit": unit, "base": base})


def _regions_in_time(tables: Tables) -> Iterator[Fault]:
    valid: defaultdict[str, list[tuple[date, date]]] = defaultdict(list)
    names = ("region_code", "valid_from", "valid_to")
    for _, (region, start, end) in tables["regions"].rows(*names):
        valid[region].append((day(start) or date.min, day(end) or date.max))
    table = tables["figures"]
    for line, (region, period) in table.rows("region_code", "period"):
        span = years(period)
        if span is None or region not in valid:
            continue
        last = span[1]
        if not any(start.year <= last <= end.year for start, end in valid[region]):
            yield Fault("region_not_valid", table.file, line, {"region": region, "year": last})


def _periods(tables: Tables) -> Iterator[Fault]:
    for seed, column in (
        ("figures", "period"),
        ("measures", "due_period"),
        ("series_breaks", "break_period"),
        ("document_relations", "related_published_on"),
    ):
        table = tables[seed]
        for line, (period,) in table.rows(column):
            if period and years(period) is None:
                fields = {"column": column, "period": period}
                yield Fault("no_such_period", table.file, line, fields)


def _date_order(tables: Tables, seed: str, start: str, end: str) -> Iterator[Fault]:
    table = tables[seed]
    for line, (first, last) in table.rows(start, end):
        opens, closes = day(first), day(last)
        if opens and closes and closes < opens:
            yield Fault("date_order", table.file, line, {"start": start, "end": end})


def _circles(tables: Tables, seed: str, code: str, parent: str) -> Iterator[Fault]:
    table = tables[seed]
    above = table.lookup(code, parent)
    for line, (child,) in table.rows(code):
        seen = {child}
        upper = above[child]
        while upper and upper not in seen:
            seen.add(upper)
            upper = above.get(upper, "")
        if upper == child:
            yield Fault("parents_in_a_circle", table.file, line, {"column": code, "code": child})


def _figure_ids(tables: Tables) -> Iterator[Fault]:
    table = tables["figures"]
    for line, (figure, document) in table.rows("figure_id", "document_id"):
        rest = figure.removeprefix(f"{document}-")
        if rest == figure or not rest.isdecimal():
            fields = {"figure": figure, "document": document}
            yield Fault("figure_of_other_document", table.file, line, fields)


def _hashes(tables: Tables) -> Iterator[Fault]:
    table = tables["documents"]
    names = ("document_id", "text_sha256")
    without = {document for _, (document, digest) in table.rows(*names) if not digest}
    figures = tables["figures"]
    for line, (document, provenance) in figures.rows("document_id", "provenance"):
        if provenance == "verified" and document in without:
            fields = {"document": document, "target": table.file}
            yield Fault("verified_without_hash", figures.file, line, fields)


def _finding_keys(tables: Tables) -> Iterator[Fault]:
    known = {
        "formulas": set(tables["formulas"].columns["formula_id"]),
        "regions": set(tables["regions"].columns["region_code"]),
        "sectors": set(tables["sectors"].columns["sector"]),
        "figures": set(tables["figures"].columns["figure_id"]),
    }
    table = tables["acknowledged_findings"]
    for line, (finding,) in table.rows("finding_id"):
        match finding.split(":"):
            case ["repeat_statement", figure] if figure in known["figures"]:
                continue
            case [formula, region, sector, period] if (
                formula in known["formulas"]
                and region in known["regions"]
                and sector in known["sectors"]
                and years(period)
            ):
                continue
        yield Fault("finding_key", table.file, line, {"finding": finding})
