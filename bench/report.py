"""How long report and exports take and how large they are: the documents, then synthetic cities.

    python -m bench.report                       # medians of five, and 30, 100 and 300 cities
    python -m bench.report --file FILE --cities 300

A synthetic city is a copy of everything that is known of one real city under codes of its own;
its rows are made in a copy of the file, so that reading, drawing and writing are measured whole.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import duckdb
import typer

from project import paths
from project.errors import ExitCode
from project.language import say

RUNS: Final = 5
CITIES: Final = (30, 100, 300)
COPIED: Final = "4302"
COPIED_DOCUMENTS: Final = "zhuzhou-"
# Columns that tell of which city a row is, and columns that hold codes to be made its own.
CITY_COLUMNS: Final = ("region_code", "document_id", "row_key")
CODES: Final = ("_code", "_id", "row_key")
MEGABYTE: Final = 1_000_000


def main(words: list[str] | None = None) -> int:
    """Print a line per measurement; the exit code, 3 where there is no warehouse."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--file", type=Path, default=paths.published_file())
    parser.add_argument("--cities", type=int, nargs="*", default=CITIES)
    parser.add_argument("--once", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.once:
        _build_once(*options.once)
        return 0
    if not options.file.is_file():
        typer.echo(say("report.no_warehouse", file=options.file), err=True)
        return ExitCode.INPUT_FAULT
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "report"
        runs = sorted(_measured(options.file, into) for _ in range(RUNS))
        _show("as it is", runs[RUNS // 2], into)
        for cities in options.cities:
            copy = Path(folder) / f"{cities}.duckdb"
            multiply(options.file, copy, cities)
            shutil.rmtree(into)
            _show(f"+{cities} cities", _measured(copy, into), into)
            copy.unlink()
    return 0


def multiply(file: Path, copy: Path, cities: int) -> None:
    """Copy a warehouse and add so many cities, each like the one that is copied."""
    shutil.copy(file, copy)
    with duckdb.connect(str(copy)) as connection:
        tables = connection.execute(
            "select schema_name, table_name, list(column_name order by column_index),"
            " list(data_type order by column_index) from duckdb_columns()"
            " where not internal and schema_name in ('main', 'observations')"
            " group by all order by all"
        ).fetchall()
        for schema, table, columns, types in tables:
            cares = [name for name in columns if name.endswith(CITY_COLUMNS)]
            if cares:
                _multiply_table(connection, f"{schema}.{table}", columns, types, cities)


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
    own = " or ".join(
        f"{name} like '%{COPIED_DOCUMENTS}%'" if "document" in name else f"{name} like '%{COPIED}%'"
        for name in columns
        if name.endswith(CITY_COLUMNS) and not name.endswith("parent_region_code")
    )
    # Names of tables and columns come from the file's own catalogue.
    connection.execute(
        f"insert into {table} select {', '.join(shown)}"  # noqa: S608
        f" from {table} cross join range({cities}) as cities (city) where {own}"
    )


def _measured(file: Path, into: Path) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of computing and megabytes of one build in its own process.

    A build is the report and after it the exports, as a refresh makes them.
    """
    command = [sys.executable, "-m", "bench.report", "--once", str(file), str(into)]
    begin = time.perf_counter()
    ended = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    seconds = time.perf_counter() - begin
    if ended.returncode:
        raise SystemExit(ended.stderr.strip().rpartition("\n")[2])
    computing, memory = ended.stdout.split()[-2:]
    return seconds, float(computing), float(memory)


def _build_once(file: Path, into: Path) -> None:
    from export.release import build as build_exports
    from report import build

    build(file, into)
    build_exports(file, into.with_name("exports"))
    own = resource.getrusage(resource.RUSAGE_SELF)
    parts = resource.getrusage(resource.RUSAGE_CHILDREN)
    computing = own.ru_utime + own.ru_stime + parts.ru_utime + parts.ru_stime
    # Of the two processes of a large report the system tells the larger one's memory only.
    memory = (own.ru_maxrss + 2 * parts.ru_maxrss) / 1024
    typer.echo(f"{computing:.3f} {memory:.0f}")


def _show(name: str, measured: tuple[float, float, float], into: Path) -> None:
    seconds, computing, memory = measured
    sizes = sorted(file.stat().st_size for file in into.rglob("*.html"))
    typer.echo(
        f"{name:>12}{seconds:>9.2f} s{computing:>9.2f} s computing{memory:>7.0f} MB"
        f"{len(sizes):>8} pages{computing / len(sizes) * 1000:>7.2f} ms a page"
        f"{statistics.median(sizes) / 1000:>7.1f} kB median{sizes[-1] / 1000:>7.1f} kB largest"
        f"{sum(sizes) / MEGABYTE:>8.1f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
