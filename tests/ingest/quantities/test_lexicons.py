"""The data files of the recogniser, and what their errors say."""

from pathlib import Path

import pytest

from ingest.quantities import lexicon, units
from ingest.quantities.lexicon import LexiconError, alternation, behind_first_letter, read_rows
from ingest.quantities.qualifiers import QUALIFIERS
from ingest.quantities.readings import REASONS

FOLDER = Path(lexicon.__file__).parent
COLUMNS = {
    "units.csv": units.COLUMNS,
    "denominators.csv": ("form", "unit_code"),
    "qualifiers.csv": ("words", "side", "qualifier", "reach"),
    "names.csv": ("words", "reason"),
    "heads.csv": ("noun", "behind", "reason"),
    "leads.csv": ("words", "reason"),
    "words.csv": ("words", "not_followed_by"),
    "relative_periods.csv": ("words", "base", "offset"),
}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_data_file_reads_without_fault(name: str) -> None:
    assert read_rows(name, COLUMNS[name], key_columns=2 if name == "heads.csv" else 1)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.csv")))
def test_every_data_file_is_known_and_plain(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert name in COLUMNS
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("word\n一些\n", "row 1: the header must be words"),
        ("words\n一些,多\n", "row 2: write 1 fields"),
        ("words\n一些\n一些\n", "row 3: '一些' stands in an earlier row"),
        ("words\n一些\n\n", "row 3: write 1 fields"),
    ],
)
def test_a_fault_names_file_row_and_mend(
    content: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "words.csv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(lexicon, "_FOLDER", tmp_path)
    with pytest.raises(LexiconError, match=f"words.csv {message}"):
        read_rows("words.csv", ("words",))


def test_the_longest_word_wins() -> None:
    import re

    pattern = re.compile(alternation(["个", "个百分点", "个月"]))
    assert [pattern.match(text)[0] for text in ("个百分点", "个百分", "个月")] == [  # type: ignore[index]
        "个百分点",
        "个",
        "个月",
    ]
    assert re.match("[ab]" + behind_first_letter(["ab", "bc"]), "bc")
    assert re.match(alternation([]), "") is None


def test_published_vocabularies_hold_no_word_twice() -> None:
    assert len(set(REASONS)) == len(REASONS)
    assert len(set(QUALIFIERS)) == len(QUALIFIERS)


def test_a_unit_code_carries_its_multiplier_and_denominator() -> None:
    assert units.per_code("/每生·学期") == "生·学期"
    assert units.per_code("每生每年") == "生·年"
    assert units.multiplier("千万") == 10**7
    assert units.multiplier("万亿") == 10**12
    assert units.multiplier("") == 1
    assert units.known_unit_codes()["百分点"] == "points"
