"""What the flow promises: from a file to the seeds, and never half of it."""

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest import proposals
from ingest.accept import accept
from ingest.flow import Outcome, ingest
from ingest.reanchor import reanchor
from ingest.review import review
from project import paths
from project.errors import InputFault

TODAY = date(2026, 11, 22)
LETTER = """岚山市教育局文件
岚教函〔2022〕7号
关于幼儿园学位情况的通知
2021年，嘉兴市共有幼儿园368所，在园幼儿176402人。
嘉兴市教育局
2022年3月1日
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own: the reviewed seeds, an empty warehouse, a folder of documents."""
    shutil.copytree(paths.seeds_folder(), tmp_path / "seeds")
    (tmp_path / "documents").mkdir()
    monkeypatch.setenv("XUEWEI_ROOT", str(tmp_path))
    monkeypatch.setenv("XUEWEI_DOCUMENTS", str(tmp_path / "documents"))
    monkeypatch.setenv("XUEWEI_LANG", "en")
    return tmp_path


def write(house: Path, words: str = LETTER, name: str = "jiaxing-2022-7.txt") -> Path:
    path = house / "documents" / name
    path.write_text(words, encoding="utf-8")
    return path


def take_in(path: Path) -> Outcome:
    return ingest([path], today=TODAY)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def figures(house: Path, document: str = "jiaxing-2022-7") -> list[dict[str, str]]:
    found = rows(house / "seeds" / "documents" / "figures.csv")
    return [row for row in found if row["document_id"] == document]


def settle(document: str) -> None:
    """Accept every proposal as it stands, by the CSV."""
    queue = proposals.load(document)
    proposals.save(
        proposals.Queue(
            document,
            queue.header,
            queue.source,
            [row | {"decision": "accept"} for row in queue.rows],
        )
    )


def test_a_document_goes_from_its_file_into_the_seeds(house: Path) -> None:
    (one,) = take_in(write(house)).documents
    assert one.identity.document_id == "jiaxing-2022-7"
    assert one.state == "new"
    settle("jiaxing-2022-7")
    done = accept("jiaxing-2022-7", house / "seeds")
    assert done.figures == 2
    stated = {row["indicator"]: row["value"] for row in figures(house)}
    assert stated == {"kindergartens": "368", "kindergarten_enrolment": "176402"}
    assert [row["figure_id"] for row in figures(house)] == [
        "jiaxing-2022-7-001",
        "jiaxing-2022-7-002",
    ]
    assert proposals.waiting() == []


def test_ingesting_the_same_file_twice_changes_nothing(house: Path) -> None:
    path = write(house)
    take_in(path)
    file = proposals.proposals_folder() / "jiaxing-2022-7.csv"
    before = file.read_bytes(), file.stat().st_mtime_ns
    take_in(path)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    settle("jiaxing-2022-7")
    accept("jiaxing-2022-7", house / "seeds")
    seeds = {one: one.read_bytes() for one in (house / "seeds").rglob("*.csv")}
    (again,) = take_in(path).documents
    assert again.state == "known"
    assert proposals.waiting() == []
    assert {one: one.read_bytes() for one in (house / "seeds").rglob("*.csv")} == seeds


def test_a_corrected_edition_keeps_what_stands_and_shows_what_changed(house: Path) -> None:
    take_in(write(house))
    settle("jiaxing-2022-7")
    accept("jiaxing-2022-7", house / "seeds")
    path = write(house, "更正版\n" + LETTER.replace("176402人", "176420人"), "second-edition.txt")
    (one,) = take_in(path).documents
    assert (one.identity.document_id, one.state) == ("jiaxing-2022-7", "corrected")
    open_rows = proposals.load("jiaxing-2022-7").open_rows
    assert {row["printed"] for row in open_rows} == {"176402人", "176420人"}
    with pytest.raises(InputFault):
        accept("jiaxing-2022-7", house / "seeds")
    answers = iter(["a", "a"])
    assert review("jiaxing-2022-7", lambda _: next(answers), lambda _: None) == (2, 0)
    accept("jiaxing-2022-7", house / "seeds")
    kept = {row["figure_id"]: row["printed"] for row in figures(house)}
    assert kept == {"jiaxing-2022-7-001": "368所", "jiaxing-2022-7-003": "176420人"}


def test_an_open_row_is_refused_by_file_row_and_mend_and_nothing_is_written(house: Path) -> None:
    take_in(write(house))
    queue = proposals.load("jiaxing-2022-7")
    blank = [row | {"decision": ""} for row in queue.rows]
    proposals.save(proposals.Queue("jiaxing-2022-7", queue.header, queue.source, blank))
    before = {one: one.read_bytes() for one in (house / "seeds").rglob("*.csv")}
    with pytest.raises(InputFault, match=r"jiaxing-2022-7\.csv row 2 .*xuewei review"):
        accept("jiaxing-2022-7", house / "seeds")
    assert {one: one.read_bytes() for one in (house / "seeds").rglob("*.csv")} == before


def test_seeds_that_would_not_pass_their_checks_are_not_written(house: Path) -> None:
    take_in(write(house))
    settle("jiaxing-2022-7")
    queue = proposals.load("jiaxing-2022-7")
    wrong = [row | {"unit_code": "光年"} if row["kind"] == "figure" else row for row in queue.rows]
    proposals.save(proposals.Queue("jiaxing-2022-7", queue.header, queue.source, wrong))
    with pytest.raises(InputFault, match=r"figures\.csv row \d+: unit_code '光年'"):
        accept("jiaxing-2022-7", house / "seeds")
    assert figures(house) == []


def test_a_review_goes_on_where_it_stopped(house: Path) -> None:
    take_in(write(house))
    queue = proposals.load("jiaxing-2022-7")
    blank = [row | {"decision": ""} for row in queue.rows]
    proposals.save(proposals.Queue("jiaxing-2022-7", queue.header, queue.source, blank))
    shown: list[str] = []
    answers = iter(["e period=2021-12-31", "a", "n name", "q"])
    assert review("jiaxing-2022-7", lambda _: next(answers), shown.append) == (2, len(blank) - 2)
    assert review("jiaxing-2022-7", lambda _: "a", shown.append) == (len(blank) - 2, 0)
    settled = proposals.load("jiaxing-2022-7").rows
    assert settled[0]["period"] == "2021-12-31"
    assert (settled[1]["kind"], settled[1]["reason"]) == ("non_figure", "name")
    assert any("[368所]" in line for line in shown)


def test_a_settled_alias_enters_the_reference_and_others_do_not(house: Path) -> None:
    take_in(write(house, LETTER.replace("共有幼儿园368所", "共有示例园所368所")))
    settle("jiaxing-2022-7")
    queue = proposals.load("jiaxing-2022-7")
    filled = [
        row | {"indicator": "kindergartens", "sector": "total", "alias_zh": "示例园所"}
        if row["printed"] == "368所"
        else row
        for row in queue.rows
    ]
    proposals.save(proposals.Queue("jiaxing-2022-7", queue.header, queue.source, filled))
    assert accept("jiaxing-2022-7", house / "seeds").aliases == 1
    (one,) = take_in(
        write(house, LETTER.replace("幼儿园368", "示例园所368"), "other.txt")
    ).documents
    assert "kindergartens" in {proposal.indicator for proposal in one.figures}


def test_rows_follow_their_words_where_only_offsets_moved(house: Path) -> None:
    path = write(house)
    take_in(path)
    settle("jiaxing-2022-7")
    accept("jiaxing-2022-7", house / "seeds")
    before = {row["figure_id"]: int(row["char_start"]) for row in figures(house)}
    path.write_text("（转载）\n" + LETTER, encoding="utf-8")
    (outcome,) = reanchor(house / "seeds", house / "documents", ["jiaxing-2022-7"])
    assert outcome.lost == ()
    after = {row["figure_id"]: int(row["char_start"]) for row in figures(house)}
    assert after == {code: start + 5 for code, start in before.items()}
    assert reanchor(house / "seeds", house / "documents") == []


def test_rows_stay_where_a_number_is_gone(house: Path) -> None:
    path = write(house)
    take_in(path)
    settle("jiaxing-2022-7")
    accept("jiaxing-2022-7", house / "seeds")
    before = (house / "seeds" / "documents" / "figures.csv").read_bytes()
    path.write_text(LETTER.replace("368所", "若干所"), encoding="utf-8")
    (outcome,) = reanchor(house / "seeds", house / "documents", ["jiaxing-2022-7"])
    assert ("figures", "368所") in outcome.lost
    assert (house / "seeds" / "documents" / "figures.csv").read_bytes() == before


def run(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONPATH": str(root), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, str(root / "xuewei.py"), *arguments],
        capture_output=True,
        text=True,
        env=environment,
        cwd=house,
        check=False,
    )


def test_json_prints_every_mention_and_writes_nothing(house: Path) -> None:
    done = run(house, "ingest", str(write(house)), "--format", "json")
    assert done.returncode == 0, done.stderr
    mentions = json.loads(done.stdout)
    wanted = "char_start char_end printed kind value value_low value_high unit_code qualifier"
    wanted += " indicator sector sex urbanisation pupil_group staff_group subject_zh region_code"
    wanted += " region_zh region_scope period period_basis status confidence doubts reason locator"
    assert all(list(mention) == wanted.split() for mention in mentions)
    text = LETTER
    assert all(text[one["char_start"] : one["char_end"]] == one["printed"] for one in mentions)
    (places,) = [one for one in mentions if one["printed"] == "368所"]
    assert (places["value"], places["indicator"]) == (368, "kindergartens")
    assert not (house / "warehouse").exists()


def test_the_mentions_of_several_documents_say_of_which_they_are(house: Path) -> None:
    files = [write(house), write(house, LETTER.replace("368", "369"), "b.txt")]
    done = run(house, "ingest", *map(str, files), "--format", "json")
    found = {mention["document_id"] for mention in json.loads(done.stdout)}
    assert len(found) == 2, done.stderr


def test_a_clerk_reads_the_reasons_in_the_language_of_the_table(house: Path) -> None:
    file = str(write(house))
    chinese = run(house, "--lang", "zh", "ingest", file, "--no-write").stdout
    english = run(house, "--lang", "en", "ingest", file, "--no-write").stdout
    assert "日期" in chinese
    assert "date" not in chinese
    assert "date" in english


def test_one_bad_file_is_one_line_and_the_others_go_on(house: Path) -> None:
    bad = house / "documents" / "empty.txt"
    bad.write_bytes(b"")
    done = run(house, "ingest", str(bad), str(write(house)))
    assert done.returncode == 3
    assert "jiaxing-2022-7" in done.stdout
    assert [line for line in done.stderr.splitlines() if "empty.txt" in line]
    assert "Traceback" not in done.stderr
    assert proposals.waiting() == ["jiaxing-2022-7"]


def test_several_documents_give_the_same_by_one_process_and_by_two(house: Path) -> None:
    files = [write(house), write(house, LETTER.replace("368", "369"), "b.txt")]
    alone = ingest(files, write=False, today=TODAY)
    together = ingest(files, write=False, jobs=2, today=TODAY)
    assert [one.extraction for one in alone.documents] == [
        one.extraction for one in together.documents
    ]


def test_a_link_out_of_the_folder_of_documents_is_refused(house: Path) -> None:
    secret = house / "secret.txt"
    secret.write_text("2022年有小学5所。", encoding="utf-8")
    link = house / "documents" / "link.txt"
    link.symlink_to(secret)
    outcome = ingest([link, write(house)], today=TODAY)
    assert [error.path for error in outcome.errors] == [link]
    assert "symbolic link" in outcome.errors[0].message
    assert len(outcome.documents) == 1


def test_nothing_is_sure_in_a_text_of_which_a_part_could_not_be_carried_over(house: Path) -> None:
    words = "嘉兴市2021年教育事业统计公报\n2021年，全市共有幼儿园368所。\n"
    (whole,) = take_in(write(house, words)).documents
    lossy = replace(whole, reader="docx", remarks=("a part is missing",))
    hidden = replace(whole, reader="xlsx", remarks=("a hidden row was left out",))
    assert whole.sure == hidden.sure > 0
    assert lossy.sure == 0
