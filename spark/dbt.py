"""dbt in a process of its own, with what failed told in short.

A Java and its settings belong to a process; one of their own lets the build end with everything
it took.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from project.errors import RefusedByCheck, XueweiError
from project.language import say

FAILURES_SHOWN: Final = 20
FAILED: Final = frozenset({"error", "fail", "runtime error"})


def run(
    root: Path, target: Path, logs: Path, words: list[str], environment: Mapping[str, str]
) -> None:
    """Run one dbt command on the project in `root`.

    Raises RefusedByCheck naming the models and tests that failed, XueweiError with the end of
    dbt's words where it could not begin.
    """
    results = target / "run_results.json"
    results.unlink(missing_ok=True)
    ended = subprocess.run(  # noqa: S603 - our own dbt
        [
            *(sys.executable, "-m", "dbt.cli.main", "--quiet", *words),
            *("--project-dir", str(root), "--target-path", str(target), "--log-path", str(logs)),
        ],
        cwd=root,
        env={**os.environ, "DO_NOT_TRACK": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == 0:
        return
    failures = list(_failures(results)) if results.exists() else []
    if not failures:
        words_left = " ".join((ended.stdout + ended.stderr).split())
        raise XueweiError(say("spark.dbt_stopped", error=words_left[-800:]))
    shown = [f"  {failure}" for failure in failures[:FAILURES_SHOWN]]
    raise RefusedByCheck("\n".join([say("spark.dbt_failed", count=len(failures)), *shown]))


def nodes(target: Path) -> dict[str, Any]:
    """The nodes of the manifest that dbt left in `target`."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return dict(manifest["nodes"])


def _failures(results: Path) -> Iterator[str]:
    for result in json.loads(results.read_text(encoding="utf-8"))["results"]:
        if result["status"] in FAILED:
            message = " ".join(str(result["message"]).split())[:400]
            yield f"{result['unique_id']}: {message}"
