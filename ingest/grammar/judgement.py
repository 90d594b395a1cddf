"""Two readers, one proposal: sure is only what the strict reader read whole.

The loose reader (ingest.meaning) always has an answer; the strict one only where rules account for
every word. Where the strict one is complete its reading stands. Where it is not, the loose one's
answer is a proposal for a person, without the indicator where the words restrict it.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ingest.grammar.reading import PART_OF_A_YEAR, Reading, World
from ingest.grammar.subject import is_general
from ingest.meaning.proposals import Proposal
from ingest.quantities import Mention, interval

_START: Final = "time_of_the_start"
UNREAD: Final = "unread"
_LONGEST: Final = 40
UNSURE: Final = 0.94
_AGREED: Final = 0.99
_ALONE: Final = 0.96
_MEASURED: Final = frozenset({"actual", "change"})


def judged(
    proposals: Sequence[Proposal], reading: Reading, mention: Mention, world: World
) -> list[Proposal]:
    """The proposals of one figure after both readers."""
    if len(proposals) == 1 and reading.is_complete:
        return [_complete(proposals[0], reading, mention, world)]
    return [_doubted(one, reading, mention, world) for one in proposals]


def _complete(one: Proposal, reading: Reading, mention: Mention, world: World) -> Proposal:
    agrees = one.indicator == reading.indicator and one.region_code == reading.region
    one = _signed(one, reading, mention)
    return one._replace(
        indicator=reading.indicator,
        sector=reading.sector,
        region_code=reading.region,
        region_zh=world.gazetteer.names.get(reading.region, ""),
        region_scope="self",
        period=reading.period,
        period_basis="stated" if reading.is_stated else "inherited",
        status=reading.status,
        confidence=_AGREED if agrees else _ALONE,
        doubts="",
    )


def _signed(one: Proposal, reading: Reading, mention: Mention) -> Proposal:
    """The values of a change with its sign: a decline is negative."""
    if reading.effect != "change":
        return one
    low, high = interval(mention, True)
    value = mention.value
    if reading.direction < 0 and (value is None or value > 0):
        value, low, high = _negative(value), _negative(high), _negative(low)
    return one._replace(value=value, value_low=low, value_high=high)


def _negative(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _doubted(one: Proposal, reading: Reading, mention: Mention, world: World) -> Proposal:
    header = world.header
    if reading.effect == "change" and one.status in _MEASURED:
        one = _signed(one, reading, mention)._replace(
            status="change",
            indicator=reading.indicator or _if_change(one.indicator),
            sector=reading.sector or one.sector,
        )
        if reading.period and reading.is_stated:
            one = one._replace(period=reading.period)
    elif reading.effect in ("from", "base") and reading.period and _START not in reading.doubts:
        one = one._replace(period=reading.period)
    if "planned" in reading.doubts and one.status != "target":
        one = one._replace(status="planned")
    if reading.effect and reading.is_placed and reading.region:
        one = one._replace(
            region_code=reading.region, region_zh=world.gazetteer.names.get(reading.region, "")
        )
    if reading.is_restricted and is_general(one.indicator):
        one = one._replace(indicator="")
    if "no_place" in reading.doubts and one.region_code == world.gazetteer.home:
        one = one._replace(region_code="", region_zh="")
    if PART_OF_A_YEAR in reading.doubts or (one.period_basis == "assumed" and not header.is_dated):
        one = one._replace(period="", period_basis="")
    parts = dict(part.split("=", 1) for part in sorted(reading.parts))
    return one._replace(
        confidence=min(one.confidence, UNSURE),
        doubts=_told(reading),
        sex=parts.get("sex", ""),
        urbanisation=parts.get("urbanisation", ""),
        pupil_group=parts.get("pupil_group", ""),
        staff_group=parts.get("staff_group", ""),
    )


def _told(reading: Reading) -> str:
    """The doubts in one line, codes of messages/doubts.csv; with the words that no rule knows."""
    words = f"{UNREAD}:{reading.unread[:_LONGEST]}" if reading.unread else UNREAD
    return "; ".join(words if one == UNREAD else one for one in sorted(reading.doubts))


def _if_change(indicator: str) -> str:
    return indicator if indicator.endswith(("_change", "_growth")) else ""
