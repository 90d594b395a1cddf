"""The command `xuewei report`."""

from pathlib import Path

import pytest

from project.errors import ExitCode
from xuewei import run


@pytest.mark.usefixtures("only_home")
def test_the_command_builds_a_report_and_says_where(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "report"
    assert run(["report", "--file", str(warehouse), "--into", str(into)]) == ExitCode.SUCCESS
    assert str(into / "index.html") in capsys.readouterr().out.replace("\n", "")
    assert (into / "zh" / "index.html").is_file()


def test_a_missing_warehouse_is_an_input_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.duckdb"
    assert run(["report", "--file", str(missing)]) == ExitCode.INPUT_FAULT
    assert "there is no warehouse file" in capsys.readouterr().err


def test_boundaries_without_an_approval_number_are_an_input_fault(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b.geojson"
    file.write_text('{"type": "FeatureCollection", "features": []}')
    words = ["report", "--file", str(warehouse), "--into", str(tmp_path / "report")]
    assert run([*words, "--boundaries", str(file)]) == ExitCode.INPUT_FAULT
    assert "审图号" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()
