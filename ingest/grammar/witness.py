"""Arithmetic as a witness: what a document prints elsewhere speaks for or against a reading.

Two values for one key, a change that its two ends do not bear out, parts that come to more than
their whole: none of them is sure any more, and each says what speaks against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ingest.grammar.judgement import UNSURE
from ingest.meaning.measures import base_of
from ingest.meaning.proposals import Proposal
from ingest.meaning.reference import Reference
from ingest.quantities.units import multiplier

Key = tuple[str, ...]
_HUNDRED: Final = Decimal(100)


class Span(NamedTuple):
    """The interval of a printed value in its base unit."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Span") -> bool:
        """Whether the two can be the same value."""
        return self.low <= other.high and other.low <= self.high


def witnessed(proposals: Sequence[Proposal], reference: Reference) -> list[Proposal]:
    """The proposals of a document; those against which another speaks are not sure."""
    found = list(proposals)
    levels = _by_key(found)
    against = [_of_one_key(found, places) for places in levels.values()]
    against += [
        _of_change(found, at, levels)
        for at, one in enumerate(found)
        if one.kind == "figure" and one.status == "change"
    ]
    against.append(_of_parts(found, levels, reference))
    for at, words in (pair for witness in against for pair in witness.items()):
        one = found[at]
        told = "; ".join(filter(None, (one.doubts, words)))
        found[at] = one._replace(confidence=min(one.confidence, UNSURE), doubts=told)
    return found


def _key(one: Proposal) -> Key:
    return (
        one.indicator, one.sector, one.sex, one.urbanisation, one.pupil_group, one.staff_group,
        one.region_code, one.region_scope, one.period, one.status,
    )  # fmt: skip


def _by_key(proposals: Sequence[Proposal]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    for at, one in enumerate(proposals):
        if one.kind == "figure" and one.indicator and one.period:
            found[_key(one)].append(at)
    return found


def span_of(one: Proposal) -> Span | None:
    """The interval of a proposal in its base unit; None where an end is open."""
    if one.value_low is None or one.value_high is None:
        return None
    factor = multiplier(one.unit_code.removesuffix(base_of(one.unit_code)))
    return Span(one.value_low * factor, one.value_high * factor)


def _of_one_key(proposals: Sequence[Proposal], places: Sequence[int]) -> dict[int, str]:
    """Values of one key that cannot be the same."""
    spans = [(at, span) for at in places if (span := span_of(proposals[at]))]
    against: dict[int, str] = {}
    for at, span in spans:
        for other, beside in spans:
            if not span.meets(beside):
                against[at] = f"another_value:{proposals[other].printed}"
    return against


def _of_change(
    proposals: Sequence[Proposal], at: int, levels: dict[Key, list[int]]
) -> dict[int, str]:
    """A change or growth whose two ends are printed and do not bear it out."""
    one = proposals[at]
    first, _, last = one.period.partition("/")
    stem, _, suffix = one.indicator.rpartition("_")
    change = span_of(one)
    if not last or suffix not in ("change", "growth") or change is None:
        return {}
    ends = [_level(proposals, one, stem, period, levels) for period in (first, last)]
    if None in ends:
        return {}
    before, after = (span for end in ends if end and (span := span_of(proposals[end[0]])))
    told = _difference(before, after) if suffix == "change" else _growth(before, after)
    if told is None or told.meets(change):
        return {}
    words = f"unfit_change:{one.printed}"
    hit = {end[0]: words for end in ends if end}
    return hit | {at: "unfit_ends"}


def _level(
    proposals: Sequence[Proposal],
    one: Proposal,
    stem: str,
    period: str,
    levels: dict[Key, list[int]],
) -> list[int] | None:
    key = _key(one._replace(indicator=stem, period=period, status="actual"))
    found = [at for at in levels.get(key, []) if span_of(proposals[at])]
    return found or None


def _difference(before: Span, after: Span) -> Span:
    return Span(after.low - before.high, after.high - before.low)


def _growth(before: Span, after: Span) -> Span | None:
    if before.low <= 0:
        return None
    return Span(
        (after.low / before.high - 1) * _HUNDRED,
        (after.high / before.low - 1) * _HUNDRED,
    )


def _of_parts(
    proposals: Sequence[Proposal], levels: dict[Key, list[int]], reference: Reference
) -> dict[int, str]:
    """Regions that come to more than the region in which they lie."""
    parents = {region.code: region.parent for region in reference.regions}
    groups: dict[Key, dict[str, int]] = defaultdict(dict)
    for key, places in levels.items():
        code = proposals[places[0]].indicator
        if reference.indicators[code].measure.dimension == "count" and key[6]:
            groups[(*key[:6], *key[7:])][key[6]] = places[0]
    against: dict[int, str] = {}
    for regions in groups.values():
        for whole, at in regions.items():
            parts = [part for code, part in regions.items() if parents.get(code) == whole]
            if len(parts) > 1 and _exceed(proposals, parts, at):
                words = "parts_exceed"
                against |= dict.fromkeys([at, *parts], words)
    return against


def _exceed(proposals: Sequence[Proposal], parts: Iterable[int], whole: int) -> bool:
    total = span_of(proposals[whole])
    spans = [span_of(proposals[part]) for part in parts]
    sums = sum((span.low for span in spans if span), Decimal(0))
    return total is not None and sums > total.high
