"""The benchmark of report and exports."""

from pathlib import Path

import pytest

from bench.report import main
from project.errors import ExitCode


def test_without_a_warehouse_it_says_in_one_line_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.duckdb"
    assert main(["--file", str(missing)]) == ExitCode.INPUT_FAULT
    [line] = capsys.readouterr().err.splitlines()
    assert str(missing) in line
    assert "xuewei refresh" in line
