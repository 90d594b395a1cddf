"""A part, a plan or a need is never taken for what there is: better unknown than wrong."""

from datetime import date
from pathlib import Path

import pytest

from ingest.meaning import Proposal, extract, load_reference
from ingest.readers import Document
from ingest.readers import read as read_file
from project import paths

TODAY = date(2026, 11, 22)
BULLETIN = ("2022年宜昌市教育事业发展统计公报\n", "\n宜昌市教育局\n2023年5月18日\n")
FEES = ("天津市教育委员会\n关于完善幼儿园和高中收费政策的通知\n", "\n2023年7月11日\n")


def figures(words: str, around: tuple[str, str] = BULLETIN) -> list[Proposal]:
    document = Document(Path("test.txt"), "txt", around[0] + words + around[1], (), "", False)
    found = extract(document, load_reference(paths.seeds_folder()), TODAY).proposals
    return [one for one in found if one.kind == "figure"]


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("全年招聘教师210名，其中高中教师40名", "40名"),
        ("十二年一贯制学校1所", "1所"),
        ("随机抽查学校24所（小学14所、初中10所）", "14所"),
        ("校舍建筑面积151万平方米，当年新增6万平方米", "6万平方米"),
        ("义务教育学位缺口约1.2万个", "1.2万个"),
        ("全市尚缺保教人员2760名", "2760名"),
        ("专任教师中具有正高级职称的66人", "66人"),
        ("仍有3所小学未达到标准", "3所"),
        ("完成9所中小学、幼儿园改扩建", "9所"),
        ("新投用学校、幼儿园11所", "11所"),
        ("嘉积第五小学等6所学校竣工", "6所"),
        ("引进优秀校长、骨干教师23名", "23名"),
        ("16所高校、48个学科入选", "16所"),
        ("14所省属高职院校划转为省直管", "14所"),
        ("民生支出39.8亿元，占一般公共预算支出的76.3%", "76.3%"),
        ("财政民生支出占一般公共预算支出比重73.8%", "73.8%"),
        ("易地搬迁脱贫劳动力就业率达96.9%", "96.9%"),
        ("小榄镇新增学位1380个", "1380个"),
        ("小学超过45人的班级86个", "86个"),
        ("每百名学生拥有骨干教师1.2人", "1.2人"),
        ("小学校际差异系数不高于0.45", "0.45"),
        ("高等教育新增学位15.4万个", "15.4万个"),
        ("幼儿园办托班142家", "142家"),
    ],
)
def test_what_is_only_a_part_or_a_need_is_left_unknown(words: str, printed: str) -> None:
    (one,) = [figure for figure in figures(f"{words}。") if figure.printed == printed]
    assert one.indicator == ""
    assert one.confidence < 0.95


def test_of_initial_secondary_schools_beside_other_kinds_not_all_are_told() -> None:
    alone = figures("全市初级中学29所。")
    beside = figures("全市初级中学29所，九年一贯制学校4所，完全中学3所。")
    assert alone[0].indicator == "lower_secondary_schools"
    assert [one.indicator for one in beside] == [
        "", "nine_year_schools", "complete_secondary_schools",
    ]  # fmt: skip


def test_behind_its_parts_a_sentence_goes_on_to_tell_of_the_whole() -> None:
    words = "全市义务教育学校128所，其中小学105所、初中23所；在校学生71236人。"
    assert figures(words)[-1].indicator == "compulsory_enrolment"


def test_pupils_of_several_stages_that_follow_are_those_of_all() -> None:
    words = "全市在校学生52418人，比上年减少1306人，其中：小学20577人，初中10862人。"
    assert [one.indicator for one in figures(words)] == [
        "all_enrolment", "all_enrolment_change", "primary_enrolment", "lower_secondary_enrolment",
    ]  # fmt: skip


def test_a_list_of_heads_hands_its_figures_out_one_by_one() -> None:
    found = figures("小学752所，招生、在校生、毕业生分别为3万人、18万人、2.9万人。")
    assert [one.indicator for one in found[1:]] == [
        "primary_entrants", "primary_enrolment", "primary_graduates",
    ]  # fmt: skip


def test_shares_and_their_changes_are_told_in_the_same_order() -> None:
    words = "学前三年毛入园率94.37%，普惠性幼儿园覆盖率91.2%，较2019年分别提高3.1和12.6个百分点。"
    assert [one.indicator for one in figures(words)[2:]] == [
        "preschool_gross_enrolment_rate_change", "kindergarten_enrolment_share_change",
    ]  # fmt: skip


def test_last_years_value_beside_a_growth_is_last_years() -> None:
    found = figures("2022年，全市教育经费总投入118亿元，比上年的112亿元增长5.4%。")
    assert [one.period for one in found] == ["2022", "2021", "2021/2022"]


def test_a_growth_from_one_year_to_another_carries_the_first_to_the_next_clause() -> None:
    words = "2021年，在园幼儿由2012年的14.1万人增加到19.8万人，公办园占比由27.4%提高到51.6%。"
    assert [one.period for one in figures(words)] == ["2012", "2021", "2012", "2021"]


def test_what_is_laid_down_holds_at_once_though_the_sentence_before_names_a_year() -> None:
    plan = ("云和县学前教育行动计划（2021—2025年）\n", "\n云和县教育局\n2021年7月5日\n")
    words = "到2025年，普惠性幼儿园覆盖率达到90%。小学班额不超过45人。"
    assert [one.period for one in figures(words, plan)] == ["2025", "2021"]


def test_the_steps_of_a_fee_share_unit_sector_and_indicator() -> None:
    words = "一、公办幼儿园收费\n保育教育费：一级园每生每月850元，二级园700元，三级园560元。"
    found = figures(words, FEES)
    assert {(one.unit_code, one.indicator, one.sector) for one in found} == {
        ("元/生·月", "kindergarten_fee_cap", "public")
    }


def test_a_bound_says_which_cases_are_meant() -> None:
    document = "全市3所小学在校生超过2000人。6人以上每生每学期300元。"
    assert [one.printed for one in figures(document)] == ["3所", "300元"]


def test_a_heading_of_a_table_that_is_not_understood_makes_its_numbers_unknown(
    tmp_path: Path,
) -> None:
    path = tmp_path / "table.html"
    path.write_text(
        "<h1>绥化市2019年教育统计资料</h1><table><tr><th rowspan=2>地区</th>"
        "<th colspan=2>在园幼儿数（人）</th></tr><tr><th>合计</th><th>其中：女</th></tr>"
        "<tr><td>北林区</td><td>14,906</td><td>6,977</td></tr>"
        "<tr><td>市直</td><td>1,024</td><td>480</td></tr></table>",
        encoding="utf-8",
    )
    found = extract(read_file(path), load_reference(paths.seeds_folder()), TODAY).proposals
    stated = [one.indicator for one in found if one.kind == "figure"]
    assert stated == ["kindergarten_enrolment", "", "", ""]
