"""What a built warehouse must show before it is published; great-expectations judges it.

`run(path)` checks one file and gives back a `Verdict`; `page.write` shows it without a network.
"""

from pathlib import Path

from expectations.verdict import Result, Severity, Verdict

__all__ = ["Result", "Severity", "Verdict", "run"]


def run(
    path: Path,
    only: frozenset[str] = frozenset(),
    changed: frozenset[str] | None = None,
) -> Verdict:
    """Check the warehouse at `path`, read-only; `only` names rules, empty means all.

    changed: codes of the regions whose rows are new, where all others were published before. They
    spare the texts of the others another search for contact data; None for a file that is new.

    Importing great-expectations takes seconds, hence here and not above.
    """
    from expectations.checkpoint import judge

    return judge(path, only, changed)
