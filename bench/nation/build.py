"""Builds a nation with dbt, in a process whose seconds and memory the system counts."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from bench.nation.make import Nation, make, use_store
from ingest.store import Store
from project import machine, paths

DATABASE: Final = "nation.duckdb"

# Tests of the reviewed documents, which a nation with planted contradictions does not pass.
LEFT_OUT: Final = (
    "formulas_have_something_to_work_on",
    "national_statements_agree",
    "contradictions_are_acknowledged",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of dbt: seconds on the clock and of the processor, of each model, peak GiB."""

    seconds: float
    computing: float
    models: dict[str, float]
    memory: float


def opened(folder: Path, scale: float, seed: int) -> Nation:
    """The nation of that folder where there is one, else a new one."""
    store = Store(folder / "store")
    if not store.exists:
        return make(folder, scale, seed)
    use_store(folder)
    counts = [
        duckdb.execute(
            "select count(*) from read_parquet(?, hive_partitioning = false)",
            [[file.as_posix() for file in store.files(table)]],
        ).fetchall()[0][0]
        for table in ("figures", "documents")
    ]
    with (folder / "planted.csv").open(encoding="utf-8") as lines:
        return Nation(folder, counts[0], counts[1], sum(1 for _ in lines) - 1)


def data_tests(folder: Path) -> tuple[str, ...]:
    """Lay the data tests beside the models; what dbt must be told to leave out of them."""
    tests = folder / "tests"
    if not tests.exists():
        tests.mkdir()
        (tests / "data").symlink_to(paths.root() / "tests" / "data")
    return ("--exclude-resource-type", "unit_test", "--exclude", *LEFT_OUT)


def dbt(
    folder: Path, command: str, memory: int | None = None, *words: str, file: str = DATABASE
) -> Run:
    """Run dbt on a file of the folder; a failure of dbt is an error."""
    chosen = machine.engine(Path("spilled"), memory)
    profile = (
        f"xuewei:\n  target: scratch\n  outputs:\n    scratch: {{type: duckdb, path: {file},"
        f" threads: 2, settings: {{memory_limit: {chosen.memory}MiB, threads: {chosen.threads},"
        " checkpoint_threshold: 4GiB, max_vacuum_tasks: 0}}\n"
    )
    (folder / "profiles.yml").write_text(profile, encoding="utf-8")
    program = Path(sys.executable).with_name("dbt")
    begin = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - ours
        [program, "--quiet", command, *words],
        cwd=folder,
        env={**os.environ, **chosen.environment, "DO_NOT_TRACK": "1"},
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"dbt {command} in {folder} ended with {process.returncode}")
    results = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))
    models = {
        result["unique_id"].split(".")[2]: float(result["execution_time"])
        for result in results["results"]
    }
    return Run(seconds, used.ru_utime + used.ru_stime, models, used.ru_maxrss / 2**20)


def rows_of(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int | None]:
    """How many rows a table has, and a number that they all make together in whatever order."""
    [(count, together)] = connection.execute(
        f"select count(*), sum(hash(every_column)) from {table} as every_column"  # noqa: S608
    ).fetchall()
    return int(count), together
