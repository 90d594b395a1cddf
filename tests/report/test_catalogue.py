"""dbt's documentation: one page of the built file, that asks for nothing and tells no path."""

import json
from pathlib import Path
from typing import Any

import pytest

from project import paths
from project.errors import ExitCode, InputFault
from report import catalogue
from tests.refresh.real import RealRun, real_refresh
from tests.report.watching import Watched


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> RealRun:
    """The real job, which makes the page too."""
    return real_refresh(tmp_path_factory)


@pytest.fixture
def page(run: RealRun) -> Path:
    assert run.code == ExitCode.PUBLISHED, run.said
    return run.root / "warehouse" / "catalogue" / "index.html"


def test_the_page_opens_from_a_folder_and_asks_for_nothing(page: Path, browser: Any) -> None:
    context = browser.new_context()
    watched = Watched(context, page.parent)
    shown = watched.visit("index.html")
    shown.evaluate("location.hash = '#!/model/model.xuewei.kindergarten_places'")
    shown.get_by_role("heading", name="kindergarten_places").wait_for()
    shown.locator("td").get_by_text("utilisation_pct", exact=True).first.wait_for()
    context.close()
    assert set(watched.requests) == {page.as_uri()}
    assert watched.messages == []


def test_the_page_tells_no_path_of_this_machine(run: RealRun, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert run.root.as_posix() not in text
    assert paths.root().as_posix() not in text
    assert str(Path.home()) not in text
    assert json.dumps("每行一个地区、时期与办学性质的园位")[1:-1] in text


def test_the_policy_stands_before_everything_that_could_ask() -> None:
    made = catalogue.quiet('<html><head><script src="x"></script></head></html>', Path("/a/b"))
    assert made.index("Content-Security-Policy") < made.index("<script")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="there is no warehouse file"):
        catalogue.build(tmp_path / "none.duckdb", tmp_path / "catalogue")
    assert not (tmp_path / "catalogue").exists()


def test_a_folder_that_cannot_be_written_is_said(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_generate", lambda root, place: None)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputFault, match="can't write the folder"):
        catalogue.build(warehouse, tmp_path / "file" / "catalogue")
