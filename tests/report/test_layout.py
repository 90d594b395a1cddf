"""The report on a telephone and on paper."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.report.watching import MAIN_PAGES, SAMPLED_PAGES, STICKING_OUT, Watched

NARROW = {"width": 390, "height": 844}
STACKED_PAGES = "figures targets measures documents indicators regions regions/430200 preschool"
# Cells of such tables that a reader would have to move sideways to see.
OUT_OF_SIGHT = """
() => [...document.querySelectorAll('table.stacked tbody tr :is(th, td)')]
  .filter(cell => cell.getBoundingClientRect().right > innerWidth
    || cell.scrollWidth > cell.clientWidth)
  .map(cell => cell.textContent)
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_telephone_shows_every_value_of_a_list_without_moving_sideways(
    browser: Any, report: Path, language: str
) -> None:
    context = browser.new_context(viewport=NARROW)
    watched = Watched(context, report)
    for name in STACKED_PAGES.split():
        page = watched.visit(f"{language}/{name}.html")
        assert page.locator("table.stacked tbody td:visible").count() > 10, name
        assert page.evaluate(OUT_OF_SIGHT) == [], name
    context.close()


def test_the_cards_of_a_telephone_name_their_lines_and_are_still_a_table(
    browser: Any, report: Path
) -> None:
    context = browser.new_context(viewport=NARROW)
    page = Watched(context, report).visit("en/figures.html")
    value = page.locator("tbody tr:first-child td.number")
    name = value.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert name == '"Value"'
    tree = context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    roles = Counter(node["role"]["value"] for node in tree["nodes"] if not node["ignored"])
    rows = page.locator("tbody tr").count()
    assert roles["table"] == 1
    assert roles["row"] == rows + 1
    assert roles["columnheader"] == page.locator("thead th").count()
    assert roles["rowheader"] == rows
    page.get_by_role("button", name="Value").focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    context.close()


def test_a_page_prints_on_a4_without_its_tools(browser: Any, report: Path, tmp_path: Path) -> None:
    context = browser.new_context()
    page = Watched(context, report).visit("zh/after_school.html")
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible()
    assert not page.get_by_role("link", name="English").is_visible()
    assert page.locator("svg").first.is_visible()
    written = page.pdf(prefer_css_page_size=True)
    context.close()
    assert b"/MediaBox [0 0 594" in written or b"/MediaBox [0 0 595" in written
    if folder := os.environ.get("XUEWEI_SHOTS"):
        (Path(folder) / "after_school.pdf").write_bytes(written)


# The width of A4 between the margins of the style sheet, in pixels.
A4_WIDTH = 680


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_page_fits_the_width_of_a4_in_print(
    browser: Any, report: Path, language: str
) -> None:
    context = browser.new_context(viewport={"width": A4_WIDTH, "height": 962})
    watched = Watched(context, report)
    faults = []
    for name in [*MAIN_PAGES.split(), *SAMPLED_PAGES.split()]:
        page = watched.visit(f"{language}/{name}.html")
        page.emulate_media(media="print")
        # A stroke at the edge of a chart may stand out by its own width.
        if (out := page.evaluate(STICKING_OUT)) > 1:
            faults.append(f"{name} is {out} pixels too wide")
    context.close()
    assert faults == []
