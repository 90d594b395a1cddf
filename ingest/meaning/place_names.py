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


_UNLISTED: Final = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?<![乡城各每制集全个小])(?:镇|乡|街道|街道办事处|社区|村)"
    r"|.*(?:第?[一二三四五六七八九十]+(?:中学?|小学?|幼|幼儿园)|实验(?:小学|中学|幼儿园|学校)|附属.{2,6})"
)
_EACH_PLACE: Final = re.compile("每个[^，。；人生名]{0,6}(?:县|区|旗|乡|镇|街道|苏木|村|学区)")
_TOWN: Final = re.compile(
    r"(?:其中)?(?![各每全所本该])[\u4e00-\u9fff]{2,3}?(?<![乡城各每制集全个小心点])(?:镇|街道)"
    r"(?![村乡级区中及和居化内公])"
)


@lru_cache(maxsize=1 << 12)
def is_unlisted(heading: str) -> bool:
    """Whether a heading is the name of a township or a school: no region of the seed."""
    return _UNLISTED.fullmatch(heading) is not None


def opens_with_town(clean: str, start: int, end: int) -> bool:
    """Whether the words of a figure open with the name of a township: 小榄镇新增学位1380个."""
    return _TOWN.match(clean, start, end) is not None


def of_each(clean: str, start: int, end: int) -> bool:
    """Whether the words of a figure say how many each place has: 每个苏木乡镇办好1所."""
    return _EACH_PLACE.search(clean, start, end) is not None


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
