"""Every expectation holds on the warehouse of the project, and fires on a broken copy of it."""

import csv
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import duckdb
import pytest

import expectations
from expectations import contact_data, page
from expectations.rules import QUERIES, ROOM, rules
from expectations.table import text_of
from expectations.verdict import FailingRow, Result, Verdict
from project.language import MESSAGES_FOLDER, set_language
from refresh import history, runs_table
from tests.expectations.mutations import MUTATIONS

pytestmark = pytest.mark.filterwarnings("default")

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def copy(warehouse: Path, tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "broken.duckdb"
    shutil.copyfile(warehouse, file)
    yield file
    file.unlink()


def change(file: Path, statement: str) -> None:
    with duckdb.connect(str(file)) as connection:
        connection.execute(statement)


@pytest.fixture(scope="module")
def judged(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """On the warehouse with a table of runs, which they look at too, of every outcome there is."""
    file = tmp_path_factory.mktemp("judged") / "xuewei.duckdb"
    shutil.copyfile(warehouse, file)
    at = "2026-11-22T02:30:15+00:00"
    outcomes = zip(get_args(history.Outcome), (0, 0, 4, 3, 5, 6, 1, None, 0), strict=True)
    runs = [
        history.Run(f"20261122T023015Z-{number:04}", at, at, outcome, code, error="it failed")
        for number, (outcome, code) in enumerate(outcomes)
    ]
    runs_table.add(file, runs)
    return expectations.run(file)


def test_every_critical_expectation_holds(judged: Verdict) -> None:
    assert [result.name for result in judged.results] == [rule.name for rule in rules()]
    assert [(r.name, r.rows) for r in judged.failed if r.severity == "critical"] == []


def test_a_history_with_every_outcome_keeps_no_later_version_from_being_published(
    judged: Verdict,
) -> None:
    assert "refresh_runs" not in str([result.rows for result in judged.failed])


def test_every_expectation_has_a_mutation() -> None:
    assert set(MUTATIONS) == {rule.name for rule in rules()}


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_expectation_fires_on_a_broken_copy(name: str, judged: Verdict, copy: Path) -> None:
    change(copy, MUTATIONS[name])
    [before] = [result for result in judged.results if result.name == name]
    [after] = expectations.run(copy, frozenset({name})).results
    assert (before.error, after.error) == ("", "")
    assert not after.success
    assert after.unexpected > before.unexpected
    assert after.rows
    assert all(row.mart and row.found for row in after.rows)


def test_a_mart_that_is_missing_fails_with_its_name(copy: Path) -> None:
    change(copy, "drop table main.fee_waivers")
    verdict = expectations.run(copy, frozenset({"all_districts_report_waivers"}))
    assert not verdict.is_publishable
    assert "fee_waivers" in verdict.results[0].error


def test_what_is_found_of_a_person_is_masked(copy: Path) -> None:
    change(copy, MUTATIONS["no_personal_contact_data"])
    verdict = expectations.run(copy, frozenset({"no_personal_contact_data"}))
    assert "13800001111" not in text_of(verdict)
    assert "＊＊＊" in text_of(verdict)


def test_what_was_published_is_searched_only_where_it_changed(copy: Path) -> None:
    change(
        copy,
        "update main.figures set evidence = '电话13800001111' where region_code = '430200'",
    )
    rule = frozenset({"no_personal_contact_data"})
    held = [
        expectations.run(copy, rule, changed).results[0].success
        for changed in (None, frozenset({"430200"}), frozenset({"430100"}))
    ]
    assert held == [False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "联系 13800001111",
        "138 0000 1111",
        "+86 13800001111",
        "１３８００００１１１１",
        "电话 0731-88001122",
        "someone@example.org",
        "110101199001011237",
        "11010119900101123X",
    ],
)
def test_contact_data_are_found(text: str) -> None:
    assert any(re.search(pattern, text) for pattern in contact_data.patterns())


@pytest.mark.parametrize(
    "text",
    [
        "128809人",
        "2102147",
        "9958725",
        "2018-2022",
        "株发改发〔2021〕120号",
        "a" * 20 + "13800001111" + "b" * 33,
        "138000011112",
        "zhuzhou-2023-27-001",
    ],
)
def test_statistics_and_codes_are_no_contact_data(text: str) -> None:
    assert not any(re.search(pattern, text) for pattern in contact_data.patterns())


def test_every_rule_has_a_query_and_a_sentence_in_both_languages() -> None:
    with (MESSAGES_FOLDER / "expectations.csv").open(encoding="utf-8", newline="") as lines:
        said = {row["key"]: row for row in csv.DictReader(lines)}
    for rule in rules():
        assert rule.query is None or rule.query.exists()
        assert said[f"expectations.{rule.name}"]["zh"]
        assert said[f"expectations.{rule.name}"]["en"]
    assert {file.stem for file in QUERIES.glob("*.sql")} <= {rule.name for rule in rules()}


def test_every_exemption_names_a_rule() -> None:
    with (ROOM / "exceptions.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["rule"] for row in csv.DictReader(lines)} <= {rule.name for rule in rules()}


def verdict_of(severity: expectations.Severity, found: str = "stated 1") -> Verdict:
    row = FailingRow("consistency_findings", "finding_id=a", found)
    return Verdict(
        (
            Result("no_new_contradiction", "quality", severity, False, 21, (row,)),
            Result("codes_are_known", "completeness", "critical", True),
        )
    )


def test_a_warning_does_not_stop_publication() -> None:
    assert verdict_of("warning").is_publishable
    assert not verdict_of("critical").is_publishable


def test_the_printed_verdict_names_failing_rows() -> None:
    said = text_of(verdict_of("critical"))
    assert "1 of 2 hold" in said
    assert "[critical] no_new_contradiction" in said
    assert "finding_id=a" in said
    assert "... and 20 more" in said


def test_the_page_is_bilingual_escaped_and_asks_for_nothing() -> None:
    html = page.render(verdict_of("critical", HOSTILE), HOSTILE, datetime(2026, 1, 2, tzinfo=UTC))
    assert HOSTILE not in html
    assert "&lt;script&gt;" in html
    assert "every contradiction is acknowledged" in html
    assert "每处矛盾都已由人确认并说明" in html
    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|img|iframe)|https?://|@import|url\(", html)


def test_the_page_leaves_the_chosen_language_alone() -> None:
    set_language("zh")
    page.render(verdict_of("warning"), "", datetime(2026, 1, 2, tzinfo=UTC))
    assert "成立" in text_of(verdict_of("warning"))


def test_the_page_is_written_whole(tmp_path: Path) -> None:
    written = page.write(verdict_of("warning"), tmp_path / "checks", "x", datetime.now(UTC))
    assert [file.name for file in written.parent.iterdir()] == ["index.html"]
