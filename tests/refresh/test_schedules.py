"""The files under schedules/ are what their programs understand; the docs say what is done."""

import importlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from project import paths
from project.errors import ExitCode
from refresh.places import Places
from refresh.run import Options, refresh
from tests.refresh import fakes
from tests.refresh.real import RealRun, real_refresh

SCHEDULES = paths.root() / "schedules"
DOCS = (paths.root() / "docs" / "scheduled-job.md", paths.root() / "docs" / "scheduled-job.zh.md")


def test_systemd_understands_service_and_timer(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for name in ("xuewei-refresh.service", "xuewei-refresh.timer"):
        text = (SCHEDULES / name).read_text(encoding="utf-8")
        # The program it starts is not on this machine.
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_the_timer_knows_its_zone_and_makes_up_for_a_night_off() -> None:
    timer = (SCHEDULES / "xuewei-refresh.timer").read_text(encoding="utf-8")
    assert "OnCalendar=*-*-* 02:30:00 Asia/Shanghai" in timer
    assert "Persistent=true" in timer


def test_every_schedule_starts_a_command_that_there_is() -> None:
    for name in ("xuewei-refresh.service", "crontab", "dagster_definitions.py"):
        text = (SCHEDULES / name).read_text(encoding="utf-8")
        assert re.search(r'xuewei(\.py"\))?,? "?refresh"?,? "?--log-format"?,? "?json', text), name


def test_the_workflow_runs_what_the_readme_says() -> None:
    workflow = yaml.safe_load((SCHEDULES / "github-refresh.yml").read_text(encoding="utf-8"))
    [job] = workflow["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert commands[0].startswith("make warehouse")
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.skipif(os.name == "nt", reason="cron's line is one of a shell")
def test_the_line_of_cron_runs_in_a_fresh_clone(tmp_path: Path) -> None:
    """Its folder of logs is not part of a clone, and `make clean` takes it away."""
    lines = (SCHEDULES / "crontab").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in lines if line[:1].isdigit()]
    command = line.split(maxsplit=5)[5].replace("/srv/xuewei", str(tmp_path))
    program = tmp_path / ".venv" / "bin" / "xuewei"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$@"\necho progress >&2\n', encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "refresh --log-format json\n", "")
    assert (tmp_path / "logs" / "refresh.jsonl").read_text(encoding="utf-8") == "progress\n"


@pytest.mark.skipif(os.name == "nt", reason="the unit is one of systemd")
def test_the_unit_makes_every_folder_that_it_may_write_into(tmp_path: Path) -> None:
    unit = (SCHEDULES / "xuewei-refresh.service").read_text(encoding="utf-8")
    [first] = re.findall(r"^ExecStartPre=\+(.*)$", unit, re.MULTILINE)
    [writable] = re.findall(r"^ReadWritePaths=(.*)$", unit, re.MULTILINE)
    words = first.replace("/srv/xuewei", str(tmp_path)).split()
    owner = [words.index("-o"), words.index("-g")]
    kept = [word for n, word in enumerate(words) if n not in {*owner, *(at + 1 for at in owner)}]
    (tmp_path / "seeds").mkdir()
    subprocess.run(kept, check=True)
    for path in writable.split():
        assert Path(path.replace("/srv/xuewei", str(tmp_path))).is_dir(), path


def test_the_job_makes_the_folders_of_the_schedules_though_nothing_changed(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    for name in ("logs", "target"):
        (places.root / name).rmdir()
    refresh(places, Options(), fakes.steps())
    assert all((places.root / name).is_dir() for name in ("logs", "target"))


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_the_docs_list_every_exit_code(page: Path) -> None:
    listed = re.findall(r"^\| (\d+) \|", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [int(code) for code in listed] == [int(code) for code in ExitCode]


@pytest.mark.filterwarnings("default")
def test_dagster_runs_the_job_without_a_server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("dagster_dbt") is None:
        pytest.skip("dagster and dagster-dbt, an optional extra, are not installed")
    run: RealRun = real_refresh(tmp_path_factory)
    assert run.code == ExitCode.PUBLISHED, run.said
    monkeypatch.setenv("XUEWEI_ROOT", str(run.root))
    spec = importlib.util.spec_from_file_location(
        "dagster_definitions", SCHEDULES / "dagster_definitions.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    dagster = importlib.import_module("dagster")
    with dagster.DagsterInstance.ephemeral() as instance:
        # Nothing changed since the real job ran: Dagster hears of success, and of no new asset.
        result = dagster.materialize([module.warehouse], instance=instance)
        assert result.success
        assert result.asset_materializations_for_node("warehouse") == []
        # A run that publishes makes every asset, with the rows of each mart.
        summary = {"outcome": "published", "version": "0002", "rows": {"births": 3}}
        monkeypatch.setattr(module.subprocess, "run", answering(0, json.dumps(summary)))
        result = dagster.materialize([module.warehouse], instance=instance)
        made = result.asset_materializations_for_node("warehouse")
        assert len(made) == len(module.ORDER) > 20
        [births] = [one for one in made if one.asset_key.path[-1] == "births"]
        assert births.metadata["rows"].value == 3
        monkeypatch.setattr(module.subprocess, "run", answering(4, ""))
        result = dagster.materialize([module.warehouse], instance=instance, raise_on_error=False)
        assert not result.success


def answering(code: int, said: str) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    def run(*_: object, **__: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess([], code, said, "")

    return run
