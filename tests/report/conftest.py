"""One report for all tests of this folder, and a browser for each of its files."""

import os
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pytest

from report import build, site
from tests.conftest import Once
from tests.report.watching import BROWSER_OPTIONS

AXE_PLACES = (".venv/axe/node_modules/axe-core/axe.min.js", "node_modules/axe-core/axe.min.js")


@pytest.fixture(scope="session")
def report(warehouse: Path, once: Once) -> Path:
    """The report of the built warehouse."""
    return once("report", lambda folder: build(warehouse, folder / "report")) / "report"


@pytest.fixture
def only_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports of this test have no page but the first: others are not what it is about."""
    all_of_them = site._edition_pages
    monkeypatch.setattr(site, "_edition_pages", lambda *parts: islice(all_of_them(*parts), 1))


@pytest.fixture
def altered(warehouse: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the warehouse that a test may alter; close it before it is read."""
    copy = tmp_path / "altered.duckdb"
    shutil.copy(warehouse, copy)
    with duckdb.connect(str(copy)) as connection:
        yield connection


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium; its tests are skipped where it is not installed."""
    found = os.environ.get("XUEWEI_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no chromium on this machine: apt-get install chromium fonts-noto-cjk")
    return found


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; its tests are skipped where npm has not installed it."""
    root = Path(__file__).parents[2]
    places = [Path(given)] if (given := os.environ.get("XUEWEI_AXE")) else []
    for place in [*places, *(root / name for name in AXE_PLACES)]:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    pytest.skip("axe-core is not at hand: npm install --prefix .venv/axe axe-core")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """One browser for the tests of a file: while it is open, its thread belongs to its loop."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium, args=BROWSER_OPTIONS)
        yield launched
        launched.close()
