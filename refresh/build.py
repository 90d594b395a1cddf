"""dbt at work: one build into the side file, quiet, with its failures told in short."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from project import machine
from project.errors import RefusedByCheck, XueweiError
from project.language import say
from refresh import take_over
from refresh.places import Places

FAILURES_SHOWN: Final = 20
ROWS_SHOWN: Final = 5


def build(places: Places) -> None:
    """Build the side file, run dbt's data tests on what was built, and close it.

    Raises RefusedByCheck naming the models and tests that failed, XueweiError where dbt could not
    begin.
    """
    _invoke(places, "build", "--exclude-resource-type", "unit_test", *only_changed(places.side))


def only_changed(file: Path) -> list[str]:
    """The words by which dbt builds in that file only what reads something that changed."""
    begin = take_over.models(file)
    return ["--select", *(f"path:{name}+" for name in begin)] if begin else []


def test_code(places: Places) -> None:
    """Run dbt's unit tests, which prove the models on rows of their own.

    Only changed code can break them. Raises RefusedByCheck naming those that failed.
    """
    _invoke(places, "test", *("--select", "test_type:unit"))


def _invoke(places: Places, *words: str) -> None:
    # Without a network each report home would cost ten seconds.
    os.environ["DO_NOT_TRACK"] = "1"
    # Seen from the project's root, so that profiles.yml reads the same words at every refresh.
    spilled = (places.build / "spilled").relative_to(places.root)
    for name, value in machine.engine(spilled).environment.items():
        os.environ.setdefault(name, value)
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    manager: Any = DuckDBConnectionManager
    before = Path.cwd()
    try:
        # dbt takes the path of the side file, which profiles.yml gives, from where it is started.
        os.chdir(places.root)
        outcome = dbtRunner().invoke([*words, *_options(places.root)])
    finally:
        os.chdir(before)
        # Else the file stays locked and its log stays beside it.
        manager.close_all_connections()
    if isinstance(outcome.exception, KeyboardInterrupt):
        raise outcome.exception
    if outcome.exception is not None:
        raise XueweiError(say("refresh.dbt_stopped", error=_in_short(outcome.exception)))
    if not outcome.success:
        failures = list(_failures(outcome.result, places))
        if any(os.strerror(errno.ENOSPC) in failure for failure in failures):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(places.side))
        raise RefusedByCheck(_sentence(failures))


def _options(root: Path) -> list[str]:
    # One constant path per target: dbt then parses only what changed.
    return [
        *("--target", "side"),
        *("--project-dir", str(root)),
        *("--profiles-dir", str(root)),
        *("--target-path", str(root / "target" / "side")),
        *("--log-path", str(root / "logs" / "side")),
        *("--log-level", "none"),
        *("--log-level-file", "info"),
    ]


def _failures(result: Any, places: Places) -> Iterator[str]:
    for entry in getattr(result, "results", ()):
        status = str(entry.status)
        if status in {"error", "fail", "runtime error"}:
            node = entry.node
            message = _in_short(entry.message or status)
            rows = _failing_rows(node, places.side) if status == "fail" else ()
            yield "\n    ".join((f"{node.resource_type} {node.name}: {message}", *rows))


def _failing_rows(node: Any, file: Path) -> tuple[str, ...]:
    """The first rows that a data test found, as text; none where they can't be had."""
    import duckdb

    if str(node.resource_type) != "test" or not getattr(node, "compiled_code", None):
        return ()
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            found = connection.execute(node.compiled_code).fetchmany(ROWS_SHOWN)
    except duckdb.Error:
        return ()
    return tuple(" · ".join("∅" if cell is None else str(cell) for cell in row) for row in found)


def _sentence(failures: list[str]) -> str:
    shown = [f"  {failure}" for failure in failures[:FAILURES_SHOWN]]
    if len(failures) > FAILURES_SHOWN:
        shown.append("  " + say("refresh.more", more=len(failures) - FAILURES_SHOWN))
    return "\n".join([say("refresh.dbt_failed", count=len(failures)), *shown])


def _in_short(trouble: object) -> str:
    return " ".join(str(trouble).split())[:400]
