"""Tables drawn in plain text: bars, blanks, frames, a cell a line; what is no table stays prose."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import Document, read
from ingest.readers.aligned_tables import aligned_tables
from ingest.readers.listed_tables import listed_tables
from ingest.readers.text_lines import pieces, width
from tests.ingest.readers.made_files import headings

TITLE = "2022年某市学前教育统计表\n"
BARS = "地区 | 园数(所) | 在园幼儿(人)\n甲县 | 120 | 21000\n乙县 | 98 | 17320\n"
MARKDOWN = (
    "| 地区 | 园数(所) | 在园幼儿(人) |\n|---|---:|---|\n| 甲县 | 120 | 21000 |\n"
    "| 乙县 | 98 | 17320 |\n"
)
FRAME = "│地区│园数(所)│在园幼儿(人)│\n├──┼────┼──────┤\n│甲县│120│21000│\n│乙县│98│17320│\n"
TABS = "地区\t园数(所)\t在园幼儿(人)\n甲县\t120\t21000\n乙县\t98\t17320\n"
BLANKS = (
    "地  区    园数(所)   在园幼儿(人)\n甲县           120          21000\n"
    "乙　县          98          17320\n"
)
WIDE = "地区　　　园数(所)　　在园幼儿(人)\n甲县　　　120　　　21000\n乙县　　　98　　　17320\n"
LIST = "地区\n园数(所)\n在园幼儿(人)\n甲县\n120\n21000\n乙县\n98\n17320\n"
LOOSE_LIST = LIST.replace("\n", "\n\n")


def document_of(tmp_path: Path, text: str) -> Document:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    return read(file)


@pytest.mark.parametrize("table", [BARS, MARKDOWN, FRAME, TABS, BLANKS, WIDE, LIST, LOOSE_LIST])
def test_a_table_in_text_has_headings_and_caption_as_one_of_a_page_has(
    tmp_path: Path, table: str
) -> None:
    document = document_of(tmp_path, TITLE + table + "\n各县应当继续努力。\n")
    (found,) = document.tables
    assert found.caption == TITLE.strip()
    assert headings(document, "21000") == (("在园幼儿(人)",), ("甲县",))
    columns, rows = headings(document, "98")
    assert columns == ("园数(所)",)
    assert rows in {("乙县",)}
    assert (found.row_count, found.column_count, found.header_rows) == (3, 3, 1)


def test_a_corner_may_be_empty_and_a_unit_stand_over_the_table(tmp_path: Path) -> None:
    text = (
        "某市学校情况\n                    单位：所、人\n          小学学校数   小学在校生\n"
        "甲县              86        61200\n乙县              74        48075\n"
    )
    document = document_of(tmp_path, text)
    assert document.tables[0].caption == "某市学校情况 单位：所、人"
    assert headings(document, "48075") == (("小学在校生",), ("乙县",))


def test_a_row_without_a_value_keeps_the_others_in_their_columns(tmp_path: Path) -> None:
    text = (
        "地区      公办园    民办园    在园幼儿\n甲县          12         8        2100\n"
        "乙县                     7        1732\n丙县          10         9        1500\n"
    )
    document = document_of(tmp_path, text)
    assert headings(document, "7") == (("民办园",), ("乙县",))
    assert headings(document, "1732") == (("在园幼儿",), ("乙县",))


def test_a_heading_between_rows_is_a_section(tmp_path: Path) -> None:
    text = (
        "项目        学校数(所)\n一、城区\n小学               5\n初中               3\n"
        "二、乡村\n小学              11\n"
    )
    document = document_of(tmp_path, text)
    assert headings(document, "3") == (("学校数(所)",), ("一、城区", "初中"))
    assert headings(document, "11") == (("学校数(所)",), ("二、乡村", "小学"))


@pytest.mark.parametrize(
    "text",
    [
        "　　全市有幼儿园120所。\n　　在园幼儿21000人。\n",
        "某市教育局    2022年3月1日\n某市人民政府    2022年3月2日\n",
        "一、  提高质量  全市120所\n二、 落实责任。  各县98所。\n",
        "目录\n一、总则\n1\n二、目标\n3\n三、措施\n5\n",
        "a | b。\nc | d。\n",
        "（一）扩大供给\n120\n",
    ],
)
def test_prose_is_no_table(tmp_path: Path, text: str) -> None:
    assert document_of(tmp_path, text).tables == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("地  区    园数", ["地  区", "园数"]),
        ("北　京　120", ["北　京", "120"]),
        ("内　蒙　古    7", ["内　蒙　古", "7"]),
        ("a b  c", ["a b", "c"]),
        ("", []),
    ],
)
def test_spaced_out_names_are_one_piece(line: str, expected: list[str]) -> None:
    found = [line[piece.char_start : piece.char_end] for piece in pieces(line, 0, len(line))]
    assert found == expected


def test_a_chinese_character_takes_two_places() -> None:
    assert width("甲a县", 0, 3) == 5


lines = st.lists(
    st.lists(
        st.sampled_from(["甲县", "12", "3.5%", "—", "2022", " ", "　", "一、城区", "。", "|"])
    ).map("  ".join),
    max_size=9,
).map("\n".join)


@settings(deadline=None)
@given(lines)
def test_any_text_gives_tables_whose_cells_lie_in_it_in_order(text: str) -> None:
    for table in [*aligned_tables(text, []), *listed_tables(text, [])]:
        ends = [0]
        for cell in table.cells:
            assert ends[-1] <= cell.char_start < cell.char_end <= len(text)
            assert 0 <= cell.row < table.row_count
            assert 0 <= cell.column < table.column_count
            ends.append(cell.char_end)
