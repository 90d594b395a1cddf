"""The order of what reaches the disk: data first, then the name."""

import os
from pathlib import Path

import pytest

from refresh import durable
from refresh.places import Places
from refresh.run import Options, refresh
from tests.refresh import fakes


def test_data_reach_the_disk_before_the_name_does(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, str]] = []
    sync_file, sync_folder, move = durable.sync_file, durable.sync_folder, durable.move

    def note_file(path: Path) -> None:
        calls.append(("sync", path.name))
        sync_file(path)

    def note_folder(path: Path) -> None:
        calls.append(("sync", path.name))
        sync_folder(path)

    def note_move(source: Path, target: Path) -> None:
        calls.append(("rename", target.name))
        move(source, target)

    monkeypatch.setattr(durable, "sync_file", note_file)
    monkeypatch.setattr(durable, "sync_folder", note_folder)
    monkeypatch.setattr(durable, "move", note_move)
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.version is not None
    name = done.version.manifest.name
    data = calls.index(("sync", "xuewei.duckdb"))
    kept = calls.index(("rename", name))
    published = max(n for n, call in enumerate(calls) if call == ("rename", "xuewei.duckdb"))
    assert data < kept < published
    assert ("sync", "versions") in calls[kept:published]
    assert calls[published + 1] == ("sync", "warehouse")


def test_every_file_is_synced_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(descriptor: int) -> None:
        calls.append("fsync")
        fsync(descriptor)

    def note_replace(path: Path, target: Path) -> Path:
        calls.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    durable.write(tmp_path / "a.json", b"{}")
    assert calls == ["fsync", "rename", "fsync"]
