"""What the recogniser makes of misprints, ranges in full, ratios and school terms."""

from datetime import date
from decimal import Decimal

import pytest

from ingest.quantities import Mention, find, find_periods
from ingest.quantities.misprints import is_misprint


def statistics(text: str) -> list[Mention]:
    return [mention for mention in find(text) if mention.is_statistic]


def reasons(text: str) -> list[tuple[str, str]]:
    return [(mention.printed, mention.reason) for mention in find(text) if mention.reason]


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("培养IO(X)名教师", "IO(X)名", 1000),
        ("新建l5所学校", "l5所", 15),
        ("招聘2O名教师", "2O名", 20),
    ],
)
def test_letters_in_the_place_of_digits_are_read_and_marked(
    text: str, printed: str, value: int
) -> None:
    (one,) = statistics(text)
    assert (one.printed, one.value) == (printed, Decimal(value))
    assert is_misprint(one)


@pytest.mark.parametrize("text", ["H2O分子", "CO2排放", "IP地址10个", "第II类5所", "共10名、100所"])
def test_letters_that_are_meant_and_plain_numbers_are_no_misprints(text: str) -> None:
    assert not any(is_misprint(one) for one in statistics(text))


def test_a_rate_beyond_its_whole_has_lost_the_sign_of_its_range() -> None:
    (one,) = statistics("千人指标调整到8090人/千人")
    assert (one.value_low, one.value_high, one.qualifier) == (Decimal(80), Decimal(90), "range")
    (plain,) = statistics("每千人口有托位85个/千人")
    assert plain.value == Decimal(85)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("每人每月发放200元至700元", 200, 700, "元/人·月"),
        ("每人奖励5000元至10000元", 5000, 10000, "元/人"),
    ],
)
def test_a_range_of_two_full_quantities_is_one_number(
    text: str, low: int, high: int, unit: str
) -> None:
    found = [one for one in statistics(text) if one.qualifier == "range"]
    assert [(one.value_low, one.value_high) for one in found] == [(Decimal(low), Decimal(high))]
    assert found[0].unit_code.startswith(unit[0])


def test_one_to_thirteen_is_a_ratio_and_half_past_two_a_time() -> None:
    ratios = statistics("小学1:19、初中1:13.5、高中1:12")
    assert [one.value for one in ratios] == [Decimal(19), Decimal("13.5"), Decimal(12)]
    assert not statistics("下午1:30开始，上午8:30到校")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("附件1：考试科目", ("1", "list_index")),
        ("见表5-1 所列", ("5-1", "list_index")),
        ("专栏6 主要指标", ("6", "list_index")),
        ("获全市前三名", ("三名", "ordinal")),
        ("县城第三幼儿园", ("三", "ordinal")),
        ("第一产业增加值", ("一", "ordinal")),
        ("第二章 发展目标", ("二章", "ordinal")),
        ("推广4.30课堂", ("4.30", "name")),
    ],
)
def test_numbers_that_only_number_things_state_no_statistic(
    text: str, wanted: tuple[str, str]
) -> None:
    assert wanted in reasons(text)


def test_doubling_is_a_number_and_a_good_deal_is_none() -> None:
    assert [one.unit_code for one in statistics("经费总量翻了一番")] == ["番"]
    assert not statistics("着实下了一番功夫")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2021-2022学年度第二学期", "2022-spring"),
        ("2021—2022学年第一学期", "2021-autumn"),
        ("2021-2022学年", "2021/2022"),
    ],
)
def test_a_term_of_a_school_year_is_read(words: str, code: str) -> None:
    (one,) = find_periods(words, date(2022, 6, 1))
    assert one.period.code == code


def test_a_bound_parted_by_its_whole_still_holds() -> None:
    (one,) = statistics("按不低于基本工资的15%发放津贴")
    assert one.qualifier == "at_least"
    (other,) = statistics("对新建幼儿园每所补助300万元")
    assert other.unit_code == "万元/所"
