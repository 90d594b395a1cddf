"""The tiny seeds, and a store that is still to be laid out."""

from pathlib import Path

import pytest

from ingest.store import Store
from tests.ingest import broken_seeds


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return broken_seeds.lay_out(tmp_path / "seeds")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")
