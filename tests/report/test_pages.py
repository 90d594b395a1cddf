"""The report's pages: whole, small, linked, and showing the numbers of the marts."""

import csv
import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from report.topics import topics
from report.words import LANGUAGES, TEXTS_FILE, has_text, text
from tests.report.pages import (
    all_pages,
    broken_links,
    parsed,
    values_in,
    written_pages,
)

MOST_BYTES = 250_000
OVER_TIME = {"lines", "columns", "steps"}
ROOM = Path(__file__).parents[2] / "report"


def test_every_link_leads_to_a_page_and_an_anchor_that_exist(report: Path) -> None:
    assert broken_links(written_pages(report)) == []


def test_no_page_is_larger_than_250_kilobytes(report: Path) -> None:
    large = [f for f in report.rglob("*.html") if f.stat().st_size > MOST_BYTES]
    assert large == []


def test_both_languages_have_the_same_pages(report: Path) -> None:
    zh, en = ({p.relative_to(report / one) for p in (report / one).rglob("*")} for one in LANGUAGES)
    assert zh == en
    assert zh


def test_no_anchor_stands_twice_on_a_page(report: Path) -> None:
    for path, html in written_pages(report).items():
        counts = Counter(node.attributes["id"] for node in parsed(html).css("[id]"))
        assert [name for name, count in counts.items() if count > 1] == [], path


def test_the_same_warehouse_gives_the_same_bytes_in_another_process_and_hash_seed(
    warehouse: Path, report: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    words = "import sys, pathlib, report; print(report.build(*map(pathlib.Path, sys.argv[1:])))"
    ended = subprocess.run(
        [sys.executable, "-c", words, str(warehouse), str(again)],
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOM.parent)},
        check=True,
        capture_output=True,
        text=True,
    )
    count = int(ended.stdout)
    files = sorted(p.relative_to(report) for p in report.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert count == sum(file.suffix == ".html" for file in files)
    assert [f for f in files if (report / f).read_bytes() != (again / f).read_bytes()] == []


def test_numbers_in_a_charts_table_are_those_of_the_mart(warehouse: Path, report: Path) -> None:
    compared = 0
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for plan in (plan for topic in topics() for plan in topic.charts if plan.columns):
            column = "parent_region_code" if plan.category == "district" else "region_code"
            shown: dict[str, list[Decimal]] = {}
            query = f"select {column}, {', '.join(plan.columns)} from {plan.mart}"  # noqa: S608
            query += "".join(f" where {n} = '{value}'" for n, value in plan.where.items())
            for region, *numbers in connection.execute(query).fetchall():
                shown.setdefault(region, []).extend(n for n in numbers if n is not None)
            for region in filter(None, shown):
                file = report / f"en/regions/{region}.html"
                if plan.category == "district" and not file.exists():
                    continue  # the region above is a province of which nothing else is known
                page = parsed(file.read_text("utf-8"))
                found = [Decimal(v) for v in values_in(page.css(f"#table-{plan.id}-{region}"))]
                unknown = Counter(found) - Counter(map(Decimal, shown[region]))
                assert not +unknown, (plan.id, region)
                if plan.form in OVER_TIME:
                    assert len(found) == len(shown[region]) or not found, (plan.id, region)
                compared += len(found)
    assert compared > 100


def test_every_number_of_a_charts_table_is_a_link(report: Path) -> None:
    for file in [*(report / "en").glob("*.html"), *(report / "en/regions").glob("*.html")]:
        page = parsed(file.read_text("utf-8"))
        for table in page.css(".exhibit table"):
            links = {link.html for link in table.css("a.n data")}
            assert links == {number.html for number in table.css("data")}, (file.name, table.id)


def test_numbers_read_the_same_in_both_languages(report: Path) -> None:
    for file in sorted((report / "zh").rglob("*.html")):
        other = report / "en" / file.relative_to(report / "zh")
        zh, en = (
            Counter(values_in(parsed(f.read_text("utf-8")).css("main"))) for f in (file, other)
        )
        assert zh == en, file.name


def test_every_number_leads_to_an_explanation_of_the_same_number(report: Path) -> None:
    followed = 0
    for name in ("preschool", "after_school", "staffing", "targets", "regions/430200"):
        path = report / f"en/{name}.html"
        for link in parsed(path.read_text("utf-8")).css("main a.n"):
            page, _, anchor = str(link.attributes["href"]).partition("#")
            target = parsed((path.parent / page).read_text("utf-8"))
            entry = next(node for node in target.css("section.entry") if node.id == anchor)
            if not values_in([link]):
                continue
            shown = Decimal(values_in([link])[0])
            explained = [Decimal(value) for value in values_in([entry])]
            assert any(abs(shown - one) <= Decimal("0.5") for one in explained), link.html
            followed += 1
    assert followed > 200


def test_every_printed_figure_shows_its_words_and_its_place(warehouse: Path, report: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        figures = connection.execute(
            "select figure_id, printed, evidence, char_start from figures"
        ).fetchall()
    rows = {
        str(row.attributes["id"]): row.text()
        for file in report.glob("zh/figures*.html")
        for row in parsed(file.read_text("utf-8")).css("tbody tr")
    }
    assert rows.keys() == {figure[0] for figure in figures}
    for figure_id, printed, evidence, start in figures:
        assert printed in rows[figure_id]
        assert evidence in rows[figure_id]
        assert start is None or str(start) in rows[figure_id]


def test_contradictions_show_both_sides(warehouse: Path, report: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        known = connection.execute(
            "select finding_id, stated, derived from consistency_findings"
            " where verdict = 'contradiction'"
        ).fetchall()
    page = parsed((report / "en/findings.html").read_text("utf-8"))
    articles = {node.id: node for node in page.css("article.finding")}
    assert known
    for finding, stated, derived in known:
        values = [Decimal(value) for value in values_in([articles[finding]])]
        assert stated in values
        assert derived in values
        assert articles[finding].css("blockquote")


@pytest.mark.parametrize("how", ["drop table", "delete from"])
def test_a_missing_or_empty_mart_is_said_and_the_rest_is_shown(
    altered: duckdb.DuckDBPyConnection, tmp_path: Path, how: str
) -> None:
    names = {plan.mart for topic in topics() for plan in topic.charts}
    names |= {"consistency_findings", "plan_measures", "policy_targets", "number_accounting"}
    for name in (*names, "data_dictionary", "lineage"):
        altered.execute(f"{how} main.{name}")
    altered.execute(f"{how} staging.stg_region_tiles")
    altered.close()
    found = all_pages(tmp_path / "altered.duckdb")
    page = parsed(found["en/preschool.html"])
    words = "has no table" if how == "drop table" else "is empty"
    said = " ".join(node.text() for node in page.css(".empty"))
    assert f"table kindergarten_access {words}" in said or f"{words} kindergarten_access" in said
    assert page.css("#values-preschool data")
    assert broken_links(found) == []


def test_an_empty_warehouse_gives_a_report_that_says_so(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "empty.duckdb")) as connection:
        connection.execute("create table something_else (number integer)")
    found = all_pages(tmp_path / "empty.duckdb")
    assert "Nothing" in found["en/documents.html"] or "nothing" in found["en/documents.html"]
    assert broken_links(found) == []


def test_every_text_has_both_languages_and_no_key_stands_twice() -> None:
    with TEXTS_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [r["key"] for r in rows if not (r["zh"] and r["en"]) and r["key"][:5] != "note."] == []
    keys = Counter(row["key"] for row in rows)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_text_that_a_template_names_exists() -> None:
    for file in (ROOM / "templates").glob("*.html"):
        for key in re.findall(r"say\(['\"]([a-z_]+\.[a-z_.]+)['\"]", file.read_text("utf-8")):
            assert text(key).en


def test_texts_mix_no_punctuation_of_the_other_language() -> None:
    with TEXTS_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert not re.search(r"[\u4e00-\u9fff][,;:?!()]", row["zh"]), row["key"]
            assert not re.search(r"[，。；：（）、]", row["en"]), row["key"]


CODES = {
    "status": "select distinct status from figures",
    "scope": "select distinct region_scope from figures",
    "qualifier": "select distinct qualifier from figures where qualifier <> 'exact'",
    "period_basis": "select distinct period_basis from figures",
    "provenance": "select distinct provenance from figures",
    "verdict": "select distinct verdict from consistency_findings",
    "finding_type": "select distinct finding_type from consistency_findings",
    "progress": "select distinct verdict from target_progress",
    "level": "select distinct region_level from regions",
    "document_type": "select distinct document_type from documents",
    "published_basis": "select distinct published_basis from documents",
    "relation_type": "select distinct relation from staging.stg_document_relations",
    "relation": "select distinct relation from observations.derived_observations",
    "origin": "select distinct origin from observations.reconciled_observations",
    "indicator_topic": "select distinct topic from indicators",
    "table_topic": "select distinct topic from data_dictionary",
    "scenario": "select distinct scenario from kindergarten_demand",
    "sector": "select sector from staging.stg_sectors",
}


def test_every_code_of_the_warehouse_has_a_name_in_both_languages(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        nameless = [
            f"{kind}.{code}"
            for kind, query in CODES.items()
            for (code,) in connection.execute(query).fetchall()
            if not has_text(f"{kind}.{code}")
        ]
    assert nameless == []
