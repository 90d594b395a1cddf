"""What tests share: one language, the documents where they are at hand, one built warehouse."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from project import paths
from project.language import set_language
from tests.in_dbt import build

# dbt and the report build trees that stay; looking through them for garbage is made rare.
gc.set_threshold(100_000, 50, 100)

Once = Callable[[str, Callable[[Path], object]], Path]

# What takes longest is begun first, so that no worker is left alone with it at the end. The files
# that build with dbt follow each other: the worker that takes them has imported it.
LONGEST_FIRST: Final = (
    "refresh/test_command_line.py",
    "ingest/store/test_warehouse.py",
    "broken/test_every_check_fires.py",
    "bench/test_mutations.py",
    "report/test_browser.py",
    "ingest/store/test_store.py",
    "expectations/test_expectations.py",
    "export/test_exports.py",
    "report/test_pages.py",
    "refresh/test_faults.py",
    "refresh/test_hostile.py",
    "report/test_catalogue.py",
    "bench/test_nation.py",
    "ingest/quantities/test_properties.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests; pytest-xdist then hands out the files in this order."""
    folder = Path(__file__).parent
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}

    def place(item: pytest.Item) -> int:
        return places.get(item.path.relative_to(folder).as_posix(), len(places))

    items.sort(key=place)


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


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fills a folder of a name a single time, whatever the number of workers: once(name, fill)."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def filled(name: str, fill: Callable[[Path], object]) -> Path:
        folder, is_filled = shared / name, shared / f"{name}.filled"
        with FileLock(f"{folder}.lock"):
            if not is_filled.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                is_filled.touch()
        return folder

    return filled


@pytest.fixture(scope="session")
def warehouse(once: Once) -> Path:
    """A built warehouse that no test writes to: copy the file where you must.

    `XUEWEI_TEST_WAREHOUSE` names one that is built already; else dbt builds it.
    """
    if built := os.environ.get("XUEWEI_TEST_WAREHOUSE"):
        return Path(built).resolve()
    return once("built", build) / "xuewei.duckdb"
