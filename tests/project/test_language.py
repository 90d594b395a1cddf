"""What the room project promises about the sentences that a person reads."""

import ast
import csv
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from project import paths
from project.language import MESSAGES_FOLDER, language, language_of_environment, say, set_language

FILES = sorted(MESSAGES_FOLDER.glob("*.csv"))
ROOMS = [room.parent for room in sorted(paths.root().glob("*/__init__.py"))]
SOURCES = [paths.root() / "xuewei.py", *(file for room in ROOMS for file in room.rglob("*.py"))]
SAID = re.compile(r"""(?<![.\w])say\(\s*"([^"]+)\"""")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_says_the_same_fields_in_both_languages(file: Path) -> None:
    for row in rows(file):
        assert set(row) == {"key", "zh", "en"}, row
        assert row["zh"], row["key"]
        assert row["en"], row["key"]
        assert fields(row["zh"]) == fields(row["en"]), row["key"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_key_is_unique_and_begins_with_its_room(file: Path) -> None:
    keys = Counter(row["key"] for row in rows(file))
    assert [key for key, count in keys.items() if count > 1] == []
    assert [key for key in keys if not key.startswith(f"{file.stem}.")] == []


def literals(file: Path) -> tuple[set[str], set[str]]:
    """Whole string literals of a module, and the beginnings of its f-strings."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    begun = [node.values[0] for node in nodes if isinstance(node, ast.JoinedStr) and node.values]
    return (
        {str(node.value) for node in nodes if isinstance(node, ast.Constant)},
        {str(part.value) for part in begun if isinstance(part, ast.Constant)},
    )


def test_every_sentence_that_the_code_says_exists() -> None:
    keys = {row["key"] for file in FILES for row in rows(file)}
    said = {key for file in SOURCES for key in SAID.findall(file.read_text(encoding="utf-8"))}
    assert said - keys == set()


def test_no_sentence_is_left_over_that_nobody_says() -> None:
    found = [literals(file) for file in SOURCES]
    whole = {text for texts, _ in found for text in texts}
    begun = tuple(text for _, texts in found for text in texts if "." in text)
    keys = {row["key"] for file in FILES for row in rows(file)}
    assert {key for key in keys - whole if not key.startswith(begun)} == set()


def test_an_unknown_key_names_key_and_file() -> None:
    with pytest.raises(KeyError, match=r"'ingest\.nonsense' is not in ingest\.csv"):
        say("ingest.nonsense")
    with pytest.raises(KeyError, match=r"'cellar\.nonsense' is not in cellar\.csv"):
        say("cellar.nonsense")


def test_a_missing_field_names_message_and_field() -> None:
    with pytest.raises(KeyError, match=r"ingest\.check_more.*'more'"):
        say("ingest.check_more")


def test_a_field_is_filled_in_as_it_is_and_never_read_as_a_pattern() -> None:
    assert "{key}" in say("ingest.check_more", more="{key}")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"XUEWEI_LANG": "zh", "LC_ALL": "en_GB.UTF-8"}, "zh"),
        ({"XUEWEI_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_environment_chooses_the_language(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XUEWEI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of_environment() == expected


def test_a_chosen_language_goes_before_the_environment() -> None:
    set_language("zh")
    assert language() == "zh"
    assert say("ingest.check_clean", rules=3) == "种子无误（共 3 条规则）。"
