"""Where each page lies, relative to the folder of its language."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from report.keys import Key

# A page of explanations that would hold more entries is split by district.
MOST_ENTRIES: Final = 120
# A row of the widest list takes up to 900 bytes, and a page is to stay under 250 kB.
MOST_ROWS: Final = 250
UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages on which numbers are explained, one per indicator and city."""

    split: frozenset[tuple[str, str]]
    cities: Mapping[str, str]
    known: dict[Key, str] = field(default_factory=dict)

    def explanation(self, key: Key) -> str:
        """The page that explains a number, with the anchor of its entry."""
        if key not in self.known:
            self.known[key] = f"{self.explanation_page(key)}#{anchor(key)}"
        return self.known[key]

    def explanation_page(self, key: Key) -> str:
        """The page that explains a number."""
        city = self.cities.get(key.region_code, key.region_code)
        region = key.region_code if (city, key.indicator) in self.split else city
        return f"explanations/{file_name(region)}/{file_name(key.indicator)}.html"


def addresses(keys: Sequence[Key], city_of: Callable[[str], str]) -> Addresses:
    """Addresses for everything that the warehouse knows; districts stand with their city."""
    cities = {key.region_code: city_of(key.region_code) for key in keys}
    sizes = Counter((cities[key.region_code], key.indicator) for key in keys)
    large = frozenset(group for group, size in sizes.items() if size > MOST_ENTRIES)
    return Addresses(large, cities)


def anchor(key: Key) -> str:
    """The anchor of a number on its page; unusual scope and status are part of it."""
    parts = [key.region_code, key.sector, key.period]
    if key.region_scope != "self":
        parts.append(key.region_scope)
    if key.status not in ("actual", "change"):
        parts.append(key.status)
    return file_name(".".join(parts))


def explained_row(mart: str, region_code: str, row_key: str) -> str:
    """The page that explains the rows of a mart for a region, with a row's anchor."""
    page = f"explanations/{file_name(region_code)}/{file_name(mart)}.html"
    return f"{page}#{file_name(row_key)}"


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
