"""One build on both engines for all tests of this folder."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from project import paths
from spark.build import build
from spark.places import Places
from spark.tables import build_on_duckdb

PARTS: Final = ("seeds", "models", "macros", "tests/data", "dbt_project.yml", "profiles.yml")


@dataclass(frozen=True, slots=True)
class Both:
    """A project that both engines have built: the places of Spark's tables, and DuckDB's file."""

    at: Places
    file: Path


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Built once, whatever the number of workers; data tests ran on Spark.

    `XUEWEI_TEST_SPARK` names the root of a project that `xuewei spark build` and
    `xuewei spark compare` have built already.
    """
    pytest.importorskip("pyspark", reason="the extra spark is not installed (pyspark)")
    if built := os.environ.get("XUEWEI_TEST_SPARK"):
        return _both(Path(built).resolve())
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "spark-project"
    found = _both(root)
    with FileLock(f"{root}.lock"):
        if not found.file.exists():
            _copy(root)
            build(found.at)
            build_on_duckdb(found.at, found.file, empty=False)
    return found


def _both(root: Path) -> Both:
    at = Places(root, root / "warehouse", root / ".cache" / "spark")
    return Both(at, at.duckdb / "xuewei.duckdb")


def _copy(root: Path) -> None:
    for part in PARTS:
        source, target = paths.root() / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
