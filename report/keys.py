"""What identifies an observation."""

from typing import NamedTuple


class Key(NamedTuple):
    """What identifies an observation: of what, where, in which part, of whom, when, how meant."""

    indicator: str
    region_code: str
    region_scope: str
    sector: str
    period: str
    status: str
