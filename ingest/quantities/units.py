"""Units: the printed forms of counters, measures, money and shares, and what they are called.

The forms stand in units.csv (form -> unit_code, with what must and must not follow), those behind
a stroke or 每 in denominators.csv. A unit code is the printed Chinese unit with its multiplier:
万人, 元/课时, 人/千人, %, 百分点.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.quantities.lexicon import LexiconError, alternation, read_rows
from ingest.quantities.numerals import SCALES

KINDS = (
    "count", "money", "share", "points", "ratio", "time", "calendar", "clock", "ordinal", "measure",
)  # fmt: skip
_NUMERALS = ("any", "arabic", "chinese")
COLUMNS = ("form", "unit_code", "kind", "numerals", "followed_by", "not_followed_by")


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: its code, its kind (one of KINDS), and the numerals it stands behind."""

    code: str
    kind: str
    numerals: str


def _load() -> tuple[dict[str, Unit], dict[str, str]]:
    units: dict[str, Unit] = {}
    endings: dict[str, str] = {}
    for row in read_rows("units.csv", COLUMNS):
        form, kind, numerals = row["form"], row["kind"], row["numerals"]
        if kind not in KINDS or numerals not in _NUMERALS:
            choices = f"kind is one of {', '.join(KINDS)}; numerals one of {', '.join(_NUMERALS)}"
            raise LexiconError(f"units.csv form '{form}': {choices}")
        unit = Unit(row["unit_code"], kind, numerals)
        ending = f"(?={row['followed_by']})" if row["followed_by"] else ""
        if row["not_followed_by"]:
            ending += f"(?!{row['not_followed_by']})"
        units[form], endings[form] = unit, ending
        if form[0] in "个個" and len(form) > 1:
            # 三个多月 and 一个半小时 put their qualifier into the unit.
            for between in "多余半":
                units[form[0] + between + form[1:]] = unit
                endings[form[0] + between + form[1:]] = ending
    return units, endings


NO_UNIT = Unit("", "", "any")
"""What stands in for the unit of a number without one."""

UNITS, _ENDINGS = _load()
UNIT = alternation(UNITS, _ENDINGS)
"""Regular expression of a printed unit without its multiplier."""

_DENOMINATORS = {
    row["form"]: row["unit_code"] for row in read_rows("denominators.csv", ("form", "unit_code"))
}
_DENOMINATOR = alternation(_DENOMINATORS)
PER = rf"(?:[/／]每?|每)[(（]?{_DENOMINATOR}(?:[·•・.．/／]每?{_DENOMINATOR}){{0,2}}[)）]?"
"""Regular expression of what stands behind a unit: /课时, /生·学期, /千人."""

EACH = rf"(?:每{_DENOMINATOR}){{1,3}}"
"""Regular expression of a denominator in front of the number: 每天, 每生每年."""

# 千瓦 and 千克 are units, 百分点 is one: their first letters are no multipliers.
MULTIPLIER = (
    r"(?:[十百千]?[万萬][亿億]?|[十百千]?[亿億]{1,2}|千(?![瓦米克伏卡兆赫焦帕字])|百(?!分))"
)
"""Regular expression of a multiplier between a number and its unit."""

_DENOMINATOR_TOKEN = re.compile(_DENOMINATOR)
_MULTIPLIER_PARTS = re.compile(r"([十百千]?)(万亿|亿亿|[万亿]?)")


@lru_cache(maxsize=1 << 12)
def per_code(printed: str) -> str:
    """Code of a denominator as printed in front of or behind a unit: '/每生·学期' -> '生·学期'."""
    return "·".join(_DENOMINATORS[token] for token in _DENOMINATOR_TOKEN.findall(printed))


@lru_cache(maxsize=1 << 12)
def scale_code(printed: str) -> str:
    """Code of a multiplier: 萬 -> 万, '' -> ''."""
    return printed.replace("萬", "万").replace("億", "亿")


@lru_cache(maxsize=1 << 12)
def multiplier(scale: str) -> Decimal:
    """What a multiplier stands for: 千万 -> 10000000, '' -> 1."""
    found = _MULTIPLIER_PARTS.fullmatch(scale)
    power = sum(SCALES[part] for part in found.groups()) if found else 0
    return Decimal(10) ** power


def known_unit_codes() -> dict[str, str]:
    """Every unit code without multiplier and denominator -> its kind."""
    return {unit.code: unit.kind for unit in UNITS.values()}


_MULTIPLIER_FRONT = re.compile(MULTIPLIER)


@lru_cache(maxsize=1 << 12)
def is_unit_code(words: str) -> bool:
    """Whether words are nothing but a unit, with or without a multiplier: 所, 万元, %."""
    front = words.partition("/")[0].replace("％", "%")
    codes = known_unit_codes()
    if front in codes:
        return True
    scale = _MULTIPLIER_FRONT.match(front)
    return scale is not None and front[scale.end() :] in codes
