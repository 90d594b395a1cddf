"""What tests share: one language, the documents where they are at hand, one built warehouse."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from project import paths
from project.language import set_language


@pytest.fixture(autouse=True)
def speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins in English, whatever the machine speaks."""
    monkeypatch.setenv("XUEWEI_LANG", "en")
    set_language("en")


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of the source documents; a test that needs it is skipped where it is missing."""
    beside = paths.root().parent / "shared" / "documents"
    places = [paths.documents_folder()]
    if not os.environ.get("XUEWEI_DOCUMENTS"):
        places.append(beside)
    for place in places:
        if place.is_dir():
            return place
    pytest.skip("the source documents are not at hand: set XUEWEI_DOCUMENTS to their folder")


PROFILE = """\
xuewei:
  target: test
  outputs:
    test: {type: duckdb, path: FILE, threads: 2}
"""


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built warehouse that no test writes to: copy the file where you must.

    `XUEWEI_TEST_WAREHOUSE` names one that is built already; else dbt builds it once, whatever the
    number of workers.
    """
    if built := os.environ.get("XUEWEI_TEST_WAREHOUSE"):
        return Path(built).resolve()
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "built"
    with FileLock(f"{folder}.lock"):
        if not (folder / "xuewei.duckdb").exists():
            _build(folder)
    return folder / "xuewei.duckdb"


def _build(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    file = folder / "building.duckdb"
    file.unlink(missing_ok=True)
    profile = PROFILE.replace("FILE", f"'{file}'")
    (folder / "profiles.yml").write_text(profile, encoding="utf-8")
    dbt = Path(sys.executable).with_name("dbt")
    options = ("--profiles-dir", "--target-path", "--log-path")
    folders = [word for option in options for word in (option, str(folder))]
    left_out = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    ended = subprocess.run(
        [dbt, "--quiet", "build", *folders, *left_out],
        cwd=paths.root(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        pytest.fail(f"dbt could not build the warehouse:\n{ended.stdout[-4000:]}", pytrace=False)
    file.rename(folder / "xuewei.duckdb")
