"""Finds what the warehouse knows by a word in either language, best first."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from query.connection import Row, Warehouse
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

# Signs outside ASCII, Chinese and its full-width forms may be written in ways that no pattern of
# ours knows: a text that holds one is always looked at.
STRANGE: Final = r"[^\x00-\x7F\x{3000}-\x{303F}\x{4E00}-\x{9FFF}\x{FF01}-\x{FF5E}]"
SPACES: Final = "_ \uff3f\u3000"
FULL_WIDTH: Final = 0xFEE0
# Signs of a term that go into a pattern; a longer one may be too large to compile.
LONGEST: Final = 60

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
    entries = chain(_names(warehouse), _figures(warehouse, terms))
    found = [replace(hit, score=score) for hit in entries if (score := _score(terms, hit))]
    return sorted(found, key=lambda hit: (-hit.score, hit.kind, hit.key))


def suggestions(warehouse: Warehouse, query: str) -> list[str]:
    """Names that are written much like a query that found nothing."""
    names = {text for hit in _names(warehouse) for text in (hit.key, hit.name.en, hit.name.zh)}
    lowered = {_normal(name): name for name in sorted(names) if name}
    return [lowered[name] for name in nearest(_normal(query), lowered)]


def _names(warehouse: Warehouse) -> Iterator[Hit]:
    """Everything that has a name: all but the figures."""
    yield from described_entries(warehouse)
    for kind in ENTRIES:
        if kind != "figure":
            yield from entries_of(warehouse, kind)


def _figures(warehouse: Warehouse, terms: list[str]) -> Iterator[Hit]:
    """The figures in which the terms may stand: of a nation's, Python looks at few."""
    text = "concat_ws(' ', key, en, zh, aliases, words)"
    patterns = [f"(?i){''.join(map(_either_way, term[:LONGEST]))}|{STRANGE}" for term in terms]
    stands = " and ".join(f"regexp_matches({text}, ?)" for _ in terms)
    rows = warehouse.rows(
        f"select * from ({ENTRIES['figure']}) as entries (key, en, zh, aliases, words)"  # noqa: S608
        f" where {stands}",
        patterns,
    )
    yield from (_hit("figure", row) for row in rows)


def _either_way(sign: str) -> str:
    """A sign of a term as a pattern: of half or of full width; an underscore is a space."""
    half = 0x20 < ord(sign) < 0x7F
    signs = SPACES if sign in SPACES else sign + (chr(ord(sign) + FULL_WIDTH) if half else "")
    return "[" + "".join(f"\\x{{{ord(one):X}}}" for one in signs) + "]"


def described_entries(warehouse: Warehouse) -> Iterator[Hit]:
    """Marts and their columns. Raises QueryFault where the file has no dictionary."""
    for mart in read_dictionary(warehouse).values():
        yield Hit("mart", mart.name, mart.description, (), mart.topic)
        for column in mart.columns.values():
            key = f"{mart.name}.{column.name}"
            yield Hit("column", key, column.description, (), column.indicator or "")


def entries_of(warehouse: Warehouse, kind: str) -> Iterator[Hit]:
    """Everything of one kind. Raises QueryFault where the file lacks a table that it needs."""
    yield from (_hit(kind, row) for row in warehouse.rows(ENTRIES[kind]))


def _hit(kind: str, row: Row) -> Hit:
    key, en, zh, aliases, words = row
    return Hit(kind, key, Described(en, zh), tuple((aliases or "").splitlines()), words)


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
