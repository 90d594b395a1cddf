"""The run history: a file to which every run adds one line, and which a crash can't spoil.

A line that was torn is passed over when the file is read.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Literal

from refresh import durable
from refresh.shapes import fits

Outcome = Literal[
    "nothing_to_do",
    "published",
    "refused",
    "input_fault",
    "locked",
    "swap_postponed",
    "internal_error",
    "interrupted",
    "rolled_back",
]


@dataclass(frozen=True, slots=True)
class Run:
    """One run; times are ISO 8601 in UTC, durations in seconds.

    exit_code: None for a run that was killed, of which nobody heard it.
    documents, figures, rows: of the version that the run published, else empty.
    findings_new, findings_gone: contradictions, by finding_id, against the version before.
    """

    run_id: str
    started_at: str
    ended_at: str
    outcome: Outcome
    exit_code: int | None = None
    version: str | None = None
    documents: int | None = None
    figures: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    findings_new: tuple[str, ...] = ()
    findings_gone: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None


def new_run_id(start: datetime) -> str:
    """A name that sorts by time and repeats in no two runs: 20261122T023015Z-1f9c."""
    return f"{start:%Y%m%dT%H%M%SZ}-{token_hex(2)}"


def append(file: Path, run: Run) -> None:
    """Add a run; contact data that an error may quote is masked."""
    entry = {name: value for name, value in asdict(run).items() if value not in (None, {}, ())}
    if run.error:
        from ingest.privacy import mask

        entry["error"] = mask(run.error)
    durable.append_line(file, json.dumps(entry, ensure_ascii=False, sort_keys=True))


def runs(file: Path) -> Iterator[Run]:
    """All runs, oldest first."""
    if not file.exists():
        return
    with file.open("rb") as lines:
        for line in lines:
            run = _run(line)
            if run is not None:
                yield run


def _run(line: bytes) -> Run | None:
    try:
        entry: dict[str, Any] = json.loads(line)
        if not fits(Run, entry):
            return None
        for name in ("findings_new", "findings_gone"):
            entry[name] = tuple(entry.get(name, ()))
        return Run(**entry)
    except (ValueError, TypeError, AttributeError):
        return None
