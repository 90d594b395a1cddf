"""Where each page lies, relative to the folder of its language."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from report.grouping import grouped
from report.keys import Key

# A piece of an explanation takes up to 400 bytes, and a page is to stay under 250 kB.
MOST_PIECES: Final = 450
# A row of the widest list takes up to 900 bytes, and a page is to stay under 250 kB.
MOST_ROWS: Final = 200
# A finding with both its sides takes up to 9 kilobytes.
MOST_FINDINGS: Final = 24
UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages on which numbers are explained: their keys, and where each one stands."""

    pages: Mapping[str, Sequence[Key]]
    known: Mapping[Key, str]

    def explanation(self, key: Key) -> str:
        """The page that explains a number, with the anchor of its entry."""
        return self.known[key]


def addresses(
    keys: Iterable[Key],
    city_of: Callable[[str], str],
    topic_of: Callable[[str], str],
    pieces_of: Callable[[Key], int],
) -> Addresses:
    """Addresses for everything that the warehouse knows, in the order of the keys.

    A page explains what is known of a city and its districts on a topic; where that would be too
    much, of an indicator, then of a district, then as many values as have room.
    """
    pages: dict[str, list[Key]] = {}
    pieces = {key: pieces_of(key) for key in keys}
    topics = grouped(pieces, lambda key: (city_of(key.region_code), topic_of(key.indicator)))
    for (city, topic), of_topic in topics.items():
        if _fits(of_topic, pieces):
            pages[explanation_page(city, topic)] = of_topic
            continue
        for indicator, own in grouped(of_topic, lambda key: key.indicator).items():
            if _fits(own, pieces):
                pages[explanation_page(city, indicator)] = own
                continue
            for region, rest in grouped(own, lambda key: key.region_code).items():
                for number, part in enumerate(_parts(rest, pieces), 1):
                    pages[numbered(explanation_page(region, indicator), number)] = part
    known = {key: f"{page}#{anchor(key)}" for page, own in pages.items() for key in own}
    return Addresses(pages, known)


def _fits(keys: Sequence[Key], pieces: Mapping[Key, int]) -> bool:
    return sum(pieces[key] for key in keys) <= MOST_PIECES


def _parts(keys: Sequence[Key], pieces: Mapping[Key, int]) -> Iterable[list[Key]]:
    """Keys in their order, as many together as have room on a page; at least one."""
    part: list[Key] = []
    for key in keys:
        if part and not _fits([*part, key], pieces):
            yield part
            part = []
        part.append(key)
    yield part


def explanation_page(region_code: str, name: str) -> str:
    """The page that explains numbers of a region: on a topic, of an indicator or of a mart."""
    return f"explanations/{file_name(region_code)}/{file_name(name)}.html"


def anchor(key: Key) -> str:
    """The anchor of a number on its page; unusual scope and status are part of it."""
    parts = [key.indicator, key.region_code, key.sector, key.period]
    if key.region_scope != "self":
        parts.append(key.region_scope)
    if key.status not in ("actual", "change"):
        parts.append(key.status)
    return file_name(".".join(parts))


def explained_row(mart: str, region_code: str, row_key: str) -> str:
    """The page that explains the rows of a mart for a region, with a row's anchor."""
    return f"{explanation_page(region_code, mart)}#{file_name(row_key)}"


def region_page(region_code: str) -> str:
    """The page of a city or district."""
    return f"regions/{file_name(region_code)}.html"


def table_page(mart: str) -> str:
    """The page that says what the columns of a table mean."""
    return f"tables/{file_name(mart)}.html"


def document_page(document_id: str) -> str:
    """The page of a document."""
    return f"documents/{file_name(document_id)}.html"


def file_name(code: str) -> str:
    """A code as part of a file name or anchor: letters, digits, hyphen and underscore only.

    A code with other characters gets a number of its own, so that no two codes share a name.
    """
    if not UNSAFE.search(code):
        return code
    number = sum(position * ord(letter) for position, letter in enumerate(code, 1))
    return UNSAFE.sub("_", code) + f"_{number}"


def numbered(path: str, number: int) -> str:
    """The n-th page of a list that is too long for one: `figures.html`, `figures-2.html`."""
    stem, _, ending = path.rpartition(".")
    return path if number == 1 else f"{stem}-{number}.{ending}"


def page_names(path: str, count: int) -> Iterable[str]:
    """The names of all pages of a list."""
    return (numbered(path, number) for number in range(1, count + 1))
