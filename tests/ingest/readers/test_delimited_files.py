"""Files of separated values: encodings, separators, exports with head lines and notes."""

from datetime import date
from pathlib import Path

import pytest

from ingest.meaning import extract, load_reference
from ingest.readers import Limits, ReaderError, read
from project import paths
from tests.ingest.readers.made_files import headings

EXPORT = (
    "数据库：分省年度数据 \n时间：\n地区\t,2023年\t,2022年\t,\n甲省\t,12.50\t,11.40\t,\n"
    "乙省\t,\t,7.80\t,\n注：1. 含独立学院。\n2. 口径有调整。\n数据来源：某局"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "\t,"])
def test_a_file_of_values_is_read_as_a_sheet(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["地区", "在园幼儿（人）", "园数"], ["甲区", "5120", "31"], ["乙区", "810", "7"]]
    file = tmp_path / "a.csv"
    file.write_text("\r\n".join(map(separator.join, rows)), encoding=encoding, newline="")
    document = read(file)
    assert document.reader == "csv"
    assert document.text == "地区\t在园幼儿（人）\t园数\n甲区\t5120\t31\n乙区\t810\t7\n"
    assert headings(document, "810") == (("在园幼儿（人）",), ("乙区",))


def test_an_export_has_indicator_and_unit_from_its_name_and_its_notes_below(
    tmp_path: Path,
) -> None:
    file = tmp_path / "分省年度数据-在校学生数（万人）.csv"
    file.write_text(EXPORT, encoding="utf-8-sig")
    document = read(file)
    (table,) = document.tables
    assert table.caption == "数据库：分省年度数据 时间： 分省年度数据-在校学生数（万人）"
    assert headings(document, "7.80") == (("2022年",), ("乙省",))
    assert [table.locator(cell) for cell in table.cells][-1] == "C5"
    assert document.text.endswith("注：1. 含独立学院。\n2. 口径有调整。\n数据来源：某局\n")
    assert table.row_count == 5


def test_quoted_values_keep_their_commas(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text('地区,人数\n"甲区,东","1,024"\n', encoding="utf-8")
    assert headings(read(file), "1,024") == (("人数",), ("甲区,东",))


def test_a_file_with_too_many_places_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("1,2,3\n" * 4, encoding="utf-8")
    with pytest.raises(ReaderError) as caught:
        read(file, limits=Limits(table_cells=11))
    assert caught.value.problem_key == "table_cells"


def test_every_number_of_a_sheet_is_proposed_with_its_cell(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("2022年学校情况\n\n地区,小学（所）\n株洲市,52\n", encoding="utf-8")
    extraction = extract(read(file), load_reference(paths.seeds_folder()), date(2026, 1, 1))
    located = {one.printed: one.locator for one in extraction.proposals}
    assert located == {"2022年": "", "52": "B4"}
