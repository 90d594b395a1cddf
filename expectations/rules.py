"""The rules: which there are, how grave each is, and what is exempt from them.

`rules.csv` lists them with suite and severity; the SQL of a rule lies in `queries/<rule>.sql` and
gives one row (mart, row_key, found) for everything that breaks it. `exceptions.csv` names columns
that a rule does not bind, each with its reason.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from expectations.verdict import Severity

ROOM: Final = Path(__file__).parent
QUERIES: Final = ROOM / "queries"

# The one rule whose texts are judged in a frame: see `contact_data`.
FRAME_RULE: Final = "no_personal_contact_data"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its sentence is the message `expectations.<name>`."""

    name: str
    suite: str
    severity: Severity

    @property
    def query(self) -> Path | None:
        """The file of its SQL; None for a rule on a frame."""
        return None if self.name == FRAME_RULE else QUERIES / f"{self.name}.sql"


@dataclass(frozen=True, slots=True)
class Exemptions:
    """Columns that a rule does not bind, as (rule, mart or *, column)."""

    entries: frozenset[tuple[str, str, str]]

    def free(self, rule: str, mart: str, column: str) -> bool:
        """Whether a rule leaves a column alone; an empty column means the whole mart."""
        return not self.entries.isdisjoint({(rule, mart, column), (rule, "*", column)})


def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are shown."""
    return tuple(
        Rule(row["rule"], row["suite"], cast(Severity, row["severity"]))
        for row in _rows("rules.csv")
    )


def exemptions() -> Exemptions:
    """What `exceptions.csv` exempts."""
    return Exemptions(
        frozenset((row["rule"], row["mart"], row["column"]) for row in _rows("exceptions.csv"))
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (ROOM / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
