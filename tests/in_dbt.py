"""dbt within the tests: a process that has imported it once builds one project after the other."""

import os
from pathlib import Path
from typing import Any

import pytest

from project import paths

PROFILE = """\
xuewei:
  target: test
  outputs:
    test: {type: duckdb, path: FILE, threads: 2}
"""
ONLY_TABLES = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")


def lay_out_profile(folder: Path, file: Path) -> None:
    """A profile that builds into a file."""
    text = PROFILE.replace("FILE", f"'{file}'")
    (folder / "profiles.yml").write_text(text, encoding="utf-8")


def build(folder: Path) -> None:
    """Build the project's own models into `xuewei.duckdb` of a folder."""
    file = folder / "xuewei.duckdb"
    lay_out_profile(folder, file)
    must(dbt(paths.root(), folder, "build", *ONLY_TABLES))


def dbt(project: Path, folder: Path, *words: str, manifest: Any = None) -> Any:
    """Run dbt on a project with the profile in a folder, where it also writes what it notes."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    manager: Any = DuckDBConnectionManager
    options = [
        *("--project-dir", str(project), "--profiles-dir", str(folder)),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        *("--log-level", "none", "--log-level-file", "none", "--no-write-json"),
    ]
    before = Path.cwd()
    try:
        os.environ.setdefault("DO_NOT_TRACK", "1")
        os.chdir(project)
        return dbtRunner(manifest=manifest).invoke([*words, *options])
    finally:
        os.chdir(before)
        # Else the file stays locked and its log stays beside it.
        manager.close_all_connections()


def must(outcome: Any) -> Any:
    """The outcome where dbt succeeded; else the test fails with what dbt says of its nodes."""
    if not outcome.success:
        results = getattr(outcome.result, "results", ())
        troubles = [f"{r.node.name}: {r.message}" for r in results if str(r.status) == "error"]
        said = "\n".join(troubles) or str(outcome.exception)
        pytest.fail(f"dbt could not build the warehouse:\n{said[:4000]}", pytrace=False)
    return outcome
