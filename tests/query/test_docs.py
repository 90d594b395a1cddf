"""The analyst's pages show what really comes out.

`XUEWEI_REWRITE_DOCS=1 pytest tests/query/test_docs.py` puts the real output into the pages.
"""

import os
import re
from pathlib import Path

import pytest

from project import paths
from project.language import set_language
from tests.query.documented import with_real_output

PAGES = {"analyst.md": "en", "analyst.zh.md": "zh"}


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_shows_is_what_comes_out(
    name: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUEWEI_LANG", PAGES[name])
    set_language(PAGES[name])
    page = paths.root() / "docs" / name
    real = with_real_output(page.read_text(encoding="utf-8"), warehouse)
    if os.environ.get("XUEWEI_REWRITE_DOCS"):
        page.write_text(real, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == real


def test_both_languages_ask_the_same() -> None:
    asked = [
        re.sub(r"_(en|zh)\b|'(Zhuzhou|株洲市)'", "", "\n".join(statements(page)))
        for page in (paths.root() / "docs" / name for name in PAGES)
    ]
    assert asked[0] == asked[1]


def test_the_page_has_ten_queries_and_each_gives_rows() -> None:
    for name in PAGES:
        page = paths.root() / "docs" / name
        assert len(statements(page)) >= 10
        assert "0 rows" not in page.read_text(encoding="utf-8")


def statements(page: Path) -> list[str]:
    """The SQL of a page."""
    return re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
