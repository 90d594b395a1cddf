"""What a warehouse is made of: every input file and every tool, by content and version.

Files are read, not dated: a clock set back or a fresh checkout changes nothing.
"""

import hashlib
import platform
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Protocol

from ingest.store import configured_store
from refresh.durable import sha256

FILES: Final = ("dbt_project.yml", "profiles.yml")
FOLDERS: Final = ("seeds", "models", "macros", "tests/data", "expectations")
TOOLS: Final = ("dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "xuewei")
STORE: Final = "figure_store"
NOT_INPUTS: Final = frozenset({".pyc", ".swp", ".tmp"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs at one moment: file (relative, with slashes) -> SHA-256, tool -> version."""

    files: Mapping[str, str]
    tools: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """One hash over everything."""
        lines = [
            f"{name} {value}"
            for part in (self.files, self.tools)
            for name, value in sorted(part.items())
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def changed(self, earlier: Mapping[str, str]) -> tuple[str, ...]:
        """Files that differ from those of an earlier moment, were added, or are gone."""
        names = self.files.keys() | earlier.keys()
        return tuple(sorted(n for n in names if self.files.get(n) != earlier.get(n)))


class Earlier(Protocol):
    """What is remembered of an earlier build."""

    @property
    def inputs(self) -> Mapping[str, str]:
        """File -> SHA-256."""

    @property
    def tools(self) -> Mapping[str, str]:
        """Tool -> version."""


def take(root: Path) -> Inputs:
    """The inputs of the project at `root` as they are now."""
    return Inputs({name: sha256(file) for name, file in _files(root)}, tools())


@cache
def tools() -> Mapping[str, str]:
    """Versions of what builds and checks; a tool that is not installed is left out."""
    found = {"python": platform.python_version()}
    for name in TOOLS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def changed_partitions(inputs: Inputs, earlier: Earlier | None) -> frozenset[str] | None:
    """Partitions of the figure store that differ from an earlier build: `province=43/year=2023`.

    None where a rule by which they are judged may have changed, so that all must be looked into.
    """
    if earlier is None or dict(earlier.tools) != dict(inputs.tools):
        return None
    names = inputs.changed(earlier.inputs)
    seeds = [name for name in names if not name.startswith(f"{STORE}/")]
    if all(name.startswith("seeds/documents/") and name.endswith(".csv") for name in seeds):
        return frozenset(
            name.rpartition("/")[0].split("/", 2)[2] for name in names if name.startswith(STORE)
        )
    return None


def git_commit(root: Path) -> str | None:
    """The commit that is checked out; None outside a repository or without git."""
    git = shutil.which("git")
    if git is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603
            [git, "-C", str(root), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for name in FILES:
        if (root / name).is_file():
            yield name, root / name
    for folder in FOLDERS:
        for file in (root / folder).rglob("*"):
            below = file.relative_to(root)
            hidden = any(part.startswith(".") or part == "__pycache__" for part in below.parts)
            if not hidden and file.suffix not in NOT_INPUTS and file.is_file():
                yield below.as_posix(), file
    store = configured_store(root)
    for name, file in store.all_files() if store else ():
        yield f"{STORE}/{name}", file
