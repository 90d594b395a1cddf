"""Words in both languages, and the texts of the report by key."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
TEXTS_FILE: Final = Path(__file__).parent / "texts.csv"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Chinese and in English."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """The text in one of the two languages."""
        return self.zh if language == "zh" else self.en


def text(key: str) -> Words:
    """The report's own text of `key`; raises KeyError that names the file to mend."""
    try:
        return _texts()[key]
    except KeyError:
        raise KeyError(f"text {key!r} is not in {TEXTS_FILE.name}; add it there") from None


def has_text(key: str) -> bool:
    """Whether the report has a text of that key."""
    return key in _texts()


def name_of_code(kind: str, code: str) -> Words:
    """The name of a code such as status `target`; a code without a text stands for itself."""
    key = f"{kind}.{code}"
    return text(key) if has_text(key) else Words(code, code.replace("_", " "))


def comment_words(comment: str | None, fallback: str) -> Words:
    """The two halves of a comment `English ｜ Chinese` of a table or column."""
    english, separator, chinese = (comment or "").partition(" ｜ ")
    if not separator:
        return Words(fallback, fallback)
    return Words(chinese.strip(), english.strip())


@cache
def _texts() -> dict[str, Words]:
    with TEXTS_FILE.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: Words(row["zh"], row["en"]) for row in csv.DictReader(lines)}
