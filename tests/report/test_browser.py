"""The report in a real browser: quiet, accessible, within its width, and usable by keyboard."""

from pathlib import Path
from typing import Any

import pytest

from query.connection import open_warehouse
from query.search import search
from tests.report.pages import search_entries
from tests.report.watching import MAIN_PAGES, SAMPLED_PAGES, STICKING_OUT, Watched

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A page is looked at in each width, which nothing of its colours can change. axe, which takes its
# time, sees each page in each language, in each theme and at each width, if not in every mixture.
WIDTHS = (1280, 390)
LOOKS_OF_AXE = {"zh": (1280, "light"), "en": (390, "dark")}
QUERIES = ("幼儿园", "KINDERGARTEN enrolment", "surplus_derived", "株洲市", "46927")
# Rows of a long table are alike: axe, which takes its time over each, is shown the first six.
ASK_AXE = """
levels => {
  const left_out = document.querySelectorAll('tbody tr:nth-child(n+7)');
  left_out.forEach(row => { row.hidden = true; });
  const rules = {type: 'tag', values: levels};
  return axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})
    .then(found => {
      left_out.forEach(row => { row.hidden = false; });
      return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html));
    });
}
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_quiet_accessible_and_within_its_width(
    browser: Any, axe: str, report: Path, language: str
) -> None:
    seen_by_axe, theme = LOOKS_OF_AXE[language]
    context = browser.new_context(reduced_motion="reduce", color_scheme=theme)
    context.add_init_script(axe)
    watched = Watched(context, report)
    faults = []
    widths = WIDTHS
    for name in [*MAIN_PAGES.split(), *SAMPLED_PAGES.split()]:
        path = f"{language}/{name}.html"
        page = watched.visit(path)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            if out := page.evaluate(STICKING_OUT):
                faults.append(f"{path} is {out} pixels too wide at {width}")
            if width == seen_by_axe:
                faults += [f"{path} {one}" for one in page.evaluate(ASK_AXE, LEVELS)]
        # The next page is loaded in the width that is there: half of all changes are spared.
        widths = widths[::-1]
    context.close()
    assert faults == []
    assert watched.messages == []
    assert watched.strange_requests() == []


def test_the_choice_of_language_is_accessible(browser: Any, axe: str, report: Path) -> None:
    context = browser.new_context()
    context.add_init_script(axe)
    watched = Watched(context, report)
    page = watched.visit("index.html")
    assert page.evaluate(ASK_AXE, LEVELS) == []
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/index.html")
    page.get_by_role("link", name="中文").click()
    assert page.url.endswith("/zh/index.html")
    context.close()
    assert watched.messages == []


def test_axe_would_find_a_fault(browser: Any, axe: str, report: Path) -> None:
    context = browser.new_context()
    context.add_init_script(axe)
    page = Watched(context, report).visit("zh/index.html")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any("html-has-lang" in found for found in page.evaluate(ASK_AXE, LEVELS))
    context.close()


def test_the_search_finds_in_either_language_what_the_command_finds(
    browser: Any, report: Path, warehouse: Path
) -> None:
    context = browser.new_context()
    watched = Watched(context, report)
    with open_warehouse(warehouse) as opened:
        expected = {query: search(opened, query) for query in QUERIES}
    index = {(entry[0], entry[1]) for entry in search_entries(report)}
    for language in ("zh", "en"):
        page = watched.visit(f"{language}/search.html")
        box = page.get_by_role("searchbox")
        for query, hits in expected.items():
            box.focus()
            page.keyboard.press("Control+A")
            page.keyboard.type(query)
            shown = page.locator("#hits li code").all_inner_texts()
            kept = [hit.key for hit in hits if (hit.kind, hit.key) in index]
            assert shown == kept[: len(shown)], query
            assert len(shown) == min(len(kept), 50) > 0, query
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "search.html" not in url)
        assert page.locator("h1").is_visible()
    context.close()
    assert watched.messages == []
    assert watched.strange_requests() == []


def test_the_search_says_where_to_look_without_script(browser: Any, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = Watched(context, report).visit("en/search.html")
    assert "needs JavaScript" in page.inner_text("noscript")
    page.get_by_role("main").get_by_role("link", name="Indicators").click()
    assert page.locator("tbody tr:visible").count() > 100
    context.close()


def test_what_the_search_found_is_accessible(browser: Any, axe: str, report: Path) -> None:
    for language, (_, theme) in LOOKS_OF_AXE.items():
        context = browser.new_context(color_scheme=theme)
        context.add_init_script(axe)
        page = context.new_page()
        page.goto(f"{(report / language / 'search.html').as_uri()}?q=幼儿园")
        assert page.locator("#hits li").count() == 50
        assert page.evaluate(ASK_AXE, LEVELS) == []
        context.close()


def test_tables_sort_and_filter_by_keyboard_alone(browser: Any, report: Path) -> None:
    context = browser.new_context()
    page = Watched(context, report).visit("en/figures.html")
    box = page.get_by_label("Filter")
    box.focus()
    page.keyboard.type("Changsha county")
    shown = page.locator("tbody tr:visible")
    count = shown.count()
    assert 0 < count < 10
    assert page.locator("output").inner_text().startswith(f"Showing {count} of ")
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.textContent === 'Value'"):
        page.keyboard.press("Tab")
    for direction, order in (("ascending", 1), ("descending", -1)):
        page.keyboard.press("Enter" if order == 1 else "Space")
        heading = page.locator("th[aria-sort]")
        assert heading.get_attribute("aria-sort") == direction
        values = [
            float(one)
            for one in page.locator("tbody td:nth-child(3)").evaluate_all(
                "cells => cells.map(cell => cell.dataset.v).filter(Boolean)"
            )
        ]
        assert values == sorted(values, reverse=order < 0)
        assert len(values) > 100
    context.close()


def test_a_page_without_script_still_shows_every_row(browser: Any, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = Watched(context, report).visit("zh/targets.html")
    assert page.locator("tbody tr:visible").count() > 60
    assert page.locator("input").count() == 0
    context.close()


def test_the_dark_page_is_dark_and_charts_follow(browser: Any, report: Path) -> None:
    brightness = {}
    for theme in ("light", "dark"):
        context = browser.new_context(color_scheme=theme)
        page = Watched(context, report).visit("zh/preschool.html")
        brightness[theme] = page.evaluate(
            """() => ['html', 'svg text'].map(name => {
              const style = getComputedStyle(document.querySelector(name));
              const colour = name === 'html' ? style.backgroundColor : style.fill;
              return colour.match(/[0-9]+/g).slice(0, 3).map(Number).reduce((a, b) => a + b);
            })"""
        )
        context.close()
    assert brightness["light"][0] > 700
    assert brightness["light"][1] < 200
    assert brightness["dark"][0] < 200
    assert brightness["dark"][1] > 600


@pytest.mark.parametrize("name", ["preschool", "regions/430200", "findings"])
def test_a_number_can_be_followed_to_the_words_that_printed_it(
    browser: Any, report: Path, name: str
) -> None:
    context = browser.new_context()
    page = Watched(context, report).visit(f"en/{name}.html")
    link = page.locator("main a.n").first
    value = link.locator("data").get_attribute("value")
    link.click()
    target = page.locator(":target")
    assert target.locator("data").first.get_attribute("value") == value
    assert target.locator("blockquote").count() > 0
    context.close()
