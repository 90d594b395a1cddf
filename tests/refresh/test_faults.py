"""What can go wrong while a refresh is at work: death, company, a full disk, a closed folder."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from project import paths
from project.errors import Locked, XueweiError
from refresh import history, lock, settings, versions
from refresh.places import HALF_MADE, Places
from refresh.run import Options, refresh
from refresh.status import status, text_of
from tests.refresh import fakes

# A kill takes a second; XUEWEI_SLOW=1 kills as often as the issue asks for.
IS_SLOW = bool(os.environ.get("XUEWEI_SLOW"))
KILLS = 60 if IS_SLOW else 6
REFRESHES = 20
BUILD_SECONDS = 0.3


def start(places: Places, seconds: float = 0.0) -> "subprocess.Popen[str]":
    """A refresh in a process of its own, just begun."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.refresh.fakes", str(places.root), str(seconds)],
        cwd=paths.root(),
        env={**os.environ, "XUEWEI_LANG": "en", "PYTHONPATH": str(paths.root())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def documents_of(file: Path) -> list[str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.execute("select document_id from main.documents order by all").fetchall()
    return [str(name) for (name,) in rows]


def left_over(places: Places) -> list[Path]:
    return [
        path
        for path in places.warehouse.rglob("*")
        if path.name.startswith(HALF_MADE) or path == places.build or path.suffix == ".wal"
    ]


def test_killed_at_any_moment_the_published_file_is_whole_and_no_document_is_lost(
    places: Places,
) -> None:
    """XUEWEI_SLOW=1 kills 60 times; the ordinary suite kills 6 times, to stay quick."""
    moments = random.Random(20261122)  # noqa: S311
    refresh(places, Options(), fakes.steps(ingest=fakes.ingest_into(places.root)))
    wanted = []
    for kill in range(KILLS):
        fakes.set_number(places.root, kill + 2)
        (places.root / "inbox" / f"letter-{kill:02}.txt").write_text(f"{kill}", encoding="utf-8")
        wanted.append(f"letter-{kill:02}.txt")
        process = start(places, BUILD_SECONDS)
        time.sleep(moments.random() * (BUILD_SECONDS + 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert fakes.whole_number(places.published) in range(1, kill + 3)
    refresh(places, Options(), fakes.steps(ingest=fakes.ingest_into(places.root)))
    assert fakes.whole_number(places.published) == KILLS + 1
    assert documents_of(places.published) == wanted
    assert left_over(places) == []
    assert all(version.manifest.published_at for version in versions.versions(places))


def test_a_reader_sees_only_whole_versions_through_twenty_refreshes(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    code = (
        "import sys, pathlib, time\n"
        "from tests.refresh.fakes import whole_number\n"
        "file, stop = map(pathlib.Path, sys.argv[1:])\n"
        "seen = []\n"
        "while not stop.exists():\n"
        "    seen.append(whole_number(file))\n"
        "    time.sleep(0.05)\n"
        "assert seen == sorted(seen), seen\n"
        "print(len(seen), len(set(seen)))\n"
    )
    stop = places.root / "stop"
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(places.published), str(stop)],
        cwd=paths.root(),
        env={**os.environ, "PYTHONPATH": str(paths.root())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for number in range(2, REFRESHES + 2):
        fakes.set_number(places.root, number)
        refresh(places, Options(), fakes.steps())
    # A reader that started late still has to see something.
    time.sleep(1)
    stop.touch()
    said, complaint = reader.communicate(timeout=60)
    assert reader.returncode == 0, complaint
    assert int(said.split()[0]) > 0


def test_an_open_reader_keeps_the_old_version(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    with duckdb.connect(str(places.published), read_only=True) as reader:
        fakes.set_number(places.root, 2)
        refresh(places, Options(), fakes.steps())
        assert reader.execute("select max(number) from main.stamps").fetchone() == (1,)
    assert fakes.whole_number(places.published) == 2


def test_of_two_started_together_one_leaves_at_once_and_says_who_is_at_work(
    places: Places,
) -> None:
    first = start(places, 3.0)
    wait_for(places.owner)
    code, said = finish(start(places))
    assert code == 5
    assert f"process {first.pid} on" in said
    assert finish(first)[0] == 0
    assert fakes.whole_number(places.published) == 1
    assert sorted(run.outcome for run in history.runs(places.history)) == ["locked", "published"]


def test_a_lock_whose_owner_died_is_taken_over(places: Places) -> None:
    process = start(places, 30.0)
    wait_for(places.owner)
    process.kill()
    process.communicate()
    assert lock.owner(places) is not None
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "published"
    assert [(run.outcome, run.exit_code) for run in history.runs(places.history)] == [
        ("interrupted", None),
        ("published", 0),
    ]
    said = text_of(status(places, settings.load(places.root)))
    assert "  -  interrupted" in said
    assert lock.owner(places) is None


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_refresh_that_is_told_to_stop_clears_up_and_says_so(places: Places, name: str) -> None:
    process = start(places, 30.0)
    wait_for(places.owner)
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=60)
    assert process.returncode != 0
    [run] = history.runs(places.history)
    assert (run.outcome, run.exit_code) == ("interrupted", 130)
    assert left_over(places) == []
    assert lock.owner(places) is None


def test_a_lock_that_is_held_is_not_taken_over(places: Places) -> None:
    with lock.hold(places, "first"), pytest.raises(Locked), lock.hold(places, "second"):
        pytest.fail("two hold the lock")


def test_a_full_disk_leaves_the_published_file_as_it_was(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "small", "size=12m") as folder:
        places = fakes.lay_out(folder / "project")
        refresh(places, Options(), fakes.steps())
        fakes.set_number(places.root, 2)

        def too_much(where: Places) -> None:
            fakes.build(where)
            with duckdb.connect(str(where.side)) as connection:
                connection.execute(
                    "create table main.noise as "
                    "select sha256(cast(i as varchar)) as noise from range(1000000) as t(i)"
                )

        with pytest.raises(XueweiError, match="No space left on device") as caught:
            refresh(places, Options(), fakes.steps(too_much))
        assert caught.value.exit_code == 1
        assert fakes.whole_number(places.published) == 1
        assert left_over(places) == []
        refresh(places, Options(), fakes.steps())
        assert fakes.whole_number(places.published) == 2


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "closed", "size=12m") as folder:
        places = fakes.lay_out(folder / "project")
        refresh(places, Options(), fakes.steps())
        fakes.set_number(places.root, 2)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(XueweiError, match=f"{places.warehouse} can't be written"):
            refresh(places, Options(), fakes.steps())
        assert fakes.whole_number(places.published) == 1


def wait_for(file: Path) -> None:
    end = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < end, f"{file} never came"
        time.sleep(0.01)


@contextmanager
def tmpfs(folder: Path, options: str) -> Iterator[Path]:
    """A filesystem of its own in memory; skips the test where it may not be mounted."""
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small filesystem needs Linux and root")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"a small filesystem can't be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
