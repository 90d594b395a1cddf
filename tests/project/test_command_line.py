"""What the command `xuewei` promises: one language, one line per failure, one code each."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import xuewei
from project import errors, paths
from project.errors import ExitCode, XueweiError
from project.language import language
from tests.ingest.broken_seeds import break_row, lay_out


def test_every_error_has_an_exit_code_of_its_own() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, XueweiError)
    ]
    assert len(kinds) == len({kind.exit_code for kind in kinds})
    assert XueweiError("why", ExitCode.LOCKED).exit_code == ExitCode.LOCKED


def test_the_language_may_stand_anywhere_before_two_hyphens() -> None:
    for arguments in (["--lang", "zh", "check"], ["check", "--lang", "zh"], ["check", "--lang=zh"]):
        assert xuewei._take_language(arguments) == ["check"]
        assert language() == "zh"
    assert xuewei._take_language(["check", "--", "--lang", "zh"]) == ["check", "--", "--lang", "zh"]
    assert language() == "en"


def test_help_speaks_the_chosen_language_and_shows_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert xuewei.run(["check", "--help", "--lang", "zh"]) == ExitCode.SUCCESS
    assert "示例" in capsys.readouterr().out
    assert xuewei.run(["check", "--help"]) == ExitCode.SUCCESS
    assert "Examples" in capsys.readouterr().out


def test_every_command_has_help_with_examples() -> None:
    commands = xuewei.application().registered_commands
    assert commands
    for command in commands:
        assert command.help, command.name
        assert command.epilog, command.name
        assert command.epilog.startswith("Examples:"), command.name


@pytest.mark.parametrize("arguments", [["nonsense"], ["check", "--nonsense"], ["--lang", "fr"]])
def test_a_wrong_call_exits_with_the_code_of_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert xuewei.run(arguments) == ExitCode.USAGE
    assert capsys.readouterr().out == ""


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert xuewei.run(["--version"]) == ExitCode.SUCCESS
    assert re.fullmatch(r"xuewei \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_check_exits_with_the_code_of_input_faults_and_one_line_per_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seeds = lay_out(tmp_path)
    assert xuewei.run(["check", "--seeds", str(seeds)]) == ExitCode.SUCCESS
    capsys.readouterr()
    break_row(seeds, "figures", 2, {"unit_code": "人次"})
    assert xuewei.run(["check", "--seeds", str(seeds)]) == ExitCode.INPUT_FAULT
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "figures.csv row 2: unit_code '人次' is not in units.csv; add it there or correct the row"
    ]
    assert err.splitlines() == ["xuewei: faults in the seeds: 1; correct them and try again."]


def test_check_shows_fifty_faults_and_counts_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seeds = lay_out(tmp_path)
    breaks = "\n".join(f"enrolment,900000,{year},," for year in range(2000, 2030))
    with (seeds / "series_breaks.csv").open("a", encoding="utf-8") as file:
        file.write(f"{breaks}\n")
    assert xuewei.run(["check", "--seeds", str(seeds)]) == ExitCode.INPUT_FAULT
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "... and 11 more."


def test_an_unexpected_error_is_one_line_that_names_where_the_details_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XUEWEI_ROOT", str(tmp_path))
    monkeypatch.setattr(xuewei, "application", lambda: _raise(ValueError("first\nsecond")))
    assert xuewei.run([]) == ExitCode.INTERNAL_ERROR
    [line] = capsys.readouterr().err.splitlines()
    log = tmp_path / "logs" / "xuewei-errors.log"
    assert "ValueError: first second" in line
    assert str(log) in line
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_an_unexpected_error_is_shown_whole_where_debugging_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XUEWEI_DEBUG", "1")
    monkeypatch.setattr(xuewei, "application", lambda: _raise(ValueError("whole")))
    with pytest.raises(ValueError, match="whole"):
        xuewei.run([])


def test_the_command_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, xuewei; xuewei.application();"
        "print([name for name in ('pandas', 'duckdb', 'dbt', 'great_expectations', 'pdfplumber',"
        " 'yaml', 'lxml') if name in sys.modules])"
    )
    start = time.perf_counter()
    out = subprocess.run(
        [sys.executable, "-c", code],
        cwd=paths.root(),
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert out.strip() == "[]"
    assert time.perf_counter() - start < 2


def test_folders_follow_their_environment_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUEWEI_ROOT", str(tmp_path))
    monkeypatch.delenv("XUEWEI_DOCUMENTS", raising=False)
    assert paths.documents_folder() == tmp_path / "documents"
    assert paths.published_file() == tmp_path / "warehouse" / "xuewei.duckdb"
    monkeypatch.setenv("XUEWEI_DOCUMENTS", str(tmp_path / "letters"))
    assert paths.documents_folder() == tmp_path / "letters"


def _raise(error: Exception) -> None:
    raise error
