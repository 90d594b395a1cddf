"""The page on the checks shows what really comes out.

`XUEWEI_REWRITE_DOCS=1 pytest tests/query/test_checks_page.py` puts the real output into it.
"""

import os
from pathlib import Path

import pytest

from project import paths
from tests.query.documented import with_real_output


@pytest.mark.parametrize("name", ["checks.md", "checks.zh.md"])
def test_what_the_page_on_the_checks_shows_is_what_comes_out(name: str, warehouse: Path) -> None:
    page = paths.root() / "docs" / name
    real = with_real_output(page.read_text(encoding="utf-8"), warehouse)
    if os.environ.get("XUEWEI_REWRITE_DOCS"):
        page.write_text(real, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == real
