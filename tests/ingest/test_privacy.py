"""Contact data is masked, statistics never. The numbers are put together here, not written out."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.privacy import MASK, is_contact_heading, mask
from ingest.readers import read

MOBILE = "138" + "12345678"
MOBILE_GROUPED = "138-1234-5678"
LANDLINE = "0731-" + "82345678"
SUBSCRIBER = "22663" + "355"
AMOUNT = "138" + "00000000"
IDENTITY = "110105" + "19491231" + "002X"


def masked_pieces(text: str) -> list[str]:
    """The runs of characters that the mask takes away, blanks aside."""
    masked = mask(text)
    assert len(masked) == len(text)
    pairs = zip(text, masked, strict=True)
    marked = "".join(a if b == MASK and a != MASK else "\0" for a, b in pairs)
    return [piece for piece in marked.split("\0") if piece]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("联系人：李小明", ["李小明"]),
        ("联 系 人： 李 明", ["李", "明"]),
        ("联系人:李小明、王小红", ["李小明", "王小红"]),
        ("承办负责人：李小明\n承 办 人：王小红", ["李小明", "王小红"]),
        ("经办人：\n李小明\n", ["李小明"]),
        ("联系人\n李小明\n", ["李小明"]),
        ("**联系人：**李小明", ["李小明"]),
        ("联系人李小明，电话另告", ["李小明"]),
        ("联系人：李小明主任，请于5月底前报送", ["李小明主任"[:3]]),
        ("联系人：基础教育科李小明", ["李小明"]),
        ("联系人：李小明 职务：科长", ["李小明"]),
        ("联系人：古丽·热合曼", ["古丽·热合曼"]),
        (f"联系人及电话：李小明 {LANDLINE}", ["李小明", LANDLINE]),
        (f"联系人：李小明，{SUBSCRIBER}", ["李小明", SUBSCRIBER]),
        (f"联系 电 话：{LANDLINE}", [LANDLINE]),
        (f"电话：{LANDLINE}转801", [f"{LANDLINE}转801"]),
        (f"电话{SUBSCRIBER}、{SUBSCRIBER}；", [SUBSCRIBER, SUBSCRIBER]),
        (f"联系电话:\n{SUBSCRIBER}", [SUBSCRIBER]),
        (f"电话：{LANDLINE}（李小明）", [LANDLINE, "李小明"]),
        (f"手机{MOBILE}", [MOBILE]),
        (f"李小明 {MOBILE}", ["李小明", MOBILE]),
        (f"李老师{MOBILE}", [f"李老师{MOBILE}"]),
        (f"（{MOBILE}）", [MOBILE]),
        (f"+86 {MOBILE_GROUPED}", [MOBILE_GROUPED]),
        ("（0731）" + "82345678", ["0731）" + "82345678"]),
        ("电话：０７３１－８２３４５６７８", ["０７３１－８２３４５６７８"]),
        (IDENTITY, [IDENTITY]),
        ("身份证号：" + "430203" + "800101" + "123", ["430203" + "800101" + "123"]),
        ("邮箱 li.xm@example.org。", ["li.xm@example.org"]),
        ("微信号：li_xm_77", ["li_xm_77"]),
        ("李小明委员：\n您提出的", ["李小明"]),
        ("\n李 明、王小红代表：", ["李", "明", "王小红"]),
        ("尊敬的欧阳小明委员：", ["欧阳小明"]),
    ],
)
def test_contact_data_is_masked_and_nothing_beside_it(text: str, pieces: list[str]) -> None:
    assert masked_pieces(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        f"累计投入{AMOUNT}元",
        f"共有{AMOUNT} 人",
        f"总额{AMOUNT}",
        f"编号：{AMOUNT}",
        f"株教提字〔2023〕{AMOUNT}号",
        "固定电话用户12345678户",
        "安装电话12345678部",
        "电话普及率为98.5%，12345678",
        "2020-2022年，2017年3月",
        "XTGR-2020-01025",
        "0.0731-82345678",
        "联系人：每校一名，共300名",
        "明确联系人和联系方式，3月底前报送",
        "联系人：三千五百人",
        "各位委员：\n全体代表：",
        "宋委员您这一提案很好",
        "主任委员：\n群众代表：\n特邀代表：",
        "热线电话12345",
        "联系人\t联系电话\n",
        "110105" + "19491231" + "0021",
        "增长１２．５％，７０２４１个",
    ],
)
def test_what_is_no_contact_data_stays(text: str) -> None:
    assert mask(text) == text


LABELS = (
    "联系人：",
    "联 系 人",
    "承办人:",
    "电话",
    "联系电话：",
    "手机",
    "身份证号",
    "微信：",
    "委员：",
)
CONTACTS = (MOBILE, MOBILE_GROUPED, LANDLINE, SUBSCRIBER, IDENTITY, "李小明", "王 红", "a.b@c.org")
JOINTS = ("", " ", "\n", "，", "、", "：", "\t", "（", "）", "。", "*", "@", "-", "1", "Ａ", MASK)
STATISTICS = (
    *(f"{AMOUNT}元", "12345678人", "128809人", "51.91%", "37个百分点", "1208967.5元", "2023年"),
    *("〔2023〕27号", "80—90人", "8万元", f"{AMOUNT} 户", "600:1", "12280个"),
)
fragments = st.lists(st.sampled_from((*LABELS, *CONTACTS, *JOINTS, *STATISTICS)), max_size=30)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), fragments.map("".join)))
def test_the_mask_keeps_the_length_and_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text)
    assert len(once) == len(text)
    assert mask(once) == once
    assert [a for a, b in zip(text, once, strict=True) if a.isspace()] == [
        b for a, b in zip(text, once, strict=True) if a.isspace()
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((*LABELS, *CONTACTS)),
            st.sampled_from(("，共有", "。", "；", "\n", " 累计", "为", "：", "约")),
            st.sampled_from(STATISTICS),
            st.sampled_from(("，", "。", "；", "\n")),
        ),
        max_size=8,
    )
)
def test_a_number_with_a_unit_is_never_masked(pieces: list[tuple[str, str, str, str]]) -> None:
    text = "".join("".join(piece) for piece in pieces)
    masked = mask(text)
    at = 0
    for label, joint, statistic, end in pieces:
        start = at + len(label) + len(joint)
        assert masked[start : start + len(statistic)] == statistic
        at = start + len(statistic) + len(end)


@settings(deadline=None)
@given(st.integers(0, 10**12), st.sampled_from(("人", "元", "万元", "所", "个", "%", "名", "亿元")))
def test_any_amount_with_a_unit_stands(number: int, unit: str) -> None:
    for text in (
        f"{number}{unit}",
        f"电话：{number}{unit}",
        f"共 {number} {unit}，",
        f"{number:,}{unit}",
    ):
        assert mask(text) == text


def test_cells_under_a_contact_heading_are_masked_and_amounts_stay(tmp_path: Path) -> None:
    file = tmp_path / "table.txt"
    rows = [
        ["单位", "姓名", "联系人", "联系电话", "投入（元）"],
        ["甲校", "王红", "阿里木", SUBSCRIBER, AMOUNT],
    ]
    file.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    cells = read(file).text.splitlines()[1].split("\t")
    assert cells == ["甲校", MASK * 2, MASK * 3, MASK * 8, AMOUNT]


def test_a_form_masks_the_cell_behind_its_label(tmp_path: Path) -> None:
    file = tmp_path / "form.html"
    file.write_text(
        f"<table><tr><td>联 系 人</td><td>阿里木</td><td>联系电话</td><td>{SUBSCRIBER}</td></tr>"
        "<tr><td>学校数</td><td>12</td><td>学生数</td><td>22663355</td></tr></table>",
        encoding="utf-8",
    )
    assert (
        read(file).text
        == f"联 系 人\t{MASK * 3}\t联系电话\t{MASK * 8}\n学校数\t12\t学生数\t{SUBSCRIBER}\n"
    )


def test_headings_of_contact_columns_are_known_with_blanks_inside() -> None:
    assert is_contact_heading("联 系 电 话") and is_contact_heading("联系人及电话")
    assert not is_contact_heading("电话用户（万户）")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "联系人：" * 30_000,
        "电话" * 50_000,
        "@" * 100_000,
        "a" * 100_000 + "@",
        "联" + " " * 100_000,
        "委员：" * 100_000,
        "李" * 100_000,
        "电话：" + f"{SUBSCRIBER}、" * 30_000,
        "（" * 100_000,
        "0731-" * 20_000,
        "138 " * 25_000,
    ],
    ids=range(12),
)
def test_hostile_texts_are_masked_in_linear_time(text: str) -> None:
    started = time.process_time()
    mask(text)
    assert time.process_time() - started < 2


def test_numbers_in_cells_beside_each_other_are_no_telephone() -> None:
    assert mask("7\t139\t1063\t1200\t5\n") == "7\t139\t1063\t1200\t5\n"
    assert mask("7 139 1063 1200 5\n") != "7 139 1063 1200 5\n"
