"""How the name of a place is shortened: 株洲市 is 株洲, 黔东南苗族侗族自治州 is 黔东南州."""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from ingest.meaning.lexicon import FOLDER
from ingest.quantities.lexicon import alternation

SHORTEST_STEM: Final = 2
_ENDING: Final = re.compile(
    r"(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|地区|省|市|县|区|盟|旗|州|林区|特区)$"
)
_AUTONOMOUS: Final = re.compile(r"自治([州县旗])$")


@cache
def _groups() -> re.Pattern[str]:
    """The ethnic groups that the name of an autonomous area ends in."""
    with (FOLDER.parent / "romanisation.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name_zh"] for row in csv.DictReader(file) if row["kind"] == "ethnic_group"]
    return re.compile(f"(?:{alternation(names)})+$")


@lru_cache(maxsize=1 << 13)
def stem(name: str) -> str:
    """The name without what its level adds: 株洲市 is 株洲, 广西壮族自治区 is 广西."""
    if autonomous := _AUTONOMOUS.search(name):
        short = _groups().sub("", name[: autonomous.start()])
    else:
        short = _ENDING.sub("", name)
    return short if len(short) >= SHORTEST_STEM else name


def short_names(name: str) -> Iterator[str]:
    """What else an autonomous area is called in full: 黔东南州, 双江县; nothing for others."""
    if autonomous := _AUTONOMOUS.search(name):
        short = stem(name)
        if short != name:
            yield short + autonomous[1]
