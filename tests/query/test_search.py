"""What `xuewei search` promises: either language finds it, the best first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from query.connection import Warehouse, open_warehouse
from query.search import search, suggestions


@pytest.fixture(scope="module")
def opened(warehouse: Path) -> Iterator[Warehouse]:
    with open_warehouse(warehouse) as connection:
        yield connection


@pytest.mark.parametrize(
    ("words", "kind", "key"),
    [
        ("幼儿园", "indicator", "kindergartens"),
        ("Kindergartens", "indicator", "kindergartens"),
        ("kindergarten_places", "mart", "kindergarten_places"),
        ("surplus_derived", "column", "kindergarten_places.surplus_derived"),
        ("surplus derived", "column", "kindergarten_places.surplus_derived"),
        ("富余园位", "column", "kindergarten_places.surplus_stated"),
        ("株洲市", "region", "430200"),
        ("lukou", "region", "430212"),
        ("430212", "region", "430212"),
        ("zhuzhou-2023-27", "document", "zhuzhou-2023-27"),
        ("株教提字〔2023〕27号", "document", "zhuzhou-2023-27"),
        ("46927", "figure", "zhuzhou-2023-27-013"),
        ("ＺＨＵＺＨＯＵ", "region", "430200"),
    ],
)
def test_it_is_found_among_the_first(words: str, kind: str, key: str, opened: Warehouse) -> None:
    hits = search(opened, words)
    assert (kind, key) in [(hit.kind, hit.key) for hit in hits[:10]]


def test_an_alias_finds_its_indicator(opened: Warehouse) -> None:
    (alias, indicator) = opened.rows(
        "select alias_zh, indicator from staging.stg_indicator_aliases"
        " where length(alias_zh) > 4 order by alias_zh limit 1"
    )[0]
    assert ("indicator", indicator) in [(hit.kind, hit.key) for hit in search(opened, alias)]


def test_every_word_of_the_query_must_stand_there(opened: Warehouse) -> None:
    both = search(opened, "surplus derived")
    assert both
    assert {hit.key for hit in both} <= {hit.key for hit in search(opened, "surplus")}
    assert not search(opened, "surplus nonsense")


def test_the_best_hit_stands_first(opened: Warehouse) -> None:
    hits = search(opened, "kindergarten_places")
    assert hits[0].key == "kindergarten_places"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_slip_of_the_pen_gets_the_nearest_names(opened: Warehouse) -> None:
    assert not search(opened, "kindergatens")
    assert "kindergartens" in [name.lower() for name in suggestions(opened, "kindergatens")]


def test_nothing_asked_finds_nothing(opened: Warehouse) -> None:
    assert search(opened, "   ") == []
