"""Everything that we say to a person, in Chinese or in English.

The sentences lie in `messages/<room>.csv` with the columns key, zh, en; a key begins with the
room's name (`ingest.unknown_code`). Fields stand in braces, as in `str.format`.
"""

import csv
import os
from functools import cache
from pathlib import Path
from typing import Final, Literal

Language = Literal["zh", "en"]

MESSAGES_FOLDER: Final = Path(__file__).parent / "messages"

_chosen: list[Language] = []


def language_of_environment() -> Language:
    """`XUEWEI_LANG`, else the locale in POSIX order; anything but zh* is English."""
    for name in ("XUEWEI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return language_of(value)
    return "en"


def language_of(name: str) -> Language:
    """`zh` for every name of Chinese (zh, zh_CN.UTF-8, zh-Hans), else `en`."""
    return "zh" if name.lower().startswith("zh") else "en"


def set_language(name: str | None = None) -> Language:
    """Choose the language for the rest of the process; None means that of the environment."""
    _chosen[:] = [language_of(name) if name else language_of_environment()]
    return _chosen[0]


def language() -> Language:
    """The language in which we speak now."""
    return _chosen[0] if _chosen else set_language()


def say(key: str, /, **fields: object) -> str:
    """The sentence of `key` in the chosen language, with its fields filled in.

    Raises KeyError, naming key and file, for an unknown key or a field that was not given.
    """
    room = key.partition(".")[0]
    file = MESSAGES_FOLDER / f"{room}.csv"
    try:
        sentence = _messages(file)[key][language()]
    except (KeyError, FileNotFoundError):
        raise KeyError(f"message {key!r} is not in {file.name}; add it there") from None
    try:
        return sentence.format(**fields)
    except KeyError as missing:
        raise KeyError(f"message {key!r} in {file.name} needs the field {missing}") from None


@cache
def _messages(file: Path) -> dict[str, dict[Language, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(lines)}
