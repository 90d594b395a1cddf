"""One real refresh by the command line, for all tests that want a built warehouse.

It runs where the machine has a kernel that grants it: in a network namespace without interfaces.
Under pytest-xdist the first worker makes it and the others wait.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from project import paths

PARTS: Final = ("seeds", "models", "macros", "tests/data", "dbt_project.yml", "profiles.yml")
WITHOUT_NETWORK: Final = ("unshare", "--net", "--map-root-user")


@dataclass(frozen=True, slots=True)
class RealRun:
    """A copy of the project that was refreshed once."""

    root: Path
    code: int
    said: str

    @property
    def file(self) -> Path:
        """The warehouse that it published."""
        return self.root / "warehouse" / "xuewei.duckdb"

    @property
    def had_network(self) -> bool:
        return "without network" not in (self.root / "how.txt").read_text(encoding="utf-8")


def command_line(
    root: Path, *words: str, network: bool = True
) -> "subprocess.CompletedProcess[str]":
    """Run `xuewei` on a copy of the project, as a scheduler would."""
    before = () if network else WITHOUT_NETWORK
    return subprocess.run(
        [*before, sys.executable, str(paths.root() / "xuewei.py"), *words],
        cwd=paths.root(),
        env={**os.environ, "XUEWEI_ROOT": str(root), "XUEWEI_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )


def real_refresh(factory: pytest.TempPathFactory) -> RealRun:
    """The one real refresh of this test run."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    root = shared / "real-project"
    with FileLock(shared / "real-project.lock"):
        if not (root / "code.txt").exists():
            _refresh(root)
    code = int((root / "code.txt").read_text(encoding="utf-8"))
    return RealRun(root, code, (root / "said.txt").read_text(encoding="utf-8"))


def _refresh(root: Path) -> None:
    for part in PARTS:
        source, target = paths.root() / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copyfile(source, target)
    network = not _can_do_without()
    (root / "how.txt").write_text("with" if network else "without network", encoding="utf-8")
    done = command_line(root, "refresh", "--detailed-exit-code", network=network)
    (root / "said.txt").write_text(f"{done.stdout}\n{done.stderr}", encoding="utf-8")
    (root / "code.txt").write_text(str(done.returncode), encoding="utf-8")


def _can_do_without() -> bool:
    """Whether this machine lets us run a program without any network."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False)
    return tried.returncode == 0
