"""What a hostile document says stays text, through the whole job: file, report, exports, log."""

import csv
import html
import re
import stat
import zipfile
from pathlib import Path

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser

from refresh import inbox
from refresh.places import Places
from tests.refresh.real import (
    HOSTILE_DOCUMENT,
    HOSTILE_EVIDENCE,
    HOSTILE_NAMES,
    HOSTILE_TITLE,
    TELEPHONE,
    RealRun,
    real_refresh,
)

# What a spreadsheet would take for the beginning of a formula.
STARTS_FORMULA = re.compile(r"[=+\-@\t\r]")


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> RealRun:
    found = real_refresh(tmp_path_factory)
    assert found.code == 10, found.said
    return found


def made(run: RealRun, folder: str, ending: str) -> list[Path]:
    files = sorted((run.root / "warehouse" / folder).rglob(f"*.{ending}"))
    if not files:
        pytest.skip(f"the packages that make {folder} are not installed")
    return files


def test_hostile_words_are_values_of_the_published_file(run: RealRun) -> None:
    with duckdb.connect(str(run.file), read_only=True) as connection:
        title = connection.execute(
            "select title_zh from documents where document_id = ?", [HOSTILE_DOCUMENT]
        ).fetchone()
        evidence = connection.execute(
            "select evidence from figures where figure_id = ?", [f"{HOSTILE_DOCUMENT}-001"]
        ).fetchone()
    assert (title, evidence) == ((HOSTILE_TITLE,), (HOSTILE_EVIDENCE,))


def test_hostile_words_are_words_on_the_pages_of_the_report(run: RealRun) -> None:
    seen = 0
    for file in [*made(run, "report", "html"), *made(run, "checks", "html")]:
        # dbt's own page brings its scripts along, and shows no figure.
        if file.parent.name == "catalogue":
            continue
        text = file.read_text(encoding="utf-8")
        page = LexborHTMLParser(text)
        for script in page.css("script"):
            assert "alert" not in script.text(), file
        assert not list(page.css("[onerror]")), file
        seen += "&lt;script&gt;alert(1)" in text
    assert seen > 0


def test_hostile_words_start_no_formula_in_a_spreadsheet(run: RealRun) -> None:
    seen = 0
    for file in made(run, "exports", "csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.reader(lines):
                texts = [cell for cell in row if STARTS_FORMULA.match(cell)]
                assert all(is_number(cell) for cell in texts), (file, texts)
                seen += any(cell.startswith(("'=cmd", "'=1+1")) for cell in row)
    assert seen > 1
    for file in made(run, "exports", "xlsx"):
        with zipfile.ZipFile(file) as workbook:
            parts = {name: workbook.read(name) for name in workbook.namelist()}
        assert [name for name, part in parts.items() if b"<f>" in part] == []
        written = html.unescape(b"".join(parts.values()).decode("utf-8", "replace"))
        assert f">{HOSTILE_TITLE}</t>" in written


def test_contact_data_of_a_document_are_written_nowhere_but_in_its_closed_copy(
    run: RealRun,
) -> None:
    places = Places(run.root, run.root / "warehouse")
    for folder in (run.root / "warehouse", run.root / "seeds", run.root / "logs"):
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_relative_to(places.taken_in):
                assert TELEPHONE.encode() not in file.read_bytes(), file
    assert TELEPHONE not in run.said
    if places.taken_in.exists() and not run.file.drive:
        assert stat.S_IMODE(places.taken_in.stat().st_mode) == 0o700


def test_nothing_that_the_real_job_writes_can_be_written_by_others(run: RealRun) -> None:
    if run.file.drive:
        pytest.skip("Windows has no such modes")
    open_to_all = [
        path
        for folder in ("warehouse", "logs", "target")
        for path in (run.root / folder).rglob("*")
        if path.stat().st_mode & stat.S_IWOTH
    ]
    assert open_to_all == []


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_hostile_file_names_are_names_and_nothing_more(run: RealRun) -> None:
    if run.file.drive:
        pytest.skip("Windows allows no such file names")
    entries = inbox.register(Places(run.root, run.root / "warehouse"))
    assert set(entries) == set(HOSTILE_NAMES)
    assert {entry.state for entry in entries.values()} <= {"waiting", "faulty", "ingested"}
    assert [path for path in run.root.parent.rglob("*evil*") if run.root not in path.parents] == []
    lines = run.said.splitlines()
    assert sum(line.startswith("published ") for line in lines) == 1
    assert "\x1b" not in run.said
    assert any("\\npublished 0009" in line for line in lines)
