"""The versions of the warehouse: one folder each, with the file and its manifest.

A folder appears under its name only when both are whole. The number orders them, not the clock.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from project.errors import UsageFault
from project.language import say
from refresh import durable
from refresh.contents import Contents
from refresh.places import HALF_MADE, Places
from refresh.shapes import fits

FILE: Final = "xuewei.duckdb"
MANIFEST: Final = "manifest.json"
CHECKS: Final = "checks.html"
NAME: Final = re.compile(r"(\d{4,})-\d{4}-\d{2}-\d{2}T\d{4}Z")

# Read-only for all: a version shares its bytes with the published file.
MODE: Final = 0o444


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a version.

    name: number and moment of the build (0007-2026-11-22T0230Z). published_at: empty until it was
    swapped in once. built_from: name of the version whose unchanged regions were taken over; None
    where everything was built anew. inputs: file -> SHA-256. tools: program -> version.
    has_outputs: whether report and exports were made from it and lie in their places; outputs: the
    folders that were.
    """

    number: int
    name: str
    run_id: str
    built_at: str
    fingerprint: str
    inputs: Mapping[str, str]
    tools: Mapping[str, str]
    git_commit: str | None
    sha256: str
    bytes: int
    contents: Contents
    expectations: Mapping[str, Any]
    seconds: Mapping[str, float] = field(default_factory=dict)
    published_at: str | None = None
    built_from: str | None = None
    has_outputs: bool = False
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A version in its folder."""

    folder: Path
    manifest: Manifest

    @property
    def file(self) -> Path:
        """The warehouse of this version."""
        return self.folder / FILE

    @property
    def checks(self) -> Path:
        """The page of the checks that it passed; an early version may have none."""
        return self.folder / CHECKS

    @property
    def is_whole(self) -> bool:
        """Whether the file still is what the manifest says."""
        found = self.manifest
        return self.file.stat().st_size == found.bytes and durable.sha256(self.file) == found.sha256


def versions(places: Places) -> tuple[Version, ...]:
    """All versions, oldest first; what is no version is passed over."""
    return tuple(sorted(_versions(places), key=lambda version: version.manifest.number))


def current(places: Places) -> Version | None:
    """The version that is published, known by its content; None where the file is of no version."""
    if not places.published.is_file():
        return None
    size = places.published.stat().st_size
    alike = [version for version in versions(places) if version.manifest.bytes == size]
    if not alike:
        return None
    content = durable.sha256(places.published)
    return next((v for v in reversed(alike) if v.manifest.sha256 == content), None)


def find(places: Places, name: str) -> Version:
    """The version of a name, or of a number with or without zeros. Raises UsageFault."""
    known = versions(places)
    for version in known:
        manifest = version.manifest
        if name == manifest.name or (name.isdigit() and int(name) == manifest.number):
            return version
    names = ", ".join(version.manifest.name for version in known) or "-"
    raise UsageFault(say("refresh.unknown_version", name=name, known=names))


def next_number(places: Places) -> int:
    """One more than the highest number in use, also by a folder that nobody can read any more."""
    names = (folder.name for folder in places.versions.glob("*"))
    return max((int(found[1]) for name in names if (found := NAME.fullmatch(name))), default=0) + 1


def add(places: Places, file: Path, manifest: Manifest) -> Version:
    """Take a finished file over as a version, with the page of its checks beside it.

    The file then is no longer where it was.
    """
    places.versions.mkdir(exist_ok=True)
    aside = places.versions / f"{HALF_MADE}{manifest.name}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    durable.sync_file(file)
    if os.name != "nt":
        file.chmod(MODE)
    durable.move(file, aside / FILE)
    if places.checks_page.is_file():
        durable.write(aside / CHECKS, places.checks_page.read_bytes())
    durable.write_json(aside / MANIFEST, asdict(manifest))
    folder = places.versions / manifest.name
    durable.move(aside, folder)
    return Version(folder, manifest)


def mark(version: Version, **changes: Any) -> Version:
    """Note in the manifest that it was published, or that its outputs were made."""
    manifest = replace(version.manifest, **changes)
    durable.write_json(version.folder / MANIFEST, asdict(manifest))
    return Version(version.folder, manifest)


def swap_in(places: Places, version: Version) -> None:
    """Make a version the published one, by one rename; readers see the one or the other.

    Raises PermissionError where Windows keeps the published file open.
    """
    if places.published.exists() and places.published.samefile(version.file):
        return
    places.build.mkdir(exist_ok=True)
    second = places.build / f"{HALF_MADE}{FILE}"
    second.unlink(missing_ok=True)
    durable.second_name(version.file, second)
    durable.move(second, places.published)


def drop(version: Version) -> None:
    """Remove a version; a crash leaves nothing that looks like one."""
    doomed = version.folder.with_name(f"{HALF_MADE}{version.folder.name}")
    durable.move(version.folder, doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def prune(places: Places, keep: int) -> None:
    """Drop all but the published version, `keep` others, and none that was never published."""
    live = current(places)
    others = [v for v in versions(places) if live is None or v.folder != live.folder]
    earlier = [version for version in others if version.manifest.published_at]
    for version in others:
        if version not in earlier[max(0, len(earlier) - keep) :]:
            drop(version)


def _versions(places: Places) -> Iterator[Version]:
    if not places.versions.is_dir():
        return
    for folder in places.versions.iterdir():
        if NAME.fullmatch(folder.name) and (folder / FILE).is_file():
            manifest = _manifest(durable.read_json(folder / MANIFEST))
            if manifest is not None:
                yield Version(folder, manifest)


def _manifest(content: dict[str, Any] | None) -> Manifest | None:
    if content is None:
        return None
    known = {entry.name for entry in fields(Manifest)}
    try:
        given = {name: value for name, value in content.items() if name in known}
        contents = given.pop("contents")
        if not fits(Contents, contents) or not fits(Manifest, given):
            return None
        return Manifest(**given, contents=Contents(**contents))
    except (KeyError, TypeError, AttributeError):
        return None
