"""How long report and exports take and how large they are: the documents, then synthetic cities.

    python -m bench.report                       # medians of five, and 30, 100 and 300 cities
    python -m bench.report --file FILE --cities 300

Both are made as a refresh makes them, at once, each in a process of its own, and each alone. The
first copy of the file is without the national bulletins: the five documents of Hunan's cities. A
synthetic city is a copy of everything that is known of one real city under codes of its own; its
rows are made in a copy of the file, so that reading, drawing and writing are measured whole.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import typer

from project import paths
from project.errors import ExitCode
from project.language import say

RUNS: Final = 5
CITIES: Final = (30, 100, 300)
PARTS: Final = ("report", "exports")
COPIED: Final = "4302"
COPIED_DOCUMENTS: Final = "zhuzhou-"
# All that the bulletins and tables state is of the nation and of provinces, and nothing else states
# anything of them.
ABOVE_CITIES: Final = "region_code like '__0000'"
BULLETINS: Final = "(document_id like 'moe-%' or document_id like 'nbs-%')"
# Columns that tell of which city a row is, and columns that hold codes to be made its own.
CITY_COLUMNS: Final = ("region_code", "document_id", "row_key")
CODES: Final = ("_code", "_id", "row_key")
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds by the clock, seconds of computing, and megabytes at the most, of a process."""

    seconds: float
    computing: float
    memory: float


def main(words: list[str] | None = None) -> int:
    """Print what each measurement gave; the exit code, 3 where there is no warehouse."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--file", type=Path, default=paths.published_file())
    parser.add_argument("--cities", type=int, nargs="*", default=CITIES)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--once", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.once:
        _build_once(options.once[0], Path(options.once[1]), Path(options.once[2]))
        return 0
    if not options.file.is_file():
        typer.echo(say("report.no_warehouse", file=options.file), err=True)
        return ExitCode.INPUT_FAULT
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        without_bulletins(options.file, place / "five.duckdb")
        _measure("five documents", place / "five.duckdb", options.runs)
        _measure("all documents", options.file, options.runs)
        for cities in options.cities:
            copy = place / f"{cities}.duckdb"
            multiply(options.file, copy, cities)
            _measure(f"+{cities} cities", copy, 1)
            copy.unlink()
    return 0


def without_bulletins(file: Path, copy: Path) -> None:
    """Copy a warehouse and leave out what national bulletins state, and what follows from it."""
    shutil.copyfile(file, copy)
    with duckdb.connect(str(copy)) as connection:
        for schema, table, columns, _ in _tables(connection):
            # Which regions there are is no statement of any document.
            if "region_code" in columns and table not in ("regions", "latest_regions"):
                which = ABOVE_CITIES
            elif "document_id" in columns:
                which = BULLETINS
            else:
                continue
            connection.execute(f"delete from {schema}.{table} where {which}")  # noqa: S608


def multiply(file: Path, copy: Path, cities: int) -> None:
    """Copy a warehouse and add so many cities, each like the one that is copied."""
    shutil.copyfile(file, copy)
    with duckdb.connect(str(copy)) as connection:
        for schema, table, columns, types in _tables(connection):
            cares = [name for name in columns if name.endswith(CITY_COLUMNS)]
            if cares:
                _multiply_table(connection, f"{schema}.{table}", columns, types, cities)


def _tables(
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[str, str, list[str], list[str]]]:
    """Schema, name, columns and their types of every table that a report or export may read."""
    return connection.execute(
        "select schema_name, table_name, list(column_name order by column_index),"
        " list(data_type order by column_index) from duckdb_columns()"
        " where not internal and schema_name in ('main', 'observations')"
        " group by all order by all"
    ).fetchall()


def _multiply_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: list[str],
    types: list[str],
    cities: int,
) -> None:
    shown = []
    for name, data_type in zip(columns, types, strict=True):
        if data_type == "VARCHAR" and name.endswith(CODES):
            shown.append(
                f"replace(replace({name}, '{COPIED}', cast(9000 + city as varchar)),"
                f" '{COPIED_DOCUMENTS}', '{COPIED_DOCUMENTS}' || city || '-') as {name}"
            )
        elif name.startswith(("name_", "region_name_", "title_")):
            shown.append(f"{name} || ' ' || city as {name}")
        else:
            shown.append(name)
    # A row that only names the city, as the peer of another one, is that other's.
    cares = [name for name in columns if name in CITY_COLUMNS]
    own = " or ".join(
        f"{name} like '%{COPIED_DOCUMENTS}%'" if "document" in name else f"{name} like '%{COPIED}%'"
        for name in cares or [name for name in columns if name.endswith("region_code")]
    )
    # Names of tables and columns come from the file's own catalogue.
    connection.execute(
        f"insert into {table} select {', '.join(shown)}"  # noqa: S608
        f" from {table} cross join range({cities}) as cities (city) where {own}"
    )


def _measure(name: str, file: Path, runs: int) -> None:
    """Each part alone, then both at once; medians of some runs."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        alone = {part: _median([_run(file, into, [part])[part] for _ in range(runs)])
                 for part in PARTS}  # fmt: skip
        together = [_run(file, into, PARTS) for _ in range(runs)]
        at_once = [_both(run) for run in together]
        typer.echo(name)
        for part, measured in alone.items():
            _show(f"{part} alone", measured)
        _show("one after the other", _sum(list(alone.values())))
        _show("both at once", _median(at_once))
        _show_pages(into / "report")


def _run(file: Path, into: Path, parts: Sequence[str]) -> dict[str, Measured]:
    """Make some parts at once, each in its own process, over what lies there already."""
    begin = time.perf_counter()
    running = {
        part: subprocess.Popen(  # noqa: S603 - this Python and this module
            [sys.executable, "-m", "bench.report", "--once", part, str(file), str(into / part)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in parts
    }
    found = {}
    for part, process in running.items():
        answer, _ = process.communicate()
        if process.returncode:
            raise SystemExit(process.returncode)
        ended, computing, memory = map(float, answer.split()[-3:])
        found[part] = Measured(ended - begin, computing, memory)
    return found


def _build_once(part: str, file: Path, into: Path) -> None:
    if part == "report":
        from report import build as build_report

        build_report(file, into)
    else:
        from export.release import build as build_exports

        build_exports(file, into)
    own = resource.getrusage(resource.RUSAGE_SELF)
    parts = resource.getrusage(resource.RUSAGE_CHILDREN)
    computing = own.ru_utime + own.ru_stime + parts.ru_utime + parts.ru_stime
    memory = (own.ru_maxrss + parts.ru_maxrss) / 1024
    # The clock is one for all processes of a machine.
    typer.echo(f"{time.perf_counter():.3f} {computing:.3f} {memory:.0f}")


def _both(run: dict[str, Measured]) -> Measured:
    """Two processes at once: the later end, and the memory of both."""
    total = _sum(list(run.values()))
    return Measured(max(one.seconds for one in run.values()), total.computing, total.memory)


def _sum(measured: Sequence[Measured]) -> Measured:
    return Measured(
        sum(one.seconds for one in measured),
        sum(one.computing for one in measured),
        sum(one.memory for one in measured),
    )


def _median(runs: Sequence[Measured]) -> Measured:
    return sorted(runs, key=lambda one: one.seconds)[len(runs) // 2]


def _show(name: str, measured: Measured) -> None:
    typer.echo(
        f"{name:>21}{measured.seconds:>9.2f} s{measured.computing:>9.2f} s computing"
        f"{measured.memory:>7.0f} MB"
    )


def _show_pages(report: Path) -> None:
    sizes = sorted(file.stat().st_size for file in report.rglob("*.html"))
    typer.echo(
        f"{len(sizes):>21,} pages{statistics.median(sizes) / 1000:>9.1f} kB median"
        f"{sizes[-1] / 1000:>9.1f} kB largest{sum(sizes) / MEGABYTE:>9.1f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
