"""The verdict on a warehouse: plain data that can be printed, rendered and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["critical", "warning"]

ROWS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class FailingRow:
    """One row that breaks a rule: its mart, its key, and what was found there."""

    mart: str
    row_key: str
    found: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one expectation.

    rows: at most ROWS_SHOWN of the failing rows; `unexpected` counts all of them.
    error: why the rule could not be judged at all, which counts as a failure.
    """

    name: str
    suite: str
    severity: Severity
    success: bool
    unexpected: int = 0
    rows: tuple[FailingRow, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All results, in the order of `rules.csv`."""

    results: tuple[Result, ...]

    @property
    def failed(self) -> tuple[Result, ...]:
        """Results of the expectations that do not hold, critical ones first."""
        failed = [result for result in self.results if not result.success]
        return tuple(sorted(failed, key=lambda result: result.severity != "critical"))

    @property
    def is_publishable(self) -> bool:
        """Whether every critical expectation holds."""
        return all(result.severity != "critical" for result in self.failed)

    def summary(self) -> Mapping[str, object]:
        """What a manifest keeps: how many held, and which did not."""
        return {
            "held": len(self.results) - len(self.failed),
            "expectations": len(self.results),
            "critical": [result.name for result in self.failed if result.severity == "critical"],
            "warnings": [result.name for result in self.failed if result.severity == "warning"],
        }
