"""Which cells head which: groups, sections, years, index columns, tables in two halves."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import Document, read
from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.linear_text import GridCell, LinearText
from ingest.readers.tables import finished, outline
from tests.ingest.readers.made_files import headings

Headings = tuple[tuple[str, ...], tuple[str, ...]]


def document_of(tmp_path: Path, *rows: str) -> Document:
    """A text file whose rows are written with bars for tabs."""
    file = tmp_path / "table.txt"
    file.write_text("\n".join(row.replace("|", "\t") for row in rows), encoding="utf-8")
    return read(file)


@pytest.mark.parametrize(
    ("rows", "printed", "expected"),
    [
        (["地区|2021|2022", "甲区|310|295"], "295", (("2022",), ("甲区",))),
        (["年份|人数", "2021年|310", "2022年|295"], "295", (("人数",), ("2022年",))),
        (["月份|人数", "1月|310", "2月|295"], "295", (("人数",), ("2月",))),
        (["指标|单位|2022年", "园数|所|310", "幼儿|人|295"], "295", (("2022年",), ("幼儿", "人"))),
        (["序号|学校|人数", "1|甲校|310", "2|乙校|295"], "295", (("人数",), ("乙校",))),
        (["指标|数值|指标|数值", "园数|310|幼儿|295"], "295", (("数值",), ("幼儿",))),
        (
            ["学校|人数", "一、城区|", "甲校|310", "二、乡村|", "乙校|295"],
            "295",
            (("人数",), ("二、乡村", "乙校")),
        ),
        (["表一|", "学校|人数", "甲校|295"], "295", (("人数",), ("甲校",))),
        (["在园幼儿|310", "专任教师|295"], "295", ((), ("专任教师",))),
    ],
)
def test_a_number_knows_its_headings(
    tmp_path: Path, rows: list[str], printed: str, expected: Headings
) -> None:
    assert headings(document_of(tmp_path, *rows), printed) == expected


def test_a_row_that_only_counts_the_columns_is_a_heading(tmp_path: Path) -> None:
    document = document_of(tmp_path, "学校|初中|小学", "甲|1|2", "甲校|310|295", "乙校|7|8")
    assert document.tables[0].header_rows == 2
    assert headings(document, "295")[1] == ("甲校",)


def test_group_headings_without_rules_reach_over_the_blanks_beside_them(tmp_path: Path) -> None:
    document = document_of(tmp_path, "地区|公办||民办|", "|2021|2022|2021|2022", "甲区|1|2|3|295")
    assert headings(document, "295") == (("民办", "2022"), ("甲区",))


def test_a_table_of_words_is_headed_by_its_first_row_and_column(tmp_path: Path) -> None:
    document = document_of(
        tmp_path, "序号|短板|措施|责任单位", "1|学位不足|新建学校|甲局", "||改建学校|乙局"
    )
    assert headings(document, "乙局") == (("责任单位",), ("学位不足",))
    assert document.tables[0].header_rows == 1


def test_headings_are_masked_as_the_text_is(tmp_path: Path) -> None:
    document = document_of(tmp_path, "联系人|人数", "阿里木|310", "古丽娜|295")
    assert headings(document, "295") == (("人数",), ("＊＊＊",))


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("128809", "number"),
        ("1,024人", "number"),
        ("51.91%", "number"),
        ("80%-90%", "number"),
        ("约3000", "number"),
        ("（30436）", "number"),
        ("2022", "year"),
        ("2020-2022", "year"),
        ("2022年", "label"),
        ("2021—2022学年", "label"),
        ("3-6岁", "label"),
        ("1.小学", "label"),
        ("甲区", "label"),
        ("—", "blank"),
        ("", "blank"),
    ],
)
def test_kinds_of_cells(printed: str, kind: str) -> None:
    assert kind_of_cell(printed) == kind


words = st.sampled_from(
    ["", "地区", "2022", "2022年", "12", "3.5%", "—", "一、城区", "1", "合计："]
)


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[GridCell], int, int]:
    """Any grid whose cells do not overlap, some of them merged."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    cells = []
    for row in range(height):
        for column in range(width):
            down, across = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            covered = {(row + a, column + b) for a in range(down) for b in range(across)}
            if not covered <= free:
                covered, down, across = {(row, column)}, 1, 1
            if covered <= free:
                free -= covered
                header = draw(st.booleans())
                cells.append(GridCell(row, column, draw(words), down, across, header))
    return cells, height, width


@settings(deadline=None)
@given(grids(), st.booleans())
def test_any_grid_is_written_and_headed_without_fault(
    grid: tuple[list[GridCell], int, int], repeats: bool
) -> None:
    cells, height, width = grid
    out = LinearText()
    out.add_table(cells, height, width, blank_repeats=repeats)
    extract = out.finish("html")
    (placed,) = extract.tables
    table = finished(placed, outline(placed, extract.text), extract.text)
    assert len(table.cells) == len(cells)
    assert [extract.text[c.char_start : c.char_end] for c in table.cells] == [
        cell.text for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
    ]
    assert extract.text.count("\n") == height
    assert all(line.count("\t") == width - 1 for line in extract.text.splitlines())


@pytest.mark.parametrize("printed", ["12", "12345", "3.14", "0.5", "1234.5"])
def test_plain_digits_are_numbers_without_a_pattern(printed: str) -> None:
    assert kind_of_cell(printed) == kind_of_cell(f" {printed} ") == "number"
