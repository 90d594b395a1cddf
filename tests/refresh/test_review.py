"""A review that dies half-way: nothing half is published, and doing it again makes it whole."""

import csv
import shutil
from pathlib import Path

import pytest

from ingest import accept as acceptance
from ingest import proposals
from ingest.flow import ingest
from ingest.proposals import replace_file
from project import paths
from project.errors import InputFault
from refresh import settings
from refresh.places import Places
from refresh.run import Options, refresh
from refresh.status import status
from tests.refresh import fakes

LETTER = """岚山市教育局文件
岚教函〔2022〕7号
关于幼儿园学位情况的通知
2021年，嘉兴市共有幼儿园368所，在园幼儿176402人。
嘉兴市教育局
2022年3月1日
"""
DOCUMENT = "jiaxing-2022-7"
SEEDS = ("documents", "figures", "non_figures")


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose reviewer has settled every proposal of a letter and not yet accepted them."""
    shutil.copytree(paths.seeds_folder(), tmp_path / "seeds")
    (tmp_path / "inbox").mkdir()
    monkeypatch.setenv("XUEWEI_ROOT", str(tmp_path))
    letter = tmp_path / f"{DOCUMENT}.txt"
    letter.write_text(LETTER, encoding="utf-8")
    ingest([letter])
    queue = proposals.load(DOCUMENT)
    rows = [row | {"decision": "accept"} for row in queue.rows]
    proposals.save(proposals.Queue(DOCUMENT, queue.header, queue.source, rows))
    return tmp_path


def rows_of(root: Path, seed: str) -> list[dict[str, str]]:
    with (root / "seeds" / "documents" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["document_id"] == DOCUMENT]


def is_accounted_for(root: Path) -> bool:
    """Whether as many numbers stand in the seeds as the document has: dbt tests the same."""
    [document] = rows_of(root, "documents") or [{"numbers_found": "0"}]
    found = len(rows_of(root, "figures")) + len(rows_of(root, "non_figures"))
    return int(document["numbers_found"]) == found


@pytest.mark.parametrize("files", [0, 1, 2])
def test_a_review_that_dies_between_two_files_shows_and_is_made_whole_by_doing_it_again(
    reviewed: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    replaced: list[Path] = []

    def die(path: Path, words: str) -> None:
        if path.is_relative_to(reviewed / "seeds"):
            if len(replaced) == files:
                raise KeyboardInterrupt
            replaced.append(path)
        replace_file(path, words)

    monkeypatch.setattr("ingest.accept.replace_file", die)
    with pytest.raises(KeyboardInterrupt):
        acceptance.accept(DOCUMENT, reviewed / "seeds")
    assert len(replaced) == files
    assert is_accounted_for(reviewed) == (files == 0)
    assert [path for path in (reviewed / "seeds").rglob(".*") if path.is_file()] == []
    assert proposals.waiting() == [DOCUMENT]

    monkeypatch.undo()
    monkeypatch.setenv("XUEWEI_ROOT", str(reviewed))
    acceptance.accept(DOCUMENT, reviewed / "seeds")
    assert is_accounted_for(reviewed)
    assert [len(rows_of(reviewed, seed)) > 0 for seed in SEEDS] == [True] * len(SEEDS)
    assert proposals.waiting() == []


def test_a_review_that_ends_during_a_build_is_not_half_published(reviewed: Path) -> None:
    places = Places(reviewed, reviewed / "warehouse")
    fakes.set_number(reviewed, 1)

    def build_while_somebody_accepts(where: Places) -> None:
        fakes.build(where)
        (where.root / "seeds" / "number.csv").unlink()
        acceptance.accept(DOCUMENT, where.root / "seeds")

    with pytest.raises(InputFault, match=r"seeds/documents/documents\.csv"):
        refresh(places, Options(), fakes.steps(build_while_somebody_accepts))
    assert not places.published.exists()
    fakes.set_number(reviewed, 1)
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "published"


def test_proposals_that_can_not_be_read_stop_no_refresh_and_lose_no_document(
    reviewed: Path,
) -> None:
    places = Places(reviewed, reviewed / "warehouse")
    fakes.set_number(reviewed, 1)
    copy = places.taken_in / "0123456789abcdef" / "letter.txt"
    copy.parent.mkdir(parents=True)
    copy.write_text(LETTER, encoding="utf-8")
    (proposals.proposals_folder() / f"{DOCUMENT}.csv").write_text("torn", encoding="utf-8")
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "published"
    assert copy.exists()
    assert status(places, settings.load(reviewed)).review == {DOCUMENT: 0}
