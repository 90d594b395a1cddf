"""Finds what the warehouse knows by a word in either language, best first."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from query.connection import Warehouse
from query.dictionary import Described, read_dictionary
from query.faults import nearest

# One row per thing that can be found: key, name in English, in Chinese, other names, more words.
# A figure is found by the words that identify it.
ENTRIES: Final[Mapping[str, str]] = {
    "indicator": """
        select indicator, name_en, name_zh, aliases,
            concat_ws(' ', definition_en, definition_zh, topic)
        from indicators
        left join (
            select indicator, string_agg(alias_zh, chr(10) order by alias_zh) as aliases
            from staging.stg_indicator_aliases
            group by indicator
        ) using (indicator)
    """,
    "document": """
        select document_id, document_type, title_zh, document_number, issuer
        from documents
    """,
    "region": """
        select region_code, name_en, name_zh, null, region_level
        from observations.latest_regions
    """,
    "figure": """
        select figures.figure_id, indicators.name_en, figures.evidence, null,
            concat_ws(' ', figures.printed, figures.indicator, indicators.name_zh)
        from figures
        inner join indicators using (indicator)
    """,
}

# What a hit is worth by the place where the words stand, and by its kind.
PLACES: Final = {"key": 40, "name": 40, "words": 10}
KINDS: Final = {
    "indicator": 9,
    "mart": 8,
    "column": 5,
    "region": 4,
    "document": 3,
    "figure": 1,
}
WHOLE: Final = 60
BEGINNING: Final = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that the warehouse knows; `score` is greater for a better match."""

    kind: str
    key: str
    name: Described
    aliases: tuple[str, ...]
    words: str
    score: int = 0


def search(warehouse: Warehouse, query: str) -> list[Hit]:
    """Everything in which all words of the query stand, best first, then by kind and key.

    Case, width (full or half) and the language of the query make no difference.
    """
    terms = _normal(query).split()
    if not terms:
        return []
    hits = [replace(hit, score=_score(terms, hit)) for hit in _entries(warehouse)]
    found = [hit for hit in hits if hit.score]
    return sorted(found, key=lambda hit: (-hit.score, hit.kind, hit.key))


def suggestions(warehouse: Warehouse, query: str) -> list[str]:
    """Names that are written much like a query that found nothing."""
    names = {
        text
        for hit in _entries(warehouse)
        if hit.kind != "figure"
        for text in (hit.key, hit.name.en, hit.name.zh)
    }
    lowered = {_normal(name): name for name in sorted(names) if name}
    return [lowered[name] for name in nearest(_normal(query), lowered)]


def _entries(warehouse: Warehouse) -> Iterator[Hit]:
    yield from described_entries(warehouse)
    for kind in ENTRIES:
        yield from entries_of(warehouse, kind)


def described_entries(warehouse: Warehouse) -> Iterator[Hit]:
    """Marts and their columns. Raises QueryFault where the file has no dictionary."""
    for mart in read_dictionary(warehouse).values():
        yield Hit("mart", mart.name, mart.description, (), mart.topic)
        for column in mart.columns.values():
            key = f"{mart.name}.{column.name}"
            yield Hit("column", key, column.description, (), column.indicator or "")


def entries_of(warehouse: Warehouse, kind: str) -> Iterator[Hit]:
    """Everything of one kind. Raises QueryFault where the file lacks a table that it needs."""
    for key, en, zh, aliases, words in warehouse.rows(ENTRIES[kind]):
        yield Hit(kind, key, Described(en, zh), tuple((aliases or "").splitlines()), words)


def _score(terms: list[str], hit: Hit) -> int:
    """0 unless every term stands somewhere; whole names and beginnings count more."""
    places = {
        "key": [_normal(hit.key).replace("_", " ")],
        "name": [_normal(name) for name in (hit.name.en, hit.name.zh, *hit.aliases)],
        "words": [_normal(hit.words).replace("_", " ")],
    }
    total = 0
    for term in terms:
        worth = [
            PLACES[place] + (BEGINNING if text.startswith(term) else 0)
            for place, texts in places.items()
            for text in texts
            if term.replace("_", " ") in text
        ]
        if not worth:
            return 0
        total += max(worth)
    whole = " ".join(terms).replace("_", " ")
    is_whole = whole in {*places["key"], *places["name"]}
    return total // len(terms) + (WHOLE if is_whole else 0) + KINDS[hit.kind]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
