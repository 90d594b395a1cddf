"""The verdict as text for a terminal or a log: one line if all holds, else the failing rows."""

from typing import TYPE_CHECKING

from expectations.sentences import sentence
from expectations.verdict import Result, Verdict
from project.language import say

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 120


def text_of(verdict: Verdict) -> str:
    """A summary line, and what does not hold."""
    return "\n\n".join(filter(None, [summary_of(verdict), failures_of(verdict)]))


def summary_of(verdict: Verdict) -> str:
    """How many expectations hold."""
    held = len(verdict.results) - len(verdict.failed)
    return say("expectations.summary", held=held, all=len(verdict.results))


def failures_of(verdict: Verdict) -> str:
    """A table of failing rows under each expectation that does not hold; empty if all do."""
    from rich.console import Console

    console = Console(width=WIDTH, no_color=True, highlight=False, markup=False, record=False)
    with console.capture() as capture:
        for number, result in enumerate(verdict.failed):
            if number:
                console.print()
            console.print(_heading(result))
            if result.rows:
                console.print(_table(result))
            if result.unexpected > len(result.rows) > 0:
                console.print(
                    "  " + say("expectations.more", more=result.unexpected - len(result.rows))
                )
    lines = (line.rstrip() for line in capture.get().splitlines())
    return "\n".join(lines).rstrip()


def _heading(result: Result) -> str:
    severity = say(f"expectations.{result.severity}")
    trouble = result.error or say("expectations.failing_rows", count=result.unexpected)
    return say(
        "expectations.heading",
        severity=severity,
        rule=result.name,
        sentence=sentence(result),
        trouble=trouble,
    )


def _table(result: Result) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, pad_edge=True, show_edge=False)
    for heading in ("mart", "row_key", "found"):
        table.add_column(say(f"expectations.{heading}"), overflow="fold")
    for row in result.rows:
        table.add_row(Text(row.mart), Text(row.row_key), Text(row.found))
    return table
