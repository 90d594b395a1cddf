"""Pages that look over everything: the search, the counts of policy, and what is taken along."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from report import build
from report.site import pages
from report.warehouse import read
from report.words import LANGUAGES
from tests.report.pages import parsed, search_entries, values_in


def test_every_page_that_the_search_leads_to_exists_in_both_languages(report: Path) -> None:
    ids: dict[Path, set[str]] = {}
    entries = search_entries(report)
    for kind, key, zh, en, _, _, address in entries:
        assert zh and en, key
        page, _, anchor = address.partition("#")
        for language in LANGUAGES:
            file = report / language / page
            if file not in ids:
                nodes = parsed(file.read_text("utf-8")).css("[id]")
                ids[file] = {str(node.attributes["id"]) for node in nodes}
            assert not anchor or anchor in ids[file], (kind, key)
    kinds = Counter(entry[0] for entry in entries)
    assert min(kinds.values()) > 10
    assert set(kinds) == {"indicator", "mart", "column", "region", "document", "figure"}


def test_every_figure_and_every_column_can_be_found(report: Path, warehouse: Path) -> None:
    found = {(entry[0], entry[1]) for entry in search_entries(report)}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        figures = connection.execute("select figure_id from figures").fetchall()
        columns = connection.execute("select mart, column_name from data_dictionary").fetchall()
    assert {key for kind, key in found if kind == "figure"} == {key for (key,) in figures}
    named = {key for kind, key in found if kind == "column"}
    assert named == {f"{mart}.{column}" for mart, column in columns}


def test_the_search_of_a_large_warehouse_leaves_figures_out_and_says_so(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.warehouse.MOST_FIGURES_FOUND", 10)
    found = dict(pages(read(warehouse), None, ("zh", "en")))
    assert '["figure",' not in found["search-index.js"]
    assert '["column",' in found["search-index.js"]
    assert "too many figures" in found["en/search.html"]


def test_counts_on_the_policy_page_are_those_of_the_marts(warehouse: Path, report: Path) -> None:
    page = parsed((report / "en/policy.html").read_text("utf-8"))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        measures = connection.execute(
            "select region_code, regexp_extract(due_period, '([0-9]{4})[^/]*$', 1) as year,"
            " count(distinct measure_id) from plan_measures where due_period is not null"
            " group by all"
        ).fetchall()
        verdicts = connection.execute(
            "select verdict, count(distinct target_id) from target_progress"
            " where region_code = '430200' group by all"
        ).fetchall()
    shown = {
        (region, row.css("th")[0].text(), values_in([row])[0])
        for region in ("430100", "430300")
        for row in page.css(f"#table-measures_by_year-{region} tbody tr")
    }
    assert shown == {(region, year, str(count)) for region, year, count in measures}
    counts = [int(value) for value in values_in(page.css("#table-targets_by_verdict-430200"))]
    assert sorted(counts) == sorted(count for _, count in verdicts)


def test_a_report_without_companions_says_how_to_make_them(report: Path) -> None:
    home = parsed((report / "en/index.html").read_text("utf-8"))
    (section,) = home.css("section[aria-labelledby='catalogue']")
    assert not home.css("a[href='../catalogue/index.html'], a[href='../checks/index.html']")
    assert "xuewei report --catalogue" in section.text()
    assert "xuewei expectations" in section.text()


@pytest.mark.usefixtures("only_home")
def test_companions_beside_the_report_are_taken_along_and_linked(
    warehouse: Path, tmp_path: Path
) -> None:
    for name in ("catalogue", "checks"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f"<title>{name}</title>", encoding="utf-8")
    build(warehouse, tmp_path / "report")
    for language in LANGUAGES:
        page = parsed((tmp_path / f"report/{language}/index.html").read_text("utf-8"))
        for name in ("catalogue", "checks"):
            (link,) = page.css(f"a[href='../{name}/index.html']")
            assert link.parent is not None and link.parent.css(".subtitle")
            assert (tmp_path / "report" / name / "index.html").read_text() == (
                f"<title>{name}</title>"
            )


@pytest.mark.usefixtures("only_home")
def test_a_page_that_is_promised_is_linked_and_left_to_who_promised_it(
    warehouse: Path, tmp_path: Path
) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "index.html").write_text("of another file", encoding="utf-8")
    build(warehouse, tmp_path / "report", promised=("checks",))
    for language in LANGUAGES:
        page = parsed((tmp_path / f"report/{language}/index.html").read_text("utf-8"))
        assert len(page.css("a[href='../checks/index.html']")) == 1
    assert not (tmp_path / "report" / "checks").exists()
