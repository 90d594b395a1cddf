"""Periods, absolute and relative to the day of the document."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.quantities.dates import read_date
from ingest.quantities.periods import ROLES, PeriodMention, find_periods

PUBLISHED = date(2023, 9, 15)


def only(text: str) -> PeriodMention:
    found = find_periods(text, PUBLISHED)
    assert len(found) == 1, found
    return found[0]


STATED = [
    ("2022年，", "2022", "in"),
    ("2023年春季", "2023-spring", "in"),
    ("2022年秋季学期", "2022-autumn", "in"),
    ("2021学年", "2021/2022", "in"),
    ("2021—2022学年", "2021/2022", "in"),
    ("2020-2022年", "2020/2022", "in"),
    ("2020-2022\n\n年", "2020/2022", "in"),
    ("2021年至2025年", "2021/2025", "in"),
    ("截止 2023 年 4 月底", "2023-04-30", "as_of"),
    ("截至2023年3月6日", "2023-03-06", "as_of"),
    ("到2025年", "2025", "due"),
    ("到2025年底", "2025-12-31", "due"),
    ("2021年底前", "2021-12-31", "due"),
    ("2024年2月底", "2024-02-29", "in"),
    ("从2021年起", "2021", "since"),
    ("2021年以来", "2021", "since"),
    ("从2021年开始三年内", "2021/2023", "in"),
    ("“十四五”期间", "2021/2025", "in"),
    ("“十三五”时期", "2016/2020", "in"),
    ("“十四五”末", "2025", "in"),
    ("二〇三五年", "2035", "in"),
    ("2026-02-24", "2026-02-24", "in"),
    ("2017年3月", "2017-03", "in"),
    ("2023年9月1日至10日", "2023-09", "in"),
    ("2021年9月—2022年6月", "2021/2022", "in"),
]


@pytest.mark.parametrize(("text", "code", "role"), STATED)
def test_a_stated_period_is_read_as_printed(text: str, code: str, role: str) -> None:
    found = only(text)
    assert (found.period.code, found.role, found.is_relative) == (code, role, False)


RELATIVE = [
    ("去年", "2022"),
    ("上年末", "2022-12-31"),
    ("今年", "2023"),
    ("今年春季学期", "2023-spring"),
    ("前年", "2021"),
    ("目前", "2023"),
    ("本月", "2023-09"),
    ("本月 26 日", "2023-09-26"),
    ("上月", "2023-08"),
    ("去年9月", "2022-09"),
    ("9月底", "2023-09-30"),
    ("近三年", "2020/2022"),
    ("五年来", "2018/2022"),
    ("未来五年", "2023/2027"),
    ("三年内", "2023/2025"),
    ("本学年", "2023/2024"),
]


@pytest.mark.parametrize(("text", "code"), RELATIVE)
def test_a_relative_period_counts_from_the_day_of_the_document(text: str, code: str) -> None:
    found = only(text)
    assert (found.period.code, found.is_relative) == (code, True)


def test_a_year_compared_with_counts_from_the_year_of_its_sentence() -> None:
    text = "2022年秋季，占比由去年的91.8%提高到96%。2018年，较上年末提高。"
    codes = [found.period.code for found in find_periods(text, PUBLISHED)]
    assert codes == ["2022-autumn", "2021-autumn", "2018", "2017-12-31"]


def test_a_month_without_year_takes_the_year_of_its_sentence() -> None:
    found = find_periods("2021年完成招标，9月开工。", PUBLISHED)
    assert [(one.period.code, one.is_relative) for one in found] == [
        ("2021", False),
        ("2021-09", False),
    ]


def test_quarters_and_halves_have_their_days() -> None:
    period = only("2025年上半年").period
    assert (period.starts_on, period.ends_on) == (date(2025, 1, 1), date(2025, 6, 30))
    period = only("2025年前三季度").period
    assert (period.starts_on, period.ends_on) == (date(2025, 1, 1), date(2025, 9, 30))
    period = only("2024年第一季度").period
    assert (period.starts_on, period.ends_on) == (date(2024, 1, 1), date(2024, 3, 31))


def test_a_day_that_no_calendar_has_is_no_period() -> None:
    assert read_date("2023年2月30日", PUBLISHED) is None


def test_a_year_in_a_title_belongs_to_the_name() -> None:
    assert find_periods("《2019-2022年建设方案》", PUBLISHED) == []


WORDS_OF_TIME = (
    "2021|年|9|月|30|日|底|前|去|上|本|至|-|三|来|近|内|起|从|学年|十四五|今|目前|截至| |\n|。"
)


@given(
    st.lists(st.sampled_from(WORDS_OF_TIME.split("|")), max_size=20).map("".join),
    st.dates(date(1, 1, 1), date(9998, 12, 31)),
)
@settings(max_examples=300)
def test_any_words_of_time_give_ordered_spans_and_ordered_days(text: str, day: date) -> None:
    end = 0
    for found in find_periods(text, day):
        assert end <= found.char_start < found.char_end <= len(text)
        assert text[found.char_start : found.char_end] == found.printed
        assert found.role in ROLES
        end = found.char_end
