"""Starts a shell on a built file: DuckDB's own from PyPI, or Harlequin, locked down alike."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from project.language import say
from query.connection import Limits
from query.faults import QueryFault

# The shell's safe mode stops files, dot commands that reach outside, and further settings.
SETTINGS: Final = (
    "set autoinstall_known_extensions = false;",
    "set autoload_known_extensions = false;",
    "set temp_directory = '';",
    f"set memory_limit = '{Limits().memory}';",
)
HARLEQUIN_LOCK: Final = ("set enable_external_access = false;", "set lock_configuration = true;")


def run_duckdb(file: Path, arguments: Sequence[str] = ()) -> int:
    """Run DuckDB's shell on a file, read-only and in safe mode; give back its exit code.

    `arguments` go to the shell after the file. Raises QueryFault where the shell is missing.
    """
    command = [str(duckdb_program()), "-readonly", "-no-init"]
    for setting in (*SETTINGS, ".safe_mode"):
        command += ["-cmd", setting]
    return subprocess.call([*command, str(file), *arguments])  # noqa: S603 - the program of our environment


def run_harlequin(file: Path) -> int:
    """Run Harlequin on a file, read-only and locked; give back its exit code.

    Raises QueryFault where Harlequin is not installed.
    """
    program = _in_environment("harlequin")
    if program is None:
        raise QueryFault(say("query.no_harlequin"))
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "lock.sql"
        lock.write_text("\n".join((*SETTINGS, *HARLEQUIN_LOCK)) + "\n", encoding="utf-8")
        return subprocess.call(  # noqa: S603 - the program of our environment
            [str(program), "--read-only", "--init-path", str(lock), str(file)]
        )


def duckdb_program() -> Path:
    """The program of duckdb-cli itself: its Python wrapper sets what safe mode refuses."""
    try:
        import duckdb_cli  # type: ignore[import-untyped]
    except ImportError:
        found = _in_environment("duckdb")
    else:
        name = "duckdb.exe" if os.name == "nt" else "duckdb"
        found = Path(str(duckdb_cli.__file__)).with_name(name)
    if found is None or not found.exists():
        raise QueryFault(say("query.no_shell"))
    return found


def _in_environment(program: str) -> Path | None:
    """A program beside this Python, else on the path."""
    beside = shutil.which(program, path=str(Path(sys.executable).parent))
    found = beside or shutil.which(program)
    return Path(found) if found else None
