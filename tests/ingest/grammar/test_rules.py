"""Every row of the grammar proves itself by its example; no rule is surer than its words allow."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.grammar.rules import effect_of
from ingest.grammar.signs import signs_of
from ingest.grammar.tables import rows
from ingest.meaning import Proposal, extract, load_reference
from ingest.meaning.places import gazetteer
from ingest.meaning.sentences import sentences
from ingest.quantities import find
from ingest.readers import Document, read
from project import paths
from project.language import say

TODAY = date(2026, 11, 22)
HOME = "530400"


def figures(body: str, title: str = "玉溪市2024年教育事业简报") -> dict[str, Proposal]:
    text = f"{title}\n{body}\n"
    document = Document(Path("test.txt"), "txt", text, (), "", False)
    found = extract(document, load_reference(paths.seeds_folder()), TODAY).proposals
    return {one.printed: one for one in found if one.kind == "figure"}


def code_of(words: str) -> str:
    reference = load_reference(paths.seeds_folder())
    mentions = find(words)
    reasons = [one.reason for one in mentions]
    (sentence,) = sentences(words, mentions, reasons)
    places = gazetteer(reference.regions, HOME, TODAY)
    signs = [one for one in signs_of(sentence.clean, places, reference) if one.sign != "w"]
    last = "".join(one.sign for one in signs)
    return last[: last.rindex("F") + 1]


@pytest.mark.parametrize("row", rows("rules.csv"), ids=lambda row: row["rule"])
def test_each_rule_reads_its_example(row: dict[str, str]) -> None:
    assert effect_of(code_of(row["example"])) == row["result"]


@given(st.text(alphabet="UEpnmxQ", min_size=1, max_size=4), st.text(alphabet="SHAOLGPVIJB"))
def test_no_rule_fits_a_clause_with_a_word_that_no_table_knows(odd: str, known: str) -> None:
    assert effect_of(odd + known + "F") == ""
    assert effect_of(known + odd + "F") == ""


@pytest.mark.parametrize(
    ("words", "printed", "value"),
    [
        ("全市在园幼儿63214人，比上年减少5213人。", "5213人", -5213),
        ("初中在校生9.84万人，同比下降2.3%。", "2.3%", -2.3),
        ("小学招生3.1万人，比上年增加0.2万人。", "0.2万人", 0.2),
        ("高中阶段毛入学率92.1%，比上年回落0.4个百分点。", "0.4个百分点", -0.4),
        ("普通高中36所，比上年净减2所。", "2所", -2),
    ],
)
def test_a_change_carries_its_sign(words: str, printed: str, value: float) -> None:
    one = figures(words)[printed]
    assert (float(one.value or 0), one.status, one.period) == (value, "change", "2023/2024")
    assert one.confidence >= 0.95


def test_a_level_that_was_reached_is_no_change() -> None:
    found = figures("全市小学由2020年的412所减少到398所。")
    assert [(one.status, one.period) for one in found.values()] == [
        ("actual", "2020"), ("actual", "2024"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("全市小学在校生31200人，其中女生15003人。", "15003人"),
        ("农村小学在校生8120人。", "8120人"),
        ("白鹭小学在校生812人。", "812人"),
        ("全市职业初中在校生310人。", "310人"),
        ("全年新增小学教学班50个。", "50个"),
    ],
)
def test_a_part_never_takes_the_indicator_of_its_whole(words: str, printed: str) -> None:
    one = figures(words)[printed]
    assert one.indicator == ""
    assert one.confidence < 0.95


def test_a_known_part_keeps_its_dimension() -> None:
    assert figures("全市小学在校生31200人，其中女生15003人。")["15003人"].sex == "female"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("教育工作情况汇报", "全县小学17所。"),
        ("玉溪市教育事业基本情况", "全市小学17所。"),
        ("玉溪市2024年教育事业简报", "上半年全市小学17所。"),
        ("玉溪市2024年教育事业简报", "据说全市小学17所。"),
        ("玉溪市2024年教育事业简报", "全市计划建设小学17所。"),
        ("玉溪市2024年教育事业简报", "二、直属单位\n小学17所。"),
    ],
)
def test_nothing_is_sure_where_place_time_or_a_word_was_not_read(title: str, words: str) -> None:
    assert figures(words, title)["17所"].confidence < 0.95


def test_the_place_of_a_comparison_is_its_own() -> None:
    found = figures("全市学前三年毛入园率94.1%，全省毛入园率为91.2%。")
    assert [one.region_code for one in found.values()] == ["530400", "530000"]


def test_what_is_held_by_private_kindergartens_is_not_all() -> None:
    found = figures("全市有幼儿园820所；其中民办幼儿园500所，在园幼儿60210人。")
    assert [one.sector for one in found.values()] == ["total", "private", "private"]


def test_two_values_of_one_key_are_both_unsure_and_name_each_other() -> None:
    found = figures("2024年，全市小学398所。\n2024年，全市小学389所。")
    assert [one.confidence < 0.95 for one in found.values()] == [True, True]
    assert "389所" in found["398所"].doubts
    assert "398所" in found["389所"].doubts


def test_a_change_that_its_two_ends_refute_makes_none_of_the_three_sure() -> None:
    found = figures("2023年，全市小学412所。\n2024年，全市小学398所，比上年减少10所。")
    assert all(one.confidence < 0.95 for one in found.values())
    fits = figures("2023年，全市小学412所。\n2024年，全市小学398所，比上年减少14所。")
    assert all(one.confidence >= 0.95 for one in fits.values())


def test_a_list_hands_each_member_its_own_figure() -> None:
    found = figures("全市小学、初中在校生分别为31200人、16400人。")
    assert [one.indicator for one in found.values()] == [
        "primary_enrolment", "lower_secondary_enrolment",
    ]  # fmt: skip
    assert all(one.confidence >= 0.95 for one in found.values())


@pytest.mark.parametrize("words", ["68\u00a0427人", "68 427人", "68\u2009427人"])
def test_blanks_that_mark_thousands_are_part_of_the_number(words: str) -> None:
    one = figures(f"全市小学在校生{words}。")[words]
    assert one.value == 68427


@pytest.mark.parametrize("words", ["68.427人", "68、427人"])
def test_part_of_a_person_or_of_a_number_is_never_sure(words: str) -> None:
    assert all(one.confidence < 0.95 for one in figures(f"全市小学在校生{words}。").values())


def test_a_stage_of_the_heading_is_not_that_of_the_sentence_before() -> None:
    words = "四、高中阶段教育\n全市共有中等职业学校12所。招生4540人，比上年增加120人。"
    found = figures(words)
    assert [one.confidence >= 0.95 for one in found.values()] == [True, False, False]


def test_what_stands_under_a_heading_of_private_schools_is_theirs(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>2022年郴州市基础教育统计表</h1>"
        "<h2>民办学校情况</h2><table><tr><th>类别</th><th>学校数（所）</th></tr>"
        "<tr><td>幼儿园</td><td>320</td></tr></table>",
        encoding="utf-8",
    )
    found = extract(read(page), load_reference(paths.seeds_folder()), TODAY).proposals
    (one,) = [one for one in found if one.printed == "320"]
    assert one.confidence < 0.95


def test_every_doubt_is_a_sentence_in_both_languages() -> None:
    reference = load_reference(paths.seeds_folder())
    folder = paths.root() / "tests" / "ingest" / "documents"
    files = [*folder.glob("*.txt"), *folder.glob("*.html")]
    doubts = {
        code.partition(":")[0]
        for file in files
        for one in extract(read(file), reference, TODAY).proposals
        for code in one.doubts.split("; ")
        if code
    }
    assert len(doubts) > 20
    assert all(say(f"doubts.{code}", words="") for code in doubts)


def test_what_is_not_sure_says_why() -> None:
    reference = load_reference(paths.seeds_folder())
    file = paths.root() / "tests" / "ingest" / "documents" / "yichang-2022-bulletin.txt"
    found = [one for one in extract(read(file), reference, TODAY).proposals if one.kind == "figure"]
    assert all(bool(one.doubts) == (one.confidence < 0.95) for one in found)


def test_a_place_that_is_written_with_a_lookalike_is_the_place() -> None:
    one = figures("全巿小学398所。", "玉溪巿2024年教育事业简报")["398所"]
    assert (one.region_code, one.confidence >= 0.95) == (HOME, True)
