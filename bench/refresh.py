"""What a refresh costs, and where it goes: medians of five, in a copy of the project.

    python -m bench refresh
    python -m bench.refresh --runs 1

`dbt build` (warm, as a command) against the same compiled SQL run straight in DuckDB; the whole
job against `dbt build`; the job with nothing changed, with one document, and with all built anew.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bench import straight
from project import paths

RUNS: Final = 5
PARTS: Final = ("seeds", "models", "macros", "tests/data", "dbt_project.yml", "profiles.yml")
LETTER: Final = "某市教育局说明：{number}年底全市共有幼儿园{number}所，在园幼儿约12万人。\n"


def main(runs: Annotated[int, typer.Option(min=1)] = RUNS) -> None:
    """Print a line per measurement, then the steps of the whole job."""

    def median(measured: Callable[[], object]) -> float:
        return statistics.median(_seconds(measured) for _ in range(runs))

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copy_project(root)
        _run(root, _dbt(root))
        _refresh(root, "--force")
        build = median(lambda: _run(root, _dbt(root)))
        script = median(lambda: straight.run(root, "dev"))
        forced = [_refresh(root, "--force") for _ in range(runs)]
        whole = statistics.median(entry["whole"] for entry in forced)
        typer.echo(f"{'':<34}{'seconds':>9}{'of dbt build':>14}")
        _show("dbt build, warm, as a command", build, build)
        _show("the same SQL straight in DuckDB", script, build)
        _show("refresh, all built anew (--force)", whole, build)
        _show("refresh, nothing changed", median(lambda: _refresh(root)), build)
        _show("refresh, one document to review", median(lambda: _one_document(root)), build)
        _show("refresh, one changed seed row", median(lambda: _one_row(root)), build)
        typer.echo(
            "\nsteps of the whole job, and their share; its late steps begin while dbt builds"
        )
        for name in forced[0]:
            seconds = statistics.median(entry.get(name, 0.0) for entry in forced)
            typer.echo(f"  {name:<32}{seconds:>9.2f}{100 * seconds / whole:>13.0f}%")


def copy_project(root: Path) -> None:
    """A project folder of its own, with an empty inbox and no warehouse."""
    for part in PARTS:
        source, target = paths.root() / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    (root / "warehouse").mkdir()
    (root / "inbox").mkdir()


def _dbt(root: Path) -> list[str]:
    dbt = str(Path(sys.executable).with_name("dbt"))
    return [dbt, "--quiet", "build", "--project-dir", str(root), "--profiles-dir", str(root)]


def _run(root: Path, words: list[str]) -> str:
    ended = subprocess.run(  # noqa: S603
        words,
        cwd=root,
        env={**os.environ, "XUEWEI_ROOT": str(root), "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise SystemExit(
            f"{' '.join(words)} ended with {ended.returncode}:\n{ended.stderr[-2000:]}"
            f"\n{ended.stdout[-2000:]}"
        )
    return ended.stderr


def _refresh(root: Path, *options: str) -> dict[str, float]:
    """Refresh by the command line; seconds per step, and `whole` on the wall."""
    begin = time.perf_counter()
    said = _run(
        root,
        [sys.executable, str(paths.root() / "xuewei.py"), "refresh", "--log-format", "json",
         *options],
    )  # fmt: skip
    whole = time.perf_counter() - begin
    steps: dict[str, float] = {}
    for line in said.splitlines():
        event: dict[str, Any] = json.loads(line) if line.startswith("{") else {}
        if event.get("event") == "step":
            steps[event["step"]] = steps.get(event["step"], 0.0) + event["seconds"]
    steps["start and end"] = whole - sum(steps.values())
    return {**steps, "whole": whole}


def _one_document(root: Path) -> None:
    put_document(root)
    _refresh(root)


def _one_row(root: Path) -> None:
    change_row(root)
    _refresh(root)


def put_document(root: Path) -> None:
    """Put one more document into the inbox."""
    number = 2000 + len(list((root / "inbox").iterdir()))
    text = LETTER.format(number=number)
    (root / "inbox" / f"letter-{number}.txt").write_text(text, encoding="utf-8")


def change_row(root: Path) -> None:
    """Change the first row of a seed."""
    file = root / "seeds" / "documents" / "documents.csv"
    header, first, *rest = file.read_text(encoding="utf-8").splitlines(keepends=True)
    document_id, _, others = first.partition(",")
    title, _, others = others.partition(",")
    changed = f"{document_id},{title}。,{others}"
    file.write_text("".join([header, changed, *rest]), encoding="utf-8")


def _seconds(measured: Callable[[], object]) -> float:
    begin = time.perf_counter()
    measured()
    return time.perf_counter() - begin


def _show(name: str, seconds: float, build: float) -> None:
    typer.echo(f"{name:<34}{seconds:>9.2f}{seconds / build:>13.2f}x")


if __name__ == "__main__":
    typer.run(main)
