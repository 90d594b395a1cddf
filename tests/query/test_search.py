"""What `xuewei search` promises: either language finds it, the best first."""

import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from query.connection import Warehouse, open_warehouse
from query.search import entries_of, search, suggestions


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


@pytest.mark.parametrize(
    "words",
    [
        "幼儿园",
        "46927",
        "４６９２７",
        "公办 幼儿园",
        "%",
        "51.91%",
        "births_low",
        "_",
        "（",
        "元/人",
    ],
)
def test_figures_are_found_as_if_each_had_been_looked_at(words: str, opened: Warehouse) -> None:
    terms = unicodedata.normalize("NFKC", words).casefold().split()
    texts = {
        hit.key: [
            unicodedata.normalize("NFKC", text).casefold().replace(old, new)
            for text in (hit.key, hit.name.en, hit.name.zh, hit.words)
            for old, new in (("_", " "), ("", ""))
        ]
        for hit in entries_of(opened, "figure")
    }
    # An underscore is a space in keys and words, and itself in names.
    expected = {
        key
        for key, shown in texts.items()
        if all(any(term.replace("_", " ") in text for text in shown) for term in terms)
    }
    assert {hit.key for hit in search(opened, words) if hit.kind == "figure"} == expected


def test_signs_that_are_written_in_two_ways_are_found_by_either(
    warehouse: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copy(warehouse, tmp_path / "signs.duckdb"))
    with duckdb.connect(file) as writing:
        for place, evidence in enumerate(("面积５０㎡以上", "[a.b]*", "ＡＢＣ　学校")):
            writing.execute(
                "update figures set evidence = $1 where figure_id ="
                " (select figure_id from figures order by figure_id limit 1 offset $2)",
                [evidence, place],
            )
    with open_warehouse(file) as opened:
        for words in ("50m2", "５０㎡", "[a.b]*", "abc 学校"):
            assert [hit.kind for hit in search(opened, words)] == ["figure"], words
        assert not search(opened, "[acb]*")


def test_a_query_of_any_length_is_answered(opened: Warehouse) -> None:
    assert search(opened, "幼" * 100_000) == []
    assert search(opened, " ".join("幼儿园" for _ in range(500)))


def test_nothing_asked_finds_nothing(opened: Warehouse) -> None:
    assert search(opened, "   ") == []
