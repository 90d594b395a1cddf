"""The example notebook runs from its first cell to its last, without a server or a network."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from project import paths
from query.faults import QueryFault

# The number that each table shows with its interval, in the order of the notebook.
SHOWN = (
    "surplus_derived",
    "gross_enrolment_rate_pct",
    "amount_per_pupil_yuan",
    "expected_surplus",
    "derived",
)


def notebook() -> ModuleType:
    """The notebook as a module; its cells have not run."""
    pytest.importorskip("marimo", reason="the extra notebook is not installed")
    file = paths.root() / "notebooks" / "first_look.py"
    spec = importlib.util.spec_from_file_location("first_look", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def outputs(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What every cell shows, on a built file in the place of the published one."""
    monkeypatch.setattr(paths, "published_file", lambda: warehouse)
    shown, _ = notebook().app.run()
    return list(shown)


def test_the_notebook_shows_five_tables_with_intervals(outputs: list[Any]) -> None:
    tables = [output for output in outputs if isinstance(output, pd.DataFrame)]
    for table, column in zip(tables, SHOWN, strict=True):
        filled = table[table[column].notna()]
        assert len(filled), column
        assert (filled[f"{column}_low"] <= filled[column]).all(), column
        assert (filled[column] <= filled[f"{column}_high"]).all(), column
    places = tables[0].set_index(["region_name_en", "period", "sector"])
    assert places.loc[("Zhuzhou", "2022", "total"), "surplus_derived"] == 46907


def test_every_text_of_the_notebook_is_in_both_languages(outputs: list[Any]) -> None:
    texts = [output.text for output in outputs if hasattr(output, "text")]
    assert len(texts) == len(SHOWN) + 1
    for text in texts:
        assert "｜" in text
        assert any("一" <= character <= "鿿" for character in text)


def test_without_a_warehouse_the_notebook_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "published_file", lambda: tmp_path / "none.duckdb")
    with pytest.raises(Exception, match="make warehouse") as said:
        notebook().app.run()
    assert isinstance(said.value.__cause__ or said.value, QueryFault)
