"""A tiny project of its own for every test of the refresh."""

from pathlib import Path

import pytest

from refresh.places import Places
from tests.refresh.fakes import lay_out


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return lay_out(tmp_path / "project")
