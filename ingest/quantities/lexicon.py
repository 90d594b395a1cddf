"""Word lists as data files, and regular expressions built from them.

Every list of words that the recogniser knows is a CSV file beside this module: `read_rows`
reads one, `alternation` turns words into one regular expression that prefers the longest word.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_FOLDER = Path(__file__).parent


class LexiconError(ValueError):
    """A data file of the recogniser is wrong; the message names the file, the row and the mend."""


def read_rows(name: str, columns: tuple[str, ...], *, key_columns: int = 1) -> list[dict[str, str]]:
    """Rows of the data file `name`, in its order, as texts.

    Raises LexiconError where the header is not `columns`, a row has another number of fields,
    its first field is empty, or its first `key_columns` fields stand in an earlier row.
    """
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader, ())) != columns:
            raise LexiconError(f"{name} row 1: the header must be {','.join(columns)}")
        for fields in reader:
            place = f"{name} row {reader.line_num}"
            if len(fields) != len(columns) or not fields[0]:
                raise LexiconError(f"{place}: write {len(columns)} fields, the first not empty")
            key = tuple(fields[:key_columns])
            if key in rows:
                raise LexiconError(
                    f"{place}: '{','.join(key)}' stands in an earlier row; remove one"
                )
            rows[key] = dict(zip(columns, fields, strict=True))
    return list(rows.values())


@dataclass(slots=True)
class _Node:
    """A place in the tree of words: what may follow, and what must hold where a word ends."""

    children: dict[str, "_Node"] = field(default_factory=dict)
    ending: str | None = None


def alternation(words: Iterable[str], endings: Mapping[str, str] | None = None) -> str:
    """A regular expression that matches any of the words, the longest that fits.

    endings: word -> regular expression that must hold behind it (a lookahead). No words give an
    expression that never matches.
    """
    root = _Node()
    for word in words:
        node = root
        for letter in word:
            node = node.children.setdefault(letter, _Node())
        node.ending = endings.get(word, "") if endings else ""
    return _expression(root) if root.children else "(?!)"


def behind_first_letter(words: Iterable[str]) -> str:
    """A regular expression of the rest of any of the words, behind its first letter just read.

    A class of the first letters in front of it lets a search skip all other characters.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    choices = [f"(?<={first}){alternation(rest)}" for first, rest in rests.items()]
    return f"(?:{'|'.join(choices)})"


def _expression(node: _Node) -> str:
    last_letters = ""
    choices: list[str] = []
    for letter, child in node.children.items():
        rest = _expression(child)
        if rest:
            choices.append(re.escape(letter) + rest)
        else:
            last_letters += re.escape(letter)
    if last_letters:
        choices.append(f"[{last_letters}]")
    if node.ending is not None:
        choices.append(node.ending)
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
