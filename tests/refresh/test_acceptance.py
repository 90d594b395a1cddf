"""What comes in unattended is queued for a person, unless the site says otherwise."""

import csv
import shutil
from pathlib import Path

import pytest

from project import paths
from project.errors import InputFault
from refresh import settings
from refresh.extractor import open_proposals, take_in

LETTER = """玉溪市2021年教育事业统计公报
玉溪市教育局
2021年，全市共有幼儿园368所，在园幼儿176402人。
"""


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A letter of which every number is sure, in a project of its own."""
    shutil.copytree(paths.seeds_folder(), tmp_path / "seeds")
    monkeypatch.setenv("XUEWEI_ROOT", str(tmp_path))
    file = tmp_path / "yuxi-2021-bulletin.txt"
    file.write_text(LETTER, encoding="utf-8")
    return file


def figures(root: Path) -> list[str]:
    with (root / "seeds" / "documents" / "figures.csv").open(encoding="utf-8", newline="") as file:
        return [r["printed"] for r in csv.DictReader(file) if r["document_id"].startswith("yuxi")]


def test_without_a_word_of_the_site_nothing_is_accepted_unattended(letter: Path) -> None:
    said = take_in([letter])
    assert figures(letter.parent) == []
    (count,) = said.waiting.values()
    assert count > 0
    assert list(open_proposals().values()) == [count]


def test_where_the_site_says_so_what_is_wholly_sure_is_accepted(letter: Path) -> None:
    (letter.parent / "xuewei.toml").write_text("[refresh]\naccept_sure = true\n", encoding="utf-8")
    said = take_in([letter])
    assert not said.waiting
    assert not said.faults
    assert figures(letter.parent) == ["368所", "176402人"]


@pytest.mark.parametrize("value", ["1", '"yes"', "[]"])
def test_only_true_and_false_are_an_answer(tmp_path: Path, value: str) -> None:
    (tmp_path / "xuewei.toml").write_text(f"[refresh]\naccept_sure = {value}\n", encoding="utf-8")
    with pytest.raises(InputFault, match="accept_sure"):
        settings.load(tmp_path)
