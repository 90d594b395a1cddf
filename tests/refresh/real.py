"""One real refresh by the command line, for all tests that want a built warehouse.

It runs where the machine has a kernel that grants it: in a network namespace without interfaces.
Under pytest-xdist the first worker makes it and the others wait.
"""

import csv
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
# The title of one document and the evidence of one of its figures, as somebody might send them in.
HOSTILE_DOCUMENT: Final = "changsha-2024-2"
HOSTILE_TITLE: Final = """=cmd|' /C calc'!A0<script>alert(1)</script>'; drop table figures; --{0}"""
HOSTILE_EVIDENCE: Final = """=1+1<b>'--80人/千人"""
HOSTILE_NAMES: Final = (
    "=cmd|' _C calc'!A0<img src=x onerror=alert(1)>.txt",
    "up\\..\\..\\evil'; drop table figures; --.txt",
    "letter\npublished 0009 as xuewei.duckdb\x1b[31m.txt",
)
TELEPHONE: Final = "13800001111"
HOSTILE_TEXT: Final = (
    f"联系人：张三丰，联系电话：{TELEPHONE}\n"
    "=1+1</script><script>alert(1)</script>'; drop table figures; -- 某市有园所12处。\n"
)
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
        # The most careless mask there is: what is written must be safe by itself.
        umask=-1 if os.name == "nt" else 0,
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


def copy_project(root: Path) -> None:
    """What a refresh reads of the project, and nothing that was built."""
    for part in PARTS:
        source, target = paths.root() / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copyfile(source, target)


def _refresh(root: Path) -> None:
    copy_project(root)
    _add_what_is_hostile(root)
    network = not _can_do_without()
    (root / "how.txt").write_text("with" if network else "without network", encoding="utf-8")
    done = command_line(root, "refresh", "--detailed-exit-code", network=network)
    (root / "said.txt").write_text(f"{done.stdout}\n{done.stderr}", encoding="utf-8")
    (root / "code.txt").write_text(str(done.returncode), encoding="utf-8")


def _add_what_is_hostile(root: Path) -> None:
    """Rewrite a title and an evidence of the seeds, and fill the inbox."""
    for seed, column, key, value in (
        ("documents", "title_zh", HOSTILE_DOCUMENT, HOSTILE_TITLE),
        ("figures", "evidence", f"{HOSTILE_DOCUMENT}-001", HOSTILE_EVIDENCE),
    ):
        file = root / "seeds" / "documents" / f"{seed}.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        for row in rows:
            if row[0] == key:
                row[header.index(column)] = value
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows([header, *rows])
    (root / "inbox").mkdir()
    if os.name != "nt":
        for number, name in enumerate(HOSTILE_NAMES):
            (root / "inbox" / name).write_text(f"{HOSTILE_TEXT}{number}", encoding="utf-8")


def _can_do_without() -> bool:
    """Whether this machine lets us run a program without any network."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False)
    return tried.returncode == 0
