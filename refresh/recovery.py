"""Clears away what a run that died left behind; called with the lock held, before anything else."""

import shutil
from collections.abc import Callable
from pathlib import Path

from refresh import clock, durable, history, inbox, versions
from refresh.history import Run
from refresh.lock import Owner
from refresh.outputs import BUILDERS
from refresh.places import HALF_MADE, Places
from refresh.versions import Version


def recover(
    places: Places, died: Owner | None, tell: Callable[[Run], None] = lambda _: None
) -> Version | None:
    """Remove half-made things, write down and tell of the run that died; gives back what is live.

    The published file is never touched: it is whole at every moment.
    """
    clear(places)
    live = versions.current(places)
    if live is not None and not live.manifest.published_at:
        # It died between the swap and the note of it.
        live = versions.mark(live, published_at=clock.text_of(clock.now()))
    if died is not None and (run := _write_down(places, died)) is not None:
        tell(run)
    return live


def clear(places: Places) -> None:
    """Remove the build folder and everything whose name says that it is half-made."""
    shutil.rmtree(places.build, ignore_errors=True)
    for folder in (places.warehouse, places.versions, places.checks):
        if folder.is_dir():
            for path in folder.glob(f"{HALF_MADE}*"):
                _remove(path)
    # What `xuewei report` and `xuewei export` make aside; they hold the same lock.
    for _, name in BUILDERS:
        for path in places.warehouse.glob(f".{name}-*"):
            _remove(path)
    for parent in (places.versions, places.taken_in):
        for path in parent.glob(f"*/{HALF_MADE}*"):
            _remove(path)


def set_aside(places: Places) -> tuple[Path, ...]:
    """Give what can't be understood another name, by which a person finds it; its new names.

    The register of the inbox is then rebuilt: documents that are there are read again, and those
    that wait already stay as they are. A version without a manifest is none.
    """
    doubtful: list[Path] = []
    if places.register.exists() and not inbox.is_understood(places):
        doubtful.append(places.register)
    if places.hold.exists() and durable.read_json(places.hold) is None:
        doubtful.append(places.hold)
    if places.versions.is_dir():
        known = {version.folder for version in versions.versions(places)}
        doubtful += [
            folder / versions.MANIFEST
            for folder in sorted(places.versions.iterdir())
            if folder not in known and (folder / versions.MANIFEST).exists()
        ]
    moved = []
    for path in doubtful:
        aside = path.with_name(f"{path.stem}-not-understood{path.suffix}")
        durable.move(path, aside)
        moved.append(aside)
    return tuple(moved)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _write_down(places: Places, died: Owner) -> Run | None:
    if any(run.run_id == died.run_id for run in history.runs(places.history)):
        return None
    made = [v for v in versions.versions(places) if v.manifest.run_id == died.run_id]
    run = Run(
        run_id=died.run_id,
        started_at=died.started_at,
        ended_at=clock.text_of(clock.now()),
        outcome="interrupted",
        version=made[0].manifest.name if made else None,
        error=f"pid {died.pid} on {died.host} ended without a word",
    )
    history.append(places.history, run)
    return run
