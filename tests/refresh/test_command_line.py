"""The whole job by its command line, once for real, and what it costs when nothing changed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from project import paths
from project.errors import ExitCode
from refresh.places import Places
from refresh.run import Options, refresh
from tests.ingest.broken_seeds import break_row
from tests.ingest.broken_seeds import lay_out as lay_out_seeds
from tests.refresh import fakes
from tests.refresh.real import RealRun, command_line, real_refresh


@pytest.fixture(scope="session")
def real_run(tmp_path_factory: pytest.TempPathFactory) -> RealRun:
    return real_refresh(tmp_path_factory)


@pytest.fixture
def published(places: Places) -> Places:
    refresh(places, Options(), fakes.steps())
    return places


def test_the_real_job_publishes(real_run: RealRun) -> None:
    assert real_run.code == ExitCode.PUBLISHED, real_run.said
    with duckdb.connect(str(real_run.file), read_only=True) as connection:
        assert connection.execute("select current_database()").fetchone() == ("xuewei",)
        marts = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'main'"
        ).fetchone()
        waived = connection.execute(
            "select sum(pupils_waived), sum(amount_waived_yuan) from main.fee_waivers "
            "where parent_region_code = '430200'"
        ).fetchone()
    assert marts is not None
    assert marts[0] >= 22
    assert waived is not None
    assert (int(waived[0]), int(waived[1])) == (15952, 9958725)
    assert not list(real_run.file.parent.glob("*.wal"))


def test_the_report_of_the_real_job_links_its_checks_and_the_catalogue(real_run: RealRun) -> None:
    report = real_run.file.parent / "report"
    for name in ("checks", "catalogue"):
        for language in ("zh", "en"):
            home = (report / language / "index.html").read_text(encoding="utf-8")
            assert home.count(f'<a href="../{name}/index.html">') == 1
        taken_along = (report / name / "index.html").read_bytes()
        assert taken_along == (real_run.file.parent / name / "index.html").read_bytes()


def test_the_real_job_needs_no_network(real_run: RealRun) -> None:
    if real_run.had_network:
        pytest.skip("this machine lets no program run without a network (unshare --net)")
    assert real_run.code == ExitCode.PUBLISHED, real_run.said


def test_the_published_file_opens_in_the_shell_of_duckdb(real_run: RealRun) -> None:
    shell = Path(sys.executable).with_name("duckdb")
    if not shell.exists():
        pytest.skip("duckdb-cli is not installed beside this Python")
    assert real_run.code == ExitCode.PUBLISHED, real_run.said
    done = subprocess.run(
        [shell, "-readonly", "-csv", str(real_run.file)],
        input="select count(*) as rows from fee_waivers; select count(*) from refresh_runs;",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["rows", "10", "count_star()", "0"]


def test_nothing_to_do_takes_less_than_a_second_and_imports_no_heavy_library(
    published: Places,
) -> None:
    heavy = ("dbt", "duckdb", "great_expectations", "pandas", "jinja2", "sqlalchemy")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(paths.root() / "xuewei.py"), "refresh"],
        env={**os.environ, "XUEWEI_ROOT": str(published.root), "XUEWEI_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("nothing to do: ")
    assert "newest document" in done.stdout or "no documents" in done.stdout
    imported = {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in done.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert imported.isdisjoint(heavy)


def test_nothing_to_do_is_quick(published: Places) -> None:
    """Processor time, for the clock on the wall also counts what else the machine does."""
    spent = []
    for _ in range(3):
        before = os.times()
        assert command_line(published.root, "refresh").returncode == 0
        after = os.times()
        spent.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    assert min(spent) < 1.0


def test_detailed_exit_code_tells_nothing_to_do_from_published(published: Places) -> None:
    """That it is 10 where something was published is what the real job shows."""
    assert command_line(published.root, "refresh", "--detailed-exit-code").returncode == 0


def test_a_fault_in_a_seed_stops_the_job_with_its_own_code(places: Places) -> None:
    lay_out_seeds(places.root / "seeds")
    break_row(places.root / "seeds", "units", 2, {"name_zh": ""})
    (places.root / "seeds" / "number.csv").unlink()
    done = command_line(places.root, "refresh")
    assert done.returncode == 3
    assert "units.csv row 2: name_zh is empty; fill it in" in done.stderr
    assert not places.published.exists()


def test_json_lines_can_be_read_by_a_machine(published: Places) -> None:
    done = command_line(published.root, "refresh", "--log-format", "json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"step"} == {event["event"] for event in events}
    assert json.loads(done.stdout)["outcome"] == "nothing_to_do"


def test_an_unknown_format_is_a_usage_fault(published: Places) -> None:
    assert command_line(published.root, "refresh", "--log-format", "xml").returncode == 2


def test_status_and_diff_speak_of_versions(published: Places) -> None:
    fakes.set_number(published.root, 2)
    refresh(published, Options(), fakes.steps())
    said = command_line(published.root, "diff", "1").stdout
    assert f"stamps: {fakes.ROWS} added, {fakes.ROWS} removed, 0 changed" in said
    assert "seeds/number.csv" in said
    assert command_line(published.root, "diff", "2").stdout == "The marts are the same.\n"
    said = command_line(published.root, "status").stdout
    assert said.count("published") >= 3
