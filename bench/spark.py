"""What Spark costs at the size of one machine: the same build on both engines, one after the other.

    python -m bench.spark
    python -m bench.spark --project FOLDER     # a project folder of another size

Seconds on the wall of `dbt build` without unit tests, and the greatest memory that all processes
of the build held together, with the machine's size beside them; then whether both engines gave the
same tables. What processes share is counted once.
"""

import argparse
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import typer

from project import machine, paths
from spark import dbt
from spark.build import build
from spark.compare import compare
from spark.places import Places
from spark.tables import PROFILE

MEBIBYTE: Final = 2**20
EVERY_SECONDS: Final = 0.5


def main() -> None:
    """Print a line per engine, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--project", type=Path, default=paths.root())
    root = parser.parse_args().project.resolve()
    cores, memory = machine.cores_of_machine(), machine.memory_of_machine() / 2**30
    with tempfile.TemporaryDirectory() as folder:
        at = Places(root, Path(folder) / "warehouse", Path(folder) / "cache")
        on_spark = _measured(lambda: _seconds(lambda: build(at)))
        on_duckdb = _measured(lambda: _seconds(lambda: _build_on_duckdb(root, Path(folder))))
        compared = compare(at, Path(folder) / "xuewei.duckdb")
    tables, rows = len(compared), sum(found.rows for found in compared)
    equal = sum(found.is_equal for found in compared)
    typer.echo(
        f"{tables} tables, {rows:,} rows, every data test;"
        f" {cores} cores, {memory:.0f} GiB of memory"
    )
    typer.echo(f"{'':<10}{'seconds':>9}{'of DuckDB':>11}{'peak MiB':>10}{'of DuckDB':>11}")
    for name, (seconds, peak) in {"DuckDB": on_duckdb, "Spark": on_spark}.items():
        typer.echo(
            f"{name:<10}{seconds:>9.1f}{seconds / on_duckdb[0]:>10.1f}x"
            f"{peak:>10.0f}{peak / on_duckdb[1]:>10.1f}x"
        )
    typer.echo(f"{equal} of {tables} tables are the same on both, to the last decimal")


def _build_on_duckdb(root: Path, folder: Path) -> None:
    profile = PROFILE.replace("FILE", str(folder / "xuewei.duckdb"))
    (folder / "profiles.yml").write_text(profile, encoding="utf-8")
    words = ["build", "--profiles-dir", str(folder), "--exclude-resource-type", "unit_test"]
    dbt.run(root, folder / "target", folder / "logs", words, {})


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _measured(work: Callable[[], float]) -> tuple[float, float]:
    """The seconds that the work took, and the MiB that the processes it started held at most."""
    peak = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(EVERY_SECONDS):
            peak = max(peak, sum(_resident(process) for process in _below(os.getpid())))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        seconds = work()
    finally:
        done.set()
        watcher.join()
    return seconds, peak / MEBIBYTE


def _below(process: int) -> Iterator[int]:
    """The processes that a process started, and those that they did."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [word for task in tasks for word in (task / "children").read_text().split()]
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _below(child)


def _resident(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss: +([0-9]+) kB", told, re.MULTILINE)
    return int(found.group(1)) * 1024 if found else 0


if __name__ == "__main__":
    main()
