"""What meaning promises of single sentences: indicator, region, period, status, interval."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.meaning import Proposal, extract, load_reference
from ingest.readers import Document
from ingest.readers import read as read_file
from project import paths

TODAY = date(2026, 11, 22)
HEAD = "株洲市教育局文件\n株教函〔2023〕9号\n关于有关情况的答复\n"
TAIL = "\n株洲市教育局\n2023年10月8日\n"


def read(words: str, head: str = HEAD, tail: str = TAIL) -> list[Proposal]:
    document = Document(Path("test.txt"), "txt", head + words + tail, (), "", False)
    reference = load_reference(paths.seeds_folder())
    return list(extract(document, reference, TODAY).proposals)


def figures(words: str, head: str = HEAD, tail: str = TAIL) -> list[Proposal]:
    return [one for one in read(words, head, tail) if one.kind == "figure"]


def only(words: str) -> Proposal:
    (one,) = figures(words)
    return one


def test_an_elliptical_enumeration_carries_its_heads_along() -> None:
    found = figures(
        "2023年春季全市免除课后服务费用学生人数为900人，免除费用总金额为81000元，其中：天元区免除课后"
        "服务费用学生人数500人，免除费用总金额为45000元；荷塘区300人，免除费用总金额为27000元，"
        "攸县100人，免除费用总金额为9000元。"
    )
    stated = [
        (one.region_zh, one.indicator.removeprefix("after_school_"), int(one.value or 0))
        for one in found
    ]
    assert stated == [
        ("株洲市", "pupils_waived", 900),
        ("株洲市", "amount_waived", 81000),
        ("天元区", "pupils_waived", 500),
        ("天元区", "amount_waived", 45000),
        ("荷塘区", "pupils_waived", 300),
        ("荷塘区", "amount_waived", 27000),
        ("攸县", "pupils_waived", 100),
        ("攸县", "amount_waived", 9000),
    ]
    assert {one.period for one in found} == {"2023-spring"}


def test_a_list_hands_each_member_its_own() -> None:
    found = figures("2022年，天元区、芦淞区和醴陵市幼儿园分别为31所、42所和53所。")
    assert [(one.region_zh, int(one.value or 0)) for one in found] == [
        ("天元区", 31),
        ("芦淞区", 42),
        ("醴陵市", 53),
    ]
    years = figures("2020-2022年全市出生人口分别为31000人、24000人、20000人。")
    assert [one.period for one in years] == ["2020", "2021", "2022"]
    rates = figures("2022年，学前三年毛入园率、九年义务教育巩固率分别达到95%、98.5%。")
    assert [one.indicator for one in rates] == [
        "preschool_gross_enrolment_rate",
        "compulsory_consolidation_rate",
    ]


def test_one_number_for_a_whole_list_states_a_figure_for_each_member() -> None:
    found = figures("目前，课后服务覆盖率、服务时间达标率均达100%。")
    assert {one.indicator for one in found} == {
        "after_school_coverage",
        "after_school_hours_compliance",
    }
    assert len({(one.char_start, one.char_end) for one in found}) == 1


@pytest.mark.parametrize(
    ("words", "indicator", "sector"),
    [
        ("全市有小学320所。", "primary_schools", "total"),
        ("小学招生4.2万人。", "primary_entrants", "total"),
        ("初中专任教师9016人。", "lower_secondary_full_time_teachers", "total"),
        ("其中民办幼儿园120所。", "kindergartens", "private"),
        ("普惠性幼儿园覆盖率达到91%。", "kindergarten_enrolment_share", "inclusive"),
        ("公办园在园幼儿占比52.3%。", "kindergarten_enrolment_share", "public"),
        ("全市共有62个教育集团。", "education_groups", "total"),
        ("财政性教育经费投入31.5亿元。", "fiscal_education_expenditure", "total"),
        ("新增义务教育学位3200个。", "new_compulsory_school_places", "total"),
    ],
)
def test_standard_vocabulary_finds_its_indicator(words: str, indicator: str, sector: str) -> None:
    one = only(words)
    assert (one.indicator, one.sector) == (indicator, sector)


def test_unknown_wording_is_named_and_never_forced() -> None:
    one = only("全市建成口袋公园46个。")
    assert (one.indicator, one.subject_zh) == ("", "口袋公园")
    assert one.confidence < 0.95


def test_a_unit_that_does_not_fit_forces_no_indicator() -> None:
    assert only("幼儿园占地12.5万平方米。").indicator == ""
    assert only("全市在园幼儿增长到4.1%。").indicator != "kindergarten_enrolment"


def test_a_change_spans_its_two_ends_and_a_base_keeps_its_own_year() -> None:
    level, base, change = figures(
        "2022年，公办园在园幼儿占比51.91%，较2018年的14.9%提高了37个百分点。"
    )
    assert [level.period, base.period, change.period] == ["2022", "2018", "2018/2022"]
    assert change.status == "change"
    assert change.indicator == "kindergarten_enrolment_share_change"
    assert (change.value_low, change.value_high) == (Decimal("36.5"), Decimal("37.5"))


def test_a_measured_share_is_rounded_and_a_target_is_exact() -> None:
    (told,) = figures("2022年，学前三年毛入园率为94.7%。")
    assert (told.value_low, told.value_high) == (Decimal("94.65"), Decimal("94.75"))
    (wanted,) = figures("到2025年，学前三年毛入园率达到96%。")
    assert (wanted.status, wanted.period) == ("target", "2025")
    assert (wanted.value_low, wanted.value_high) == (Decimal(96), Decimal(96))


def test_a_cap_keeps_its_side() -> None:
    one = only("普惠性民办幼儿园保教费最高不超过1200元/生·月。")
    assert (one.status, one.qualifier) == ("price_cap", "at_most")
    assert (one.value_low, one.value_high) == (None, Decimal(1200))


def test_an_office_a_yardstick_and_a_school_are_not_the_region() -> None:
    assert only("株洲市天元区教育局指导的幼儿园有35所。").region_zh == "株洲市"
    assert only("毛入园率94%，").region_zh == "株洲市"
    higher, gap = figures("2022年全市毛入园率94%，高于全省2个百分点。")
    assert {higher.region_zh, gap.region_zh} == {"株洲市"}


def test_a_county_is_that_of_its_time() -> None:
    head, tail = HEAD.replace("2023", "2015"), TAIL.replace("2023", "2015")
    (one,) = figures("2014年，株洲县有幼儿园41所。", head, tail)
    assert (one.region_zh, one.region_code) == ("株洲县", "430221")


def test_ages_conditions_and_indices_state_no_statistic() -> None:
    reasons = {
        one.printed: one.reason for one in read("一、招收3岁以下幼儿，任教3年以上方可申报。")
    }
    assert reasons["3岁"] == "age"
    assert reasons["3年"] == "condition"
    assert reasons["一、"] == "list_index"


def test_a_table_gives_each_number_its_unit_place_and_year(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(
        "瑞金市2023年教育统计主要指标\n\n指标\t单位\t2022年\t2023年\t增长（%）\n"
        "幼儿园数\t所\t186\t179\t-3.8\n九年义务教育巩固率\t%\t99.1\t99.4\t\n",
        encoding="utf-8",
    )
    found = extract(read_file(path), load_reference(paths.seeds_folder()), TODAY).proposals
    stated = [(one.indicator, one.unit_code, one.period) for one in found if one.kind == "figure"]
    assert stated == [
        ("kindergartens", "所", "2022"),
        ("kindergartens", "所", "2023"),
        ("kindergartens_growth", "%", "2022/2023"),
        ("compulsory_consolidation_rate", "%", "2022"),
        ("compulsory_consolidation_rate", "%", "2023"),
    ]
    assert {one.region_zh for one in found if one.kind == "figure"} == {"瑞金市"}


@given(
    st.text(
        alphabet="一二三四0123456789.%，。、；：（）年月人所个元各均分别其中市县区全到较比\n\t小学幼儿园",
        max_size=120,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_gives_spans_that_print_what_they_say(words: str) -> None:
    text = HEAD + words + TAIL
    for one in read(words):
        assert text[one.char_start : one.char_end] == one.printed
        assert 0 <= one.confidence <= 1
