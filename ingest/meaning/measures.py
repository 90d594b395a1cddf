"""What units measure, and which counters count the same things."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.meaning.lexicon import read_table
from ingest.quantities.units import known_unit_codes

_SCALES = ("万亿", "千万", "百万", "十万", "亿", "万", "千", "百", "十")
_PAID = {
    "课时": "use", "次": "use", "小时": "use", "节": "use", "餐": "use", "天": "day", "日": "day",
    "月": "term", "学期": "term", "学年": "term", "年": "term",
}  # fmt: skip
_TIMES = ("年", "学年", "学期", "月", "周", "天", "日", "次")
_PER = ":per"
_DIMENSIONS = {"points": "points", "share": "share", "money": "money", "time": "time"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a unit code measures.

    dimension: as in units.csv, or `measure` for lengths, areas and the like. family: what the
    counter counts (persons, institutions, things ...), marked where it is counted by population
    (人/百生 states no number of persons); of a price for what it is paid (use, day or term).
    """

    dimension: str
    family: str


@cache
def families() -> dict[str, str]:
    """Counter -> what it counts, as in counters.csv."""
    return {row["unit_code"]: row["family"] for row in read_table("counters.csv")}


@cache
def _kinds() -> dict[str, str]:
    return known_unit_codes()


def base_of(unit_code: str) -> str:
    """The unit without its multiplier: 万人 is 人."""
    if unit_code in _kinds() or unit_code in families():
        return unit_code
    for scale in _SCALES:
        if unit_code.startswith(scale):
            return unit_code[len(scale) :]
    return unit_code


def measure_of(unit_code: str, listed: Mapping[str, str]) -> Measure:
    """What a unit measures; listed: unit code -> dimension, as in units.csv."""
    front, slash, _ = unit_code.partition("/")
    base = base_of(front)
    dimension = listed.get(unit_code, "")
    if not dimension:
        kind = _kinds().get(base, "")
        dimension = _DIMENSIONS.get(kind, "count" if base in families() else kind or "measure")
        if slash:
            dimension = "price" if dimension == "money" else "rate"
        if front.endswith(":1") or front.startswith("1:"):
            dimension = "ratio"
    family = families().get(base, base) if dimension in ("count", "rate") else ""
    if dimension == "rate" and not unit_code.endswith(_TIMES):
        family += _PER
    if dimension == "price":
        family = next((paid for word, paid in _PAID.items() if unit_code.endswith(word)), "")
    return Measure(dimension, family)


def agree(printed: Measure, kept: Measure) -> bool:
    """Whether a printed unit can state an indicator that is kept in the other."""
    if printed.dimension != kept.dimension:
        yearly = {printed.dimension, kept.dimension} == {"count", "rate"}
        kept_family = kept.family.removesuffix(_PER)
        return yearly and bool(printed.family) and same_family(printed.family, kept_family)
    if printed.dimension == "price" and printed.family and kept.family:
        return printed.family == kept.family
    return printed.dimension not in ("count",) or same_family(printed.family, kept.family)


def same_family(one: str, other: str) -> bool:
    """Whether two counters can count the same: 个 counts whatever is no person."""
    if one == other:
        return True
    open_ones = {"things", ""}
    if "" in (one, other):
        return True
    if "places" in (one, other):
        return "things" in (one, other)
    return bool(open_ones & {one, other}) and "persons" not in (one, other)
