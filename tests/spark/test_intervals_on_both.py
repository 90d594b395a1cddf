"""The interval macros give the same ends on both engines, to the last decimal."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from types import SimpleNamespace

import duckdb
import pytest

from spark.build import environment
from spark.places import Places
from tests.macros.rendered import macros
from tests.macros.test_intervals import a_positive_interval, a_scale, an_interval

pytest.importorskip("pyspark", reason="the extra spark is not installed (pyspark)")

COLUMNS = ("al", "ah", "bl", "bh", "dl", "dh", "scale")
# Draws are written out by their seed: one start of Spark answers them all.
ROWS = 800
SEED = 20221231
MODES = ("down", "nearest", "up")


def expressions(of: SimpleNamespace) -> list[str]:
    """What is asked of every row, as one engine says it."""
    return [
        of.quotient_low("al", "dl", "dh", "scale"),
        of.quotient_high("ah", "dl", "dh", "scale"),
        of.product_low("al", "ah", "bl", "bh", "scale"),
        of.product_high("al", "ah", "bl", "bh", "scale"),
        *(of.quotient("al", "dl", "scale", mode) for mode in MODES),
        *(of.product("al", "bl", "scale", mode) for mode in MODES),
        *(of.scaled_sum("(al + bl)", "scale", mode) for mode in MODES),
        *(of.weighted("al", "scale", mode) for mode in MODES),
        of.interval_gap("al", "ah", "bl", "bh"),
        of.intervals_overlap("al", "ah", "bl", "bh"),
        of.touches_zero("al", "ah"),
        of.plain_number("al"),
        of.readable_number("ah"),
        of.in_base_unit("al", "scale"),
    ]


def drawn(random: Random) -> list[Decimal | None]:
    """One row: two intervals, a positive one and a scale, with ends as documents may state them."""
    two = (*an_interval(random), *an_interval(random))
    return [*two, *a_positive_interval(random), a_scale(random)]


def on_duckdb(rows: Sequence[Sequence[Decimal | None]]) -> list[tuple[object, ...]]:
    """Every answer of DuckDB, as text."""
    cells = ", ".join(f"cast(? as decimal(24, 6)) as {name}" for name in COLUMNS)
    shown = ", ".join(f"cast({sql} as varchar)" for sql in expressions(macros()))
    with duckdb.connect() as connection:
        connection.execute(f"create table given as select 0 as n, {cells}", [None] * len(COLUMNS))
        connection.execute("delete from given")
        places = ", ".join("?" for _ in range(len(COLUMNS) + 1))
        connection.executemany(
            f"insert into given values ({places})",  # noqa: S608
            [[number, *row] for number, row in enumerate(rows)],
        )
        return connection.execute(f"select {shown} from given order by n").fetchall()  # noqa: S608


def on_spark(rows: Sequence[Sequence[Decimal | None]], folder: Path) -> list[tuple[object, ...]]:
    """Every answer of Spark, as text."""
    asked = {
        "columns": COLUMNS,
        "rows": [[None if cell is None else f"{cell:f}" for cell in row] for row in rows],
        "sql": expressions(macros("spark")),
    }
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("on_spark.py")), "asked.json", "answers"],
        cwd=folder,
        env={**os.environ, **environment(Places(folder, folder, folder))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    with duckdb.connect() as connection:
        answers = str(folder / "answers" / "*.parquet")
        return connection.execute(
            f"select * exclude (row_number) from '{answers}' order by row_number"  # noqa: S608
        ).fetchall()


def as_number(cell: object) -> object:
    """Numbers are compared as numbers: engines pad a null-free case with different zeros."""
    try:
        return Decimal(str(cell))
    except ArithmeticError:
        return cell


def test_the_macros_of_both_engines_give_the_same_ends(tmp_path: Path) -> None:
    random = Random(SEED)  # noqa: S311 - rows of a test
    rows = [drawn(random) for _ in range(ROWS)]
    asked = expressions(macros())
    here, there = on_duckdb(rows), on_spark(rows, tmp_path)
    assert len(here) == len(there) == ROWS
    different = [
        f"{asked[place][:60]}: {ours} on DuckDB, {theirs} on Spark, for {row}"
        for row, one, other in zip(rows, here, there, strict=True)
        for place, (ours, theirs) in enumerate(zip(one, other, strict=True))
        if as_number(ours) != as_number(theirs)
    ]
    assert different[:10] == []
