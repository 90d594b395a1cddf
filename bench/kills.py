"""Kills real refreshes at random moments, and looks at what readers see and what is left.

    python -m bench.kills --times 50 [--seed 1]

Each refresh has a new document in its inbox and a changed seed row, so that it goes through every
step: extractor, dbt, great-expectations, swap, report, exports. While it runs, the published file
is read over and over; every content seen must be that of a checked version. Linux only.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

import duckdb
import typer

from bench.refresh import change_row, copy_project, put_document
from project import paths
from refresh import inbox, versions
from refresh.differences import differences
from refresh.places import HALF_MADE, Places

GLANCE_SECONDS: Final = 0.5
# What a worker of a killed refresh may take to notice that its input is closed.
SECONDS_TO_DIE: Final = 5.0


@dataclass(slots=True)
class Watch:
    """What was seen of one warehouse: contents of the published file, steps that were killed."""

    places: Places
    seen: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    glances: int = 0
    killed: Counter[str] = field(default_factory=Counter)

    def glance(self) -> None:
        """Read the published file whole, and note what is checked."""
        with self.places.published.open("rb") as file:
            self.seen.add(hashlib.file_digest(file, "sha256").hexdigest())
        self.glances += 1

    def note_checked(self) -> None:
        """Note the contents of all versions there are: each was tested and judged."""
        self.checked |= {v.manifest.sha256 for v in versions.versions(self.places)}


def main(
    times: Annotated[int, typer.Option(min=1)] = 5,
    seed: Annotated[int, typer.Option()] = 20261122,
) -> None:
    """Print what was killed when, and end with 1 where anything is torn, left over or lost."""
    moments = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        copy_project(root)
        _finish(root)
        change_row(root)
        begin = time.monotonic()
        _finish(root)
        whole = time.monotonic() - begin
        watch = Watch(Places(root, root / "warehouse"))
        watch.note_checked()
        for number in range(times):
            put_document(root)
            change_row(root)
            _kill_once(watch, moments.random() * whole, f"{number + 1}/{times}")
        _finish(root)
        watch.note_checked()
        watch.glance()
        faults = [*_faults(watch, times), *_differences(root)]
    _tell(watch, times, whole)
    for fault in faults:
        typer.echo(f"FAULT: {fault}")
    raise typer.Exit(int(bool(faults)))


def _begin(root: Path) -> "subprocess.Popen[bytes]":
    # A file, for a pipe stays open as long as any process that outlives the refresh.
    with _log(root).open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - ours
            [sys.executable, str(paths.root() / "xuewei.py"), "refresh", "--log-format", "json"],
            env={**os.environ, "XUEWEI_ROOT": str(root), "XUEWEI_LANG": "en"},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )


def _log(root: Path) -> Path:
    return root.with_suffix(".log")


def _finish(root: Path) -> None:
    process = _begin(root)
    if process.wait():
        said = _log(root).read_text(encoding="utf-8")
        raise SystemExit(f"the refresh ended with {process.returncode}:\n{said[-3000:]}")


def _kill_once(watch: Watch, seconds: float, name: str) -> None:
    """One refresh that dies after some seconds, watched until then."""
    process = _begin(watch.places.root)
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        watch.glance()
        watch.note_checked()
        time.sleep(GLANCE_SECONDS)
    process.send_signal(signal.SIGKILL)
    process.wait()
    said = _log(watch.places.root).read_text(encoding="utf-8")
    watch.note_checked()
    watch.glance()
    step = "it had ended" if process.returncode == 0 else _step_after(said)
    watch.killed[step] += 1
    typer.echo(f"{name}: {seconds:5.1f} s, {step}", err=True)
    _wait_for_workers(watch.places.root)


def _step_after(said: str) -> str:
    """The step at which a refresh was, by the last one that it said had ended."""
    ended = [json.loads(line)["step"] for line in said.splitlines() if '"step"' in line]
    names = ("start", "recover", "inbox", "fingerprint", "check", "build", "expectations")
    rest = ("outputs", "version", "publish", "outputs put in place")
    order = (*names, *rest)
    return order[min(len(ended) + 1, len(order) - 1)] if ended else "start or clearing up"


def _wait_for_workers(root: Path) -> None:
    end = time.monotonic() + SECONDS_TO_DIE
    while left := list(_processes(root)):
        if time.monotonic() > end:
            raise SystemExit(f"processes outlive their refresh: {left}")
        time.sleep(0.05)


def _processes(root: Path) -> Iterator[str]:
    """Processes that work on the project, by their command."""
    mark = f"XUEWEI_ROOT={root}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                # An ended process that nobody waited for has no command.
                if command:
                    yield command
        except OSError:
            continue


def _faults(watch: Watch, times: int) -> Iterator[str]:
    places = watch.places
    if unknown := watch.seen - watch.checked:
        yield f"a reader saw {len(unknown)} contents of the published file that nobody checked"
    half_made = [*places.warehouse.rglob(f"{HALF_MADE}*")]
    logs = [*places.warehouse.rglob("*.wal")]
    for path in (*half_made, *logs, places.build, places.owner):
        if path.exists():
            yield f"left over: {path.relative_to(places.root)}"
    yield from _document_faults(places, times)
    with duckdb.connect(str(places.published), read_only=True) as connection:
        for mart, key in (("documents", "document_id"), ("figures", "figure_id")):
            twice = connection.execute(
                f"select {key} from main.{mart} group by all having count(*) > 1"  # noqa: S608
            ).fetchall()
            if twice:
                yield f"{mart}: {len(twice)} rows stand there twice"


def _document_faults(places: Places, times: int) -> Iterator[str]:
    put = sorted(file.name for file in (places.root / "inbox").iterdir())
    known = inbox.register(places)
    if put != sorted(known) or len(put) != times:
        yield f"of {times} documents {len(known)} are known"
    copies = sorted(copy.name for copy in places.taken_in.glob("*/*"))
    waiting = sorted(name for name, entry in known.items() if entry.state == "waiting")
    if copies != waiting:
        yield f"{len(waiting)} documents wait for review, with {len(copies)} copies"
    if faulty := [entry.fault for entry in known.values() if entry.state == "faulty"]:
        yield f"not taken in: {faulty[0]}"


def _differences(root: Path) -> Iterator[str]:
    """What tells the published file from one that was built without any accident."""
    clean = root.parent / "clean"
    copy_project(clean)
    shutil.rmtree(clean / "seeds")
    shutil.copytree(root / "seeds", clean / "seeds")
    _finish(clean)
    files = [folder / "warehouse" / "xuewei.duckdb" for folder in (clean, root)]
    for mart in differences(files[0], files[1], 1):
        yield f"{mart.mart} differs from a clean build"


def _tell(watch: Watch, times: int, whole: float) -> None:
    typer.echo(f"refreshes killed: {times} (a whole one takes {whole:.0f} s here)")
    for step, count in watch.killed.most_common():
        typer.echo(f"  at {step:<24}{count:>4}")
    typer.echo(f"looks at the published file: {watch.glances}, contents seen: {len(watch.seen)}")
    typer.echo(f"of these built, tested and judged: {len(watch.seen & watch.checked)}")


if __name__ == "__main__":
    typer.run(main)
