"""A warehouse that fills many pages: nothing is left out, and every link still leads somewhere."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from report.addresses import addresses
from report.keys import Key
from tests.report.pages import all_pages, broken_links, parsed


@pytest.fixture(scope="module")
def split(warehouse: Path) -> Mapping[str, str]:
    """The pages where next to nothing has room on one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("report.addresses.MOST_PIECES", 12)
        for room in ("knowledge", "finding_pages"):
            patch.setattr(f"report.{room}.MOST_FINDINGS", 1)
        for room in ("knowledge", "tables"):
            patch.setattr(f"report.{room}.MOST_ROWS", 20)
        return all_pages(warehouse)


def test_lists_and_explanations_of_many_pages_hold_together(split: Mapping[str, str]) -> None:
    for name in ("figures", "targets", "findings", "indicators", "regions"):
        assert f"en/{name}-2.html" in split
    assert broken_links(split) == []


def test_every_contradiction_stands_on_one_of_many_pages(
    split: Mapping[str, str], warehouse: Path
) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        known = connection.execute(
            "select finding_id from consistency_findings where verdict <> 'consistent'"
        ).fetchall()
    shown = [
        str(article.id)
        for path, html in split.items()
        if path.startswith("en/findings")
        for article in parsed(html).css("article.finding")
    ]
    assert sorted(shown) == sorted(finding for (finding,) in known)
    assert len(shown) > 1


def test_every_observation_is_explained_exactly_once(
    split: Mapping[str, str], report: Path, warehouse: Path
) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select count(*) from observations.reconciled_observations"
        ).fetchone()
    whole = {file.as_posix(): file.read_text("utf-8") for file in report.glob("en/expl*/*/*.html")}
    few = {path: html for path, html in split.items() if path.startswith("en/expl")}
    for folder in (whole, few):
        entries = [node for html in folder.values() for node in parsed(html).css(".chapter .entry")]
        assert found == (len(entries),)
    assert len(few) > len(whole)


def key(indicator: str, region: str, period: str) -> Key:
    return Key(indicator, region, "self", "total", period, "actual")


def test_a_page_of_explanations_is_split_by_indicator_then_region_then_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("report.addresses.MOST_PIECES", 3)
    small = [key("few", "4302", "2020"), key("few", "430202", "2020")]
    middle = [key("some", "4303", str(year)) for year in (2019, 2020)]
    middle += [key("one", "4303", "2020"), key("two", "4303", "2020")]
    large = [key("many", "4301", str(year)) for year in range(2000, 2007)]
    large += [key("many", "430102", "2020")]
    made = addresses(
        [*small, *middle, *large], lambda code: code[:4], lambda _: "topic", lambda _: 1
    )
    assert Counter({page: len(keys) for page, keys in made.pages.items()}) == {
        "explanations/4302/topic.html": 2,
        "explanations/4303/some.html": 2,
        "explanations/4303/one.html": 1,
        "explanations/4303/two.html": 1,
        "explanations/4301/many.html": 3,
        "explanations/4301/many-2.html": 3,
        "explanations/4301/many-3.html": 1,
        "explanations/430102/many.html": 1,
    }
    assert len(set(made.known.values())) == 14


def test_a_list_of_very_many_pages_links_its_ends_its_tens_and_its_neighbours(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.tables.MOST_ROWS", 5)
    found = all_pages(warehouse)
    [links] = parsed(found["en/figures-35.html"]).css("nav.pages")
    shown = [link.text() for link in links.css("a")]
    count = sum(path.startswith("en/figures") for path in found)
    assert count > 40
    tens = [str(number) for number in range(10, count + 1, 10)]
    near = [str(number) for number in range(32, 39)]
    assert sorted({*shown}) == sorted({"1", *tens, *near, str(count)})
    assert shown == sorted(shown, key=int)
    assert links.css("a[aria-current='page']")[0].text() == "35"
