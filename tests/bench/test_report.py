"""The benchmark of report and exports."""

from pathlib import Path

import duckdb
import pytest

from bench.report import main, multiply, without_bulletins
from project.errors import ExitCode


def test_without_a_warehouse_it_says_in_one_line_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.duckdb"
    assert main(["--file", str(missing)]) == ExitCode.INPUT_FAULT
    [line] = capsys.readouterr().err.splitlines()
    assert str(missing) in line
    assert "xuewei refresh" in line


def test_what_remains_without_the_bulletins_is_what_the_five_documents_state(
    warehouse: Path, tmp_path: Path
) -> None:
    without_bulletins(warehouse, tmp_path / "five.duckdb")
    with duckdb.connect(str(tmp_path / "five.duckdb"), read_only=True) as connection:
        connection.execute(f"attach '{warehouse}' as whole (read_only)")
        [(documents,)] = connection.execute("select count(*) from documents").fetchall()
        [(differing,)] = connection.execute(
            "select count(*) from ((from whole.main.figures where left(document_id, 4)"
            " not in ('moe-', 'nbs-')"
            " except from figures) union all (from figures except from whole.main.figures))"
        ).fetchall()
        [(of_the_nation,)] = connection.execute(
            "select count(*) from observations.reconciled_observations"
            " where region_code not like '43%'"
        ).fetchall()
    assert (documents, differing, of_the_nation) == (5, 0, 0)


def test_a_synthetic_city_is_as_much_as_the_city_that_it_copies(
    warehouse: Path, tmp_path: Path
) -> None:
    multiply(warehouse, tmp_path / "more.duckdb", 2)
    with duckdb.connect(str(tmp_path / "more.duckdb"), read_only=True) as connection:
        counts = connection.execute(
            "select left(region_code, 4), count(*) from observations.reconciled_observations"
            " where left(region_code, 4) in ('4302', '9000', '9001') group by all"
        ).fetchall()
        targets = connection.execute(
            "select count(*) - count(distinct (target_id, region_code)) from target_progress"
        ).fetchall()
    assert len({count for _, count in counts}) == 1
    assert len(counts) == 3
    assert targets == [(0,)]
