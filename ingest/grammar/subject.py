"""What the signs of a clause count: indicator, sector, dimensions; nothing where words are left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from ingest.grammar.signs import Sign
from ingest.grammar.tables import rows
from ingest.meaning.lexicon import compositions
from ingest.meaning.measures import Measure, agree
from ingest.meaning.reference import Reference

_SCHOOLS: Final = "schools"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: indicator of the level, sector, stage; parts: dimension=code of a part.

    is_whole: False where a word restricts it that no dimension of the catalogue carries.
    """

    indicator: str = ""
    sector: str = "total"
    stage: str = ""
    parts: frozenset[str] = frozenset()
    is_whole: bool = True


@cache
def _containers() -> dict[str, frozenset[str]]:
    """Stage -> the stages that lie in it."""
    found: dict[str, set[str]] = {}
    for row in rows("stages.csv"):
        found.setdefault(row["stage"], set()).add(row["part"])
    return {stage: frozenset(parts) for stage, parts in found.items()}


@cache
def _schools() -> dict[str, str]:
    """Indicator of a number of schools -> its stage."""
    return {code: stage for (head, stage), code in compositions().items() if head == _SCHOOLS}


def stage_of(signs: Sequence[Sign]) -> str | None:
    """The one stage that signs name, the inner of two nested ones; None where they differ."""
    stage = ""
    for one in signs:
        if one.sign != "S" or one.meaning == stage:
            continue
        if stage and one.meaning not in _containers().get(stage, frozenset()):
            return None
        stage = one.meaning
    return stage


def compose(
    signs: Sequence[Sign], unit: str, measure: Measure, held: Subject | None, reference: Reference
) -> Subject | None:
    """The subject that signs name, what they leave open taken from `held`; None if they clash.

    unit: printed unit of the figure; a stage alone counts schools where it is 所.
    """
    signs = _holders_first(signs)
    parts = frozenset(one.meaning for one in signs if one.sign == "D")
    sectors = {one.meaning for one in signs if one.sign == "O"}
    stage = stage_of(signs)
    if len(sectors) > 1 or stage is None:
        return None
    sector = sectors.pop() if sectors else ""
    if any(one.sign == "K" for one in signs):
        return Subject("", sector or "total", stage, parts, is_whole=False)
    wordings = [one for one in signs if one.sign == "A"]
    heads = [one for one in signs if one.sign == "H"]
    if wordings:
        return _of_wordings(wordings, heads, stage, sector, parts, reference)
    if len(heads) > 1 and any(one.meaning != _SCHOOLS for one in heads[:-1]):
        return None
    if heads or (stage and unit.endswith(_school_units())):
        head = heads[-1].meaning if heads else _SCHOOLS
        return _composed(head, stage, sector, parts, held, reference)
    return _inherited(stage, sector, parts, held, reference)


def _holders_first(signs: Sequence[Sign]) -> list[Sign]:
    """Wordings of schools that other words follow, as the stage and sector that they name."""
    names = [one for one in signs if one.sign in "AH"]
    found: list[Sign] = []
    for one in signs:
        code, _, sector = one.meaning.partition("|")
        if one.sign != "A" or one is names[-1] or code not in _schools():
            found.append(one)
            continue
        found.append(one._replace(sign="S", meaning=_schools()[code]))
        if sector != "total":
            found.append(one._replace(sign="O", meaning=sector))
    return found


@cache
def _school_units() -> tuple[str, ...]:
    return tuple(row["unit_code"] for row in rows("school_units.csv"))


def _of_wordings(
    wordings: Sequence[Sign],
    heads: Sequence[Sign],
    stage: str,
    sector: str,
    parts: frozenset[str],
    reference: Reference,
) -> Subject | None:
    """The one wording, beside which stand no heads but of schools."""
    if len(wordings) > 1 or any(one.meaning != _SCHOOLS for one in heads):
        return None
    code, _, own = wordings[-1].meaning.partition("|")
    own_stage = _heads().get(code, ("", reference.indicators[code].stage))[1].strip("*")
    if stage and stage != own_stage:
        return None
    if own != "total" and sector and own != sector:
        return None
    chosen = own if own != "total" else sector or "total"
    return Subject(code, chosen, own_stage, parts)


def _composed(
    head: str,
    stage: str,
    sector: str,
    parts: frozenset[str],
    held: Subject | None,
    reference: Reference,
) -> Subject | None:
    if not stage and held:
        if held.parts or not held.is_whole:
            return None
        stage, sector = held.stage, sector or held.sector
    code = compositions().get((head, stage or "*"), "")
    if not code and stage:
        code = compositions().get((head, "*"), "")
        code = code if code and reference.indicators[code].stage == stage else ""
    if not code:
        return None
    return Subject(code, sector or reference.sector_of(code), stage, parts)


def _inherited(
    stage: str, sector: str, parts: frozenset[str], held: Subject | None, reference: Reference
) -> Subject | None:
    """其中女生, 其中民办: the subject before, of a part; of another stage where one is named."""
    if held is None:
        return None
    if stage and stage != held.stage:
        head = _head_of(held)
        code = compositions().get((head, stage), "") if head else ""
        if not code:
            return None
        return Subject(code, sector or "total", stage, parts)
    return replace(held, sector=sector or held.sector, parts=held.parts | parts)


@cache
def _heads() -> dict[str, tuple[str, str]]:
    """Indicator -> its head and its one stage; no stage where it counts several."""
    found: dict[str, tuple[str, str]] = {}
    for (head, stage), code in compositions().items():
        found[code] = (head, "" if code in found else stage)
    return found


def _head_of(held: Subject) -> str:
    found = _heads().get(held.indicator, ("", ""))
    return found[0] if found[1] == held.stage else ""


def is_general(indicator: str) -> bool:
    """Whether a head and a stage alone name a count, so that any further word narrows it."""
    found = _heads().get(indicator)
    return found is not None and found[0] in _general_heads()


@cache
def _general_heads() -> frozenset[str]:
    return frozenset(row["head"] for row in rows("general_heads.csv"))


def names_schools(sign: Sign) -> bool:
    """Whether a word names a stage, alone or by its schools."""
    return sign.sign == "S" or (sign.sign == "A" and sign.meaning.partition("|")[0] in _schools())


def of_change(subject: Subject, measure: Measure, reference: Reference) -> str:
    """The indicator of a change of this one in a unit; empty where the catalogue has none."""
    known = reference.indicators.get(subject.indicator)
    if known is None:
        return ""
    kept = known.measure
    if measure.dimension == "share":
        suffix = "growth" if kept.dimension in ("count", "money", "price") else ""
    elif measure.dimension == "points":
        suffix = "change" if kept.dimension == "share" else ""
    else:
        suffix = "change" if agree(measure, kept) else ""
    code = f"{subject.indicator}_{suffix}"
    return code if suffix and code in reference.indicators else ""


def of_share(subject: Subject, reference: Reference) -> str:
    """The indicator of the share that a sector has of its whole; empty where there is none."""
    code = f"{subject.indicator}_share"
    return code if subject.sector != "total" and code in reference.indicators else ""
