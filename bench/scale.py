"""The whole build of a nation: seconds, memory and ratios, and what it finds.

    python -m bench.scale                                # a hundredth of national size
    python -m bench.scale --scale 0.01 0.1 1             # whether time grows in line
    python -m bench.scale --scale 0.1 --folder /tmp/n    # keep the nation, or use it again
    python -m bench.scale --scale 10 --folder /tmp/n --build-only    # 30 GB of disk, not 60

For each size: `dbt run` of all models, warm, two threads, against a bare scan of the figures, the
leanest SQL and pandas for three of the marts; the peak of memory; the planted contradictions; and
the queries that a report asks. With --build-only the data tests instead of what others would cost.
"""

import argparse
import csv
import json
import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import duckdb
import typer

from bench import straight
from bench.nation import Nation
from bench.nation.build import DATABASE, Run, data_tests, dbt, opened, rows_of
from bench.scale_marts import MARTS, SAME, by_pandas, lean_statements, scan
from bench.scale_queries import show_queries
from project import machine

GIGABYTES: Final = 4.0
PANDAS_FIGURES: Final = 3_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a block per size; 1 where a planted contradiction is missed or memory is too high."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--scale", type=float, nargs="*", default=[0.01])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep or use the nation here; one size only")
    parser.add_argument("--memory", type=int, help="MiB that the engine may use")
    parser.add_argument("--build-only", action="store_true", help="data tests, no comparisons")
    options = parser.parse_args(arguments)
    failed = 0
    for scale in options.scale:
        with tempfile.TemporaryDirectory() as name:
            folder = options.folder or Path(name)
            nation = opened(folder, scale, options.seed)
            failed += not measure(nation, options.memory, build_only=options.build_only)
    return int(failed > 0)


def measure(nation: Nation, memory: int | None, *, build_only: bool = False) -> bool:
    """Build, compare and ask; whether all aims that must hold do."""
    size = sum(file.stat().st_size for file in nation.store.files("figures"))
    typer.echo(
        f"\n{nation.figures:,} figures in {nation.documents:,} documents, {size / 1e6:,.1f} MB of"
        f" Parquet; {machine.cores_of_machine()} cores,"
        f" {machine.memory_of_machine() / 2**30:.0f} GiB, load {os.getloadavg()[0]:.1f}"
    )
    (nation.folder / DATABASE).unlink(missing_ok=True)
    dbt(nation.folder, "seed", memory)
    built = dbt(nation.folder, "run", memory)
    file_size = (nation.folder / DATABASE).stat().st_size
    slowest = sorted(built.models.items(), key=lambda item: -item[1])[:5]
    typer.echo(
        f"dbt run of {len(built.models)} models, warm: {built.seconds:.1f} s, computing"
        f" {built.computing:.1f} s, {1e6 * built.computing / nation.figures:.1f} s per million"
        f" figures; memory at most {built.memory:.2f} GiB; file {file_size / 1e6:,.0f} MB"
    )
    typer.echo("  slowest: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest))
    memory_used = built.memory
    if build_only:
        memory_used = max(memory_used, _tests(nation, memory))
    else:
        _straight(nation, built)
    _floor(nation, built)
    if not build_only:
        _lean(nation, built)
        if nation.figures <= PANDAS_FIGURES:
            _pandas(nation)
    found = _planted(nation)
    with duckdb.connect(str(nation.folder / DATABASE), read_only=True) as connection:
        show_queries(connection)
    if memory_used > GIGABYTES:
        typer.echo(f"memory at most {memory_used:.2f} GiB, aim {GIGABYTES:.0f}")
    return found and memory_used <= GIGABYTES


def _computing(work: Callable[[], object]) -> float:
    """Seconds of the processor, which other work on the machine does not lengthen as the clock."""
    begin = resource.getrusage(resource.RUSAGE_SELF)
    work()
    end = resource.getrusage(resource.RUSAGE_SELF)
    return end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime


def _tests(nation: Nation, memory: int | None) -> float:
    """The data tests of the last build; the GiB that they took."""
    run = dbt(nation.folder, "test", memory, *data_tests(nation.folder))
    slowest = sorted(run.models.items(), key=lambda item: -item[1])[:5]
    typer.echo(
        f"{len(run.models)} data tests: {run.seconds:.1f} s, computing {run.computing:.1f} s;"
        f" memory at most {run.memory:.2f} GiB\n"
        "  slowest: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest)
    )
    return run.memory


def _straight(nation: Nation, built: Run) -> None:
    """The tables of the last build by its own SQL without dbt: all of them, then the marts."""
    file = nation.folder / DATABASE
    folder = Path.cwd()
    os.chdir(nation.folder)
    try:
        whole = _computing(lambda: straight.run(nation.folder, file.stem, file))
        marts = _computing(lambda: straight.run_lean(nation.folder, file.stem, file))
        _same_marts(file, nation.folder / straight.FOLDER / file.name)
    finally:
        os.chdir(folder)
        shutil.rmtree(nation.folder / straight.FOLDER)
    typer.echo(
        f"the same SQL as one script: computing {whole:.1f} s; with dbt it is"
        f" {built.computing / whole:.2f} times that"
    )
    typer.echo(
        f"the same marts alone, keeping nothing that is read once: computing {marts:.1f} s; the"
        f" build is {built.computing / marts:.2f} times that"
    )


def _same_marts(built: Path, lean: Path) -> None:
    """Raises SystemExit naming a mart that has not the same rows in both files."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{built}' as built (read_only)")
        connection.execute(f"attach '{lean}' as lean (read_only)")
        marts = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'lean'"
            " and schema_name = 'main'"
        ).fetchall()
        for (mart,) in marts:
            ours, theirs = (
                rows_of(connection, f"{name}.main.{mart}") for name in ("built", "lean")
            )
            if ours != theirs:
                raise SystemExit(f"{mart}: the models give {ours}, the script {theirs}")


def _floor(nation: Nation, built: Run) -> None:
    seconds = _computing(lambda: scan(nation.store, nation.folder / "spilled"))
    typer.echo(
        f"bare scan of the figures: computing {seconds:.1f} s; the build is"
        f" {built.computing / seconds:.0f} times that"
    )


def _lean(nation: Nation, built: Run) -> None:
    """The marts that were written by hand, against the models that stand behind them."""
    file = nation.folder / "by_hand.duckdb"
    file.unlink(missing_ok=True)
    settings = machine.engine(nation.folder / "spilled").settings
    with duckdb.connect(str(file), config=settings) as connection:
        connection.execute("create schema lean")
        statements = lean_statements(nation.folder, nation.store, "lean")
        seconds = _computing(lambda: [connection.execute(each) for each in statements])
        connection.execute(f"attach '{nation.folder / DATABASE}' as built (read_only)")
        for mart, query in SAME.items():
            ours, theirs = (
                connection.execute(query.format(schema)).fetchone()
                for schema in ("built.main", "lean")
            )
            if not _agree(ours, theirs):
                raise SystemExit(f"{mart}: the models give {ours}, the lean SQL {theirs}")
    file.unlink()
    behind = _ancestors(nation.folder, MARTS)
    share = sum(took for name, took in built.models.items() if name in behind)
    took = built.computing * share / sum(built.models.values())
    typer.echo(
        f"leanest SQL for {', '.join(SAME)}: computing {seconds:.1f} s, the same rows; the"
        f" {len(behind)} models behind them about {took:.1f} s, ratio {took / seconds:.1f}"
    )


def _agree(ours: Sequence[object] | None, theirs: Sequence[object] | None) -> bool:
    pairs = zip(ours or (), theirs or (), strict=True)
    return all(
        abs(float(str(a)) - float(str(b))) <= 1e-6 * abs(float(str(b))) + 1 for a, b in pairs
    )


def _ancestors(folder: Path, marts: Sequence[str]) -> set[str]:
    manifest = json.loads((folder / "target" / "manifest.json").read_text(encoding="utf-8"))
    waiting = [f"model.xuewei.{mart}" for mart in marts]
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node.startswith("model.") and node not in found:
            found.add(node)
            waiting += manifest["nodes"][node]["depends_on"]["nodes"]
    return {node.split(".")[2] for node in found}


def _pandas(nation: Nation) -> None:
    results: dict[str, tuple[int, float]] = {}
    seconds = _computing(lambda: results.update(by_pandas(nation.folder, nation.store)))
    with duckdb.connect(str(nation.folder / DATABASE), read_only=True) as connection:
        queries = {
            "kindergarten_places": "select count(places), sum(surplus_derived)",
            "childcare_capacity": "select count(institutions), sum(places - enrolled)",
        }
        for mart, query in queries.items():
            ours = connection.execute(f"{query} from main.{mart}").fetchone()
            if not _agree(ours, results[mart]):
                raise SystemExit(f"{mart}: the models give {ours}, pandas {results[mart]}")
    typer.echo(f"pandas for two of these marts: computing {seconds:.1f} s, the same sums")


def _planted(nation: Nation) -> bool:
    """Whether the contradictions are those that were planted, all of them and no other."""
    with (nation.folder / "planted.csv").open(encoding="utf-8", newline="") as lines:
        planted = {row["finding_id"] for row in csv.DictReader(lines)}
    with duckdb.connect(str(nation.folder / DATABASE), read_only=True) as connection:
        rows = connection.execute(
            "select finding_id from observations.findings where verdict = 'contradiction'"
        ).fetchall()
        [(findings,)] = connection.execute("select count(*) from observations.findings").fetchall()
    found = {finding for (finding,) in rows}
    typer.echo(
        f"{findings:,} findings; {len(planted & found):,} of {len(planted):,} planted"
        f" contradictions found, {len(found - planted):,} that nobody planted"
    )
    shutil.rmtree(nation.folder / "spilled", ignore_errors=True)
    return found == planted


if __name__ == "__main__":
    raise SystemExit(main())
