"""Places that a document can speak of, and how it prints their names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from ingest.meaning.lexicon import pattern, read_table
from ingest.meaning.place_names import SHORTEST_STEM, short_names, stem
from ingest.meaning.reference import NATION, Reference, Region

_LEVELS: Final = ("nation", "province", "city", "county", "functional_zone")
_SHORTENED: Final = frozenset({"province", "city"})
_ZONE: Final = re.compile(r"(?:经开区|高新区|示范区|新区|经济开发区|高新技术产业开发区)$")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of places as one document prints them.

    home: the region that the document speaks of. chain: home and what lies above it, by level.
    codes: printed name -> region code; names: region code -> name.
    """

    home: str
    chain: dict[str, str]
    codes: dict[str, str]
    names: dict[str, str]
    finder: re.Pattern[str]

    def of_level(self, level: str) -> str:
        """The region that 全市, 全省 and the like mean here; empty where there is none."""
        if level == "any":
            return self.home
        named = self.names.get(self.home, "")
        # A city of the rank of a county or of a province calls itself 全市 as well.
        if level == "city" and named.endswith("市"):
            return self.home
        return self.chain.get(level, "")

    def find(self, words: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and code of every place named in these words."""
        for match in self.finder.finditer(words):
            yield match.start(), match.end(), self.codes[match[0]]

    def code_of_heading(self, words: str) -> str:
        """The region that a heading of a row or column names; empty where it names none."""
        if words in self.codes:
            return self.codes[words]
        stems = [code for name, code in self.codes.items() if stem(name) == words]
        return stems[0] if len(set(stems)) == 1 else ""


@lru_cache(maxsize=64)
def _valid(regions: tuple[Region, ...], day: date) -> dict[str, Region]:
    return {region.code: region for region in regions if region.is_valid(day)}


@lru_cache(maxsize=64)
def gazetteer(regions: tuple[Region, ...], home: str, day: date) -> Gazetteer:
    """The names that a document of `home` and of `day` prints for places."""
    valid = _valid(regions, day)
    home = home if home in valid else NATION
    chain: dict[str, str] = {}
    code = home
    while code in valid:
        chain.setdefault(valid[code].level, code)
        code = valid[code].parent
    names = {code: region.name_zh for code, region in valid.items()}
    codes = _printed_names(valid, home, chain)
    return Gazetteer(home, chain, codes, names, pattern(codes))


def _printed_names(valid: dict[str, Region], home: str, chain: dict[str, str]) -> dict[str, str]:
    province = chain.get("province", "")
    found: dict[str, str] = {}
    homonyms: defaultdict[str, set[str]] = defaultdict(set)
    for code, region in valid.items():
        if region.level == "nation":
            continue
        inside = _lies_in(valid, code, home)
        if region.level in ("province", "city") or inside:
            homonyms[region.name_zh].add(code)
            for short in short_names(region.name_zh):
                homonyms[short].add(code)
        near = inside or region.parent == province
        if region.level == "province" or (region.level == "city" and near):
            found.setdefault(stem(region.name_zh), code)
        if region.level == "functional_zone" and inside:
            zone = _ZONE.search(region.name_zh)
            if zone:
                homonyms[zone[0]].add(code)
    for name, named in homonyms.items():
        if len(named) == 1:
            found[name] = next(iter(named))
    return {name: code for name, code in found.items() if len(name) >= SHORTEST_STEM}


def _lies_in(valid: dict[str, Region], code: str, above: str) -> bool:
    while code in valid:
        if code == above:
            return True
        code = valid[code].parent
    return False


@lru_cache(maxsize=8)
def number_characters() -> dict[str, str]:
    """First character of a document number -> province: 湘 -> 430000."""
    return {row["character"]: row["region_code"] for row in read_table("number_characters.csv")}


def region_of_names(reference: Reference, words: str, day: date) -> str:
    """The narrowest region that these words name in full, cities before counties; empty if none.

    A name inside a longer one does not count, and a county counts only where its city or
    province is named or no other county bears its name.
    """
    found = ""
    valid = _valid(reference.regions, day)
    finder, by_name = _names_of(reference.regions, day)
    for match in finder.finditer(words):
        codes = by_name[match[0]]
        nested = [code for code in codes if found and _lies_in(valid, code, found)]
        if nested:
            found = nested[0]
        elif not found and (len(codes) == 1 or valid[codes[0]].level != "county"):
            found = codes[0]
    return found


def lies_in(reference: Reference, code: str, above: str, day: date) -> bool:
    """Whether a region lies in another, or is that region."""
    return _lies_in(_valid(reference.regions, day), code, above)


def region_of_stem(reference: Reference, words: str, day: date) -> str:
    """The province or city that these words open with by its short name: 拉萨：…; empty if none."""
    found = [
        (len(short), -_LEVELS.index(region.level), region.code)
        for region in _valid(reference.regions, day).values()
        if region.level in _SHORTENED
        for short in (stem(region.name_zh), *short_names(region.name_zh))
        if words.startswith(short)
    ]
    return max(found)[2] if found else ""


def region_told(reference: Reference, code: str, text: str, day: date) -> str:
    """The region whose own words a text uses: where a county is named in passing and the text
    says 全市, not 全县 or 全区, it is the county's city that speaks."""
    valid = _valid(reference.regions, day)
    if code not in valid or valid[code].level != "county" or valid[code].name_zh.endswith("市"):
        return code
    of_city = sum(text.count(words) for words in ("全市", "我市", "全州", "我州"))
    of_county = sum(text.count(words) for words in ("全县", "我县", "全区", "我区", "全旗"))
    return valid[code].parent if of_city > of_county else code


@lru_cache(maxsize=16)
def _names_of(
    regions: tuple[Region, ...], day: date
) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for code, region in sorted(_valid(regions, day).items(), key=lambda item: _order(item[1])):
        if region.level != "nation":
            by_name[region.name_zh].append(code)
    for names in [(name, codes) for name, codes in by_name.items() if "自治" in name]:
        for short in short_names(names[0]):
            by_name.setdefault(short, names[1])
    return pattern(by_name), dict(by_name)


@lru_cache(maxsize=16)
def sole_names(regions: tuple[Region, ...], day: date) -> dict[str, str]:
    """Full names that one region alone bears on a day -> its code."""
    _, by_name = _names_of(regions, day)
    return {name: codes[0] for name, codes in by_name.items() if len(codes) == 1}


def _order(region: Region) -> tuple[int, str]:
    return _LEVELS.index(region.level), region.code
