"""A proposal: what the machine takes one printed number to state."""

from decimal import Decimal
from typing import NamedTuple


class Proposal(NamedTuple):
    """What one printed number states, or why it states no statistic.

    kind: figure or non_figure; of a non-figure only span, printed, reason and confidence are
    given. value_low, value_high: ends of the interval in the printed unit, None is unbounded.
    indicator: empty where the wording is unknown; subject_zh is that wording. confidence: from
    0 to 1, the share of such proposals that are right in every column. locator: sheet and cell
    in a workbook, as Sheet1!B7.
    """

    char_start: int
    char_end: int
    printed: str
    kind: str
    value: Decimal | None = None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit_code: str = ""
    qualifier: str = ""
    indicator: str = ""
    sector: str = ""
    subject_zh: str = ""
    region_code: str = ""
    region_zh: str = ""
    region_scope: str = ""
    period: str = ""
    period_basis: str = ""
    status: str = ""
    confidence: float = 0.0
    reason: str = ""
    sex: str = ""
    urbanisation: str = ""
    pupil_group: str = ""
    staff_group: str = ""
    locator: str = ""
    doubts: str = ""
