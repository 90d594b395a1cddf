"""The readers' messages are asserted in English; one test asks for both languages itself."""

from collections.abc import Iterator

import pytest

from project.language import language, set_language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)
