"""The words of the exports in both languages, from texts.csv."""

import csv
from functools import cache
from pathlib import Path

from project.language import Language


def text(key: str, language: Language) -> str:
    """The words of a key in one language. Raises KeyError for an unknown key."""
    return _texts()[key][language]


def in_both(key: str) -> str:
    """Chinese and English side by side."""
    return f"{text(key, 'zh')} / {text(key, 'en')}"


@cache
def _texts() -> dict[str, dict[Language, str]]:
    file = Path(__file__).with_name("texts.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(lines)}
