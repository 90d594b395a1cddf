"""What the commands of this room promise at the command line: words, exit codes, formats."""

import csv
import json
import stat
import sys
from io import StringIO
from pathlib import Path

import pytest

from project.errors import ExitCode
from query import shell
from query.faults import QueryFault
from xuewei import run

CELL = ["kindergarten_places", "surplus_derived", "--region", "430200", "--period", "2022"]

# Dot commands by which a shell reaches outside the file.
DOT_COMMANDS = [
    ".shell id",
    ".system id",
    ".read /etc/passwd",
    ".import /etc/passwd t",
    ".output out.txt",
    ".once out.txt",
    ".log out.txt",
    ".open out.duckdb",
    ".cd /",
]
SQL_ESCAPES = [
    "copy births to 'out.csv'",
    "select * from read_text('/etc/passwd')",
    "select getenv('HOME')",
    "attach 'out.duckdb'",
    "install httpfs",
    "set memory_limit = '64GB'",
    "set enable_external_access = true",
    "create table mine as select 1",
]


@pytest.fixture
def at_file(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The option that names the built file; the current folder is an empty one."""
    monkeypatch.chdir(tmp_path)
    return ["--file", str(warehouse)]


def test_explain_prints_a_tree(at_file: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", *CELL, *at_file]) == ExitCode.SUCCESS
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "kindergarten_places  region_code 430200 · period 2022 · sector total"
    assert any("zhuzhou-2023-27-012 prints “175716 个”" in line for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_explain_gives_the_same_as_data(
    at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", *CELL, "--format", "json", *at_file]) == ExitCode.SUCCESS
    data = json.loads(capsys.readouterr().out)
    assert data["numbers"][0]["cells"][0]["value"] == 46907


def test_any_column_of_the_key_can_be_given_by_name(
    at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    keys = ["--key", "region_code=430200", "--key", "period=2022", "--key", "sector=public"]
    assert run(["explain", "kindergarten_places", *keys, *at_file]) == ExitCode.SUCCESS
    assert "sector public" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["explain", "kindergarten_place"], "did you mean kindergarten_places"),
        (["explain", "births", "--key", "year"], "name=value"),
        (["query", "from birth"], 'Did you mean "births"'),
        (["query", "selec 1"], "syntax error"),
        (["query", "copy births to 'out.csv'"], "only reading is allowed"),
        (["query", "from read_text('/etc/passwd')"], "function read_text is not allowed"),
        (["query", "select 1; select 2"], "one statement at a time"),
        (["search", "  "], "name what to look for"),
    ],
)
def test_a_fault_is_one_sentence_and_the_code_of_usage(
    arguments: list[str], sentence: str, at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, *at_file]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_search_prints_what_it_found(
    at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "幼儿园", "--rows", "3", *at_file]) == ExitCode.SUCCESS
    out = capsys.readouterr().out
    assert "kindergartens" in out
    assert "--rows" in out.splitlines()[-1]


def test_search_gives_data(at_file: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "surplus", "derived", "--format", "json", *at_file]) == ExitCode.SUCCESS
    hits = json.loads(capsys.readouterr().out)
    assert hits[0]["key"] == "kindergarten_places.surplus_derived"


def test_search_offers_names_where_it_finds_nothing(
    at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "kindergatens", *at_file]) == ExitCode.SUCCESS
    assert "did you mean" in capsys.readouterr().out


def test_query_prints_a_table_csv_or_json(
    at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "select year, births from births where region_code = '430200' order by year"
    assert run(["query", sql, *at_file]) == ExitCode.SUCCESS
    assert "31542" in capsys.readouterr().out
    assert run(["query", sql, "--format", "csv", *at_file]) == ExitCode.SUCCESS
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert rows[0] == {"year": "2020", "births": "31542"}
    assert run(["query", sql, "--format", "json", *at_file]) == ExitCode.SUCCESS
    assert json.loads(capsys.readouterr().out)[0] == {"year": 2020, "births": 31542}


def test_query_reads_sql_from_standard_input(
    at_file: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("select 1 as one"))
    assert run(["query", "-", "--format", "csv", *at_file]) == ExitCode.SUCCESS
    assert capsys.readouterr().out == "one\n1\n"


def test_query_says_that_rows_were_left_off(
    at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "from regions", "--rows", "2", *at_file]) == ExitCode.SUCCESS
    assert "only the first 2 rows" in capsys.readouterr().err


def test_a_table_keeps_markup_of_documents_as_it_is(
    at_file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "select '[red]x[/red]' as words", *at_file]) == ExitCode.SUCCESS
    assert "[red]x[/red]" in capsys.readouterr().out


def test_the_shell_answers_sql(at_file: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    sql = "select births from births where year = 2020"
    assert run(["shell", "-c", sql, *at_file]) == ExitCode.SUCCESS
    assert "31542" in capfd.readouterr().out


@pytest.mark.parametrize("sql", SQL_ESCAPES)
def test_the_shell_stops_sql_that_reaches_outside(
    sql: str, at_file: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["shell", "-c", sql, *at_file]) != ExitCode.SUCCESS
    assert "Error" in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", DOT_COMMANDS)
def test_the_shell_stops_dot_commands_that_reach_outside(
    command: str, at_file: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(["shell", "-c", command, *at_file])
    said = capfd.readouterr()
    assert "cannot be used in -safe mode" in said.out + said.err
    assert list(tmp_path.iterdir()) == []


def test_the_shell_of_a_missing_file_is_not_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["shell", "--file", str(tmp_path / "none.duckdb")]) == ExitCode.USAGE
    assert "make warehouse" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_harlequin_is_started_read_only_and_locked(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in writes down how it was called; the real one needs a terminal."""
    program = tmp_path / "harlequin"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys\nfrom pathlib import Path\n"
        f"Path({str(tmp_path / 'called')!r}).write_text(chr(10).join(\n"
        "    [*sys.argv[1:], Path(sys.argv[3]).read_text()]))\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(shell, "_in_environment", lambda name: tmp_path / name)
    assert run(["shell", "--harlequin", "--file", str(warehouse)]) == ExitCode.SUCCESS
    called = (tmp_path / "called").read_text()
    assert called.startswith("--read-only\n--init-path\n")
    assert str(warehouse) in called
    assert "set enable_external_access = false;" in called
    assert called.rstrip().endswith("set lock_configuration = true;")


def test_where_harlequin_is_missing_the_sentence_says_so(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "_in_environment", lambda _: None)
    with pytest.raises(QueryFault, match="install harlequin"):
        shell.run_harlequin(warehouse)
