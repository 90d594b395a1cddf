"""What meaning promises of other genres: bulletins, plans, notices, tables, other provinces."""

from datetime import date
from pathlib import Path

import pytest

from ingest.meaning import Proposal, extract, load_reference
from ingest.meaning.place_names import short_names, stem
from ingest.readers import Document
from ingest.readers import read as read_file
from project import paths

TODAY = date(2026, 11, 22)
BULLETIN = ("2022年宜昌市教育事业发展统计公报\n", "\n宜昌市教育局\n2023年5月18日\n")
PLAN = ("黔东南州“十四五”教育事业发展规划\n", "\n黔东南州人民政府\n2021年11月9日\n")
NOTICE = ("石家庄市教育局\n关于规范公办普通高中学费标准的通知\n", "\n2019年8月12日\n")


def figures(words: str, around: tuple[str, str] = BULLETIN) -> list[Proposal]:
    document = Document(Path("test.txt"), "txt", around[0] + words + around[1], (), "", False)
    found = extract(document, load_reference(paths.seeds_folder()), TODAY).proposals
    return [one for one in found if one.kind == "figure"]


def reasons(words: str) -> dict[str, str]:
    document = Document(Path("t.txt"), "txt", BULLETIN[0] + words + BULLETIN[1], (), "", False)
    found = extract(document, load_reference(paths.seeds_folder()), TODAY).proposals
    return {one.printed: one.reason for one in found if one.kind == "non_figure"}


def test_an_autonomous_prefecture_is_known_by_its_short_name() -> None:
    assert stem("黔东南苗族侗族自治州") == "黔东南"
    assert list(short_names("双江拉祜族佤族布朗族傣族自治县")) == ["双江县"]
    (one,) = figures("到2025年，九年义务教育巩固率达到96%。", PLAN)
    assert (one.region_code, one.period, one.status) == ("522600", "2025", "target")


def test_the_whole_city_is_a_city_of_the_rank_of_a_county_itself() -> None:
    around = ("武安市教育体育局2022年工作总结\n", "\n2022年12月30日\n")
    (one,) = figures("全市共有小学212所。", around)
    assert one.region_code == "130481"


@pytest.mark.parametrize(
    "words",
    [
        "常住人口2000人以上的村独立建园",
        "小学56人及以上大班额基本消除",
        "招收5人以上残疾学生的普通学校设立资源教室",
        "600分以上考生名列前茅",
        "不足100人的规模较小学校按此拨付",
        "4人间宿舍按标准收取",
        "面试成绩低于70分的不予聘用",
    ],
)
def test_a_bound_of_what_is_meant_is_a_condition(words: str) -> None:
    assert "condition" in reasons(words).values()


def test_a_change_told_of_several_looks_back_at_each_of_them() -> None:
    found = figures(
        "小学招生35.12万人，在校生197.43万人，毕业生30.57万人，"
        "分别比上年增加0.64万人、4.5万人和1.21万人。"
    )
    changed = [one.indicator for one in found[3:]]
    assert changed == [
        "primary_entrants_change", "primary_enrolment_change", "primary_graduates_change",
    ]  # fmt: skip
    assert {one.period for one in found[3:]} == {"2021/2022"}


def test_a_share_of_a_whole_is_that_of_the_figure_before() -> None:
    found = figures("普惠性幼儿园在园幼儿8.91万人，占全市在园幼儿的90.2%。")
    assert (found[1].indicator, found[1].sector) == ("kindergarten_enrolment_share", "inclusive")


def test_a_gap_to_the_nation_is_no_change_over_time() -> None:
    found = figures("九年义务教育巩固率96.6%，高出全国平均水平1.4个百分点。")
    assert (found[1].status, found[1].period, found[1].indicator) == ("actual", "2022", "")


def test_the_bound_behind_a_list_is_that_of_all_its_members() -> None:
    found = figures("小学、初中班额分别控制在45人、50人以内。", PLAN)
    assert [(one.value_low, one.qualifier) for one in found] == [(None, "at_most")] * 2
    assert [one.indicator for one in found] == [
        "primary_class_size_cap",
        "lower_secondary_class_size_cap",
    ]


def test_last_year_looks_back_from_the_year_that_is_told_of() -> None:
    found = figures("2022年，普惠性幼儿园覆盖率由上年的88.1%提高到90.2%。")
    assert [one.period for one in found] == ["2021", "2022"]


def test_the_end_of_the_year_holds_for_its_own_sentence() -> None:
    found = figures("年末全市共有普通高等学校7所，全年招生4.87万人。小学887所。")
    assert [one.period for one in found] == ["2022-12-31", "2022", "2022"]


def test_a_school_year_in_the_title_dates_what_follows() -> None:
    around = ("2021-2022学年度北京教育事业发展统计概况\n", "\n北京市教育委员会\n2022年3月17日\n")
    found = figures("全市有小学837所。与上学年度相比，小学减少4所。", around)
    assert [one.period for one in found] == ["2021/2022", "2020/2021"]


def test_a_month_by_which_work_is_due_lies_ahead() -> None:
    around = ("贵州省2023年民生实事实施方案\n", "\n贵州省教育厅\n2023年2月14日\n")
    (one,) = figures("6月底前完成投资50%。", around)
    assert one.period == "2023-06-30"


def test_a_notice_of_fees_is_about_the_schools_of_its_title() -> None:
    found = figures("普通高中学费每生每学期900元。", NOTICE)
    assert (found[0].indicator, found[0].sector) == ("senior_secondary_tuition", "public")


@pytest.mark.parametrize(
    ("words", "indicator"),
    [
        ("招聘教师420名，其中高中60名", ""),
        ("2人被评为全国优秀骨干教师", ""),
        ("购置图书3.5万册", ""),
        ("生均一般公共预算教育经费15206元", ""),
        ("校舍建筑面积612.4万平方米，生均16.7平方米", "per_pupil_building_area"),
        ("高考本科上线2657人，上线率61.4%", "undergraduate_line_rate"),
        ("小学生10325人", "primary_enrolment"),
        ("本科以上学历1806人，占75.5%", "teachers_with_bachelor_or_above_share"),
    ],
)
def test_words_around_an_indicator_narrow_or_turn_it(words: str, indicator: str) -> None:
    assert figures(f"{words}。")[-1].indicator == indicator


def test_a_document_in_traditional_characters_is_understood_and_printed_as_it_stands() -> None:
    words = (
        "泉州市2021年教育事業發展情況簡報\n泉州市教育局\n"
        "全市共有幼兒園1862所，在園幼兒37.85萬人，普惠性幼兒園覆蓋率93.6%。\n"
    )
    document = Document(Path("t.txt"), "txt", words, (), "", False)
    found = extract(document, load_reference(paths.seeds_folder()), TODAY).proposals
    stated = [(one.printed, one.indicator) for one in found if one.kind == "figure"]
    assert stated == [
        ("1862所", "kindergartens"),
        ("37.85萬人", "kindergarten_enrolment"),
        ("93.6%", "kindergarten_enrolment_share"),
    ]
    assert {one.region_code for one in found if one.kind == "figure"} == {"350500"}


def test_a_table_under_who_filled_it_in_keeps_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "table.html"
    path.write_text(
        "<h1>平凉市2022年小学基本情况统计表</h1><table>"
        "<tr><td>填报单位：平凉市教育局</td><td></td><td></td><td>2023年3月1日</td></tr>"
        "<tr><td rowspan=2>县（市、区）</td><td colspan=2>学校数（所）</td>"
        "<td rowspan=2>住宿费（元/生·学期）</td></tr><tr><td>2021</td><td>2022</td></tr>"
        "<tr><td>崆峒区</td><td>96</td><td>94</td><td>300</td></tr></table>",
        encoding="utf-8",
    )
    found = extract(read_file(path), load_reference(paths.seeds_folder()), TODAY).proposals
    stated = [(one.indicator, one.period, one.region_code) for one in found if one.kind == "figure"]
    assert stated[:2] == [
        ("primary_schools", "2021", "620802"),
        ("primary_schools", "2022", "620802"),
    ]
    assert stated[2][0] == "boarding_fee_cap"
