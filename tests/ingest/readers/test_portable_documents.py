"""PDF: paragraphs over lines and pages, tables with and without rules, scanned pages."""

import re
from pathlib import Path

import pytest

from ingest.readers import Document, Limits, ReaderError, read
from ingest.readers import portable_document as portable
from ingest.readers.page_layout import Word
from ingest.readers.ruled_tables import words_of
from tests.ingest.readers.made_files import PdfPage, Piece, grid_rules, headings, pdf_of


def pdf(tmp_path: Path, *pages: PdfPage, image: bool = False) -> Path:
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf_of(pages, image=image))
    return file


def row(y: float, *texts: str, xs: tuple[float, ...] = (80, 210, 330)) -> list[Piece]:
    return [(x, y, 12, text) for x, text in zip(xs, texts, strict=False) if text]


def test_lines_of_a_paragraph_are_joined_and_pages_parted_by_a_form_feed(tmp_path: Path) -> None:
    lines = [
        (104, 740, 16, "全县幼儿园在园幼儿共有一千零二十四人，公"),
        (72, 716, 16, "办幼儿园和普惠性民办幼儿园合计占百分之九十"),
        (72, 692, 16, "五。"),
        (104, 668, 16, "另有托育机构十家。"),
    ]
    document = read(pdf(tmp_path, (lines, []), ([(104, 740, 16, "二、下一步")], [])))
    assert document.text == (
        "全县幼儿园在园幼儿共有一千零二十四人，公办幼儿园和普惠性民办幼儿园合计占百分之九十五。\n"
        "另有托育机构十家。\n\f二、下一步\n"
    )
    assert (document.reader, document.is_draft) == ("pdf", False)


def test_an_item_of_a_list_begins_a_paragraph_though_the_line_before_is_full(
    tmp_path: Path,
) -> None:
    lines = [
        (72.0, 740.0, 16.0, "一、扩大公办学位供给并优化学校的布局结构"),
        (72.0, 716.0, 16.0, "二、提高保教质量并加强教师队伍的建设"),
        (72.0, 692.0, 16.0, "（三）其他"),
    ]
    assert read(pdf(tmp_path, (lines, []))).text.count("\n") == 3


def test_a_break_between_two_digits_stays(tmp_path: Path) -> None:
    lines = [
        (72.0, 740.0, 16.0, "甲县乙县丙县丁县四个县的小学数量依次为12"),
        (72.0, 716.0, 16.0, "34所"),
    ]
    assert read(pdf(tmp_path, (lines, []))).text.endswith("12\n34所\n")


def test_the_gap_between_a_digit_and_a_character_is_no_blank_but_a_real_one_is(
    tmp_path: Path,
) -> None:
    pieces = [(72.0, 740.0, 16.0, "共"), (92.0, 740.0, 16.0, "12"), (112.0, 740.0, 16.0, "所")]
    pieces += [(72.0, 700.0, 16.0, "of"), (92.0, 700.0, 16.0, "pupils")]
    assert read(pdf(tmp_path, (pieces, []))).text == "共12所\nof pupils\n"


def test_a_ruled_table_keeps_its_merged_cells(tmp_path: Path) -> None:
    pieces = [
        *row(570, "地区", "2022年"),
        *row(540, "", "园数", "人数"),
        *row(510, "甲区", "12", "3456"),
    ]
    rules = [
        *[(72, y, 440, y) for y in (500, 530, 590)],
        (200, 560, 440, 560),
        *[(x, 500, x, 590) for x in (72, 200, 440)],
        (320, 500, 320, 560),
    ]
    document = read(pdf(tmp_path, (pieces, rules)))
    assert headings(document, "3456") == (("2022年", "人数"), ("甲区",))
    assert document.text == "地区\t2022年\t\n\t园数\t人数\n甲区\t12\t3456\n"


def test_text_around_a_table_keeps_its_place(tmp_path: Path) -> None:
    pieces = [(72, 640, 12, "表前"), *row(570, "园数", "人数"), *row(540, "12", "34")]
    pieces.append((72, 480, 12, "表后"))
    document = read(pdf(tmp_path, (pieces, grid_rules([72, 200, 320], [530, 560, 590]))))
    assert document.text == "表前\n园数\t人数\n12\t34\n表后\n"


def test_a_table_without_outer_sides_keeps_its_outer_columns(tmp_path: Path) -> None:
    xs = (80.0, 210.0, 330.0, 450.0)
    pieces = [
        *row(570, "地区", "幼儿园数", "在园人数", "占比", xs=xs),
        *row(540, "甲区", "12", "3456", "7%", xs=xs),
        *[(210.0, 515.0, 12.0, "下"), (80.0, 515.0, 12.0, "乙"), (330.0, 515.0, 12.0, "9")],
    ]
    rules = [
        *[(72, y, 560, y) for y in (505, 560, 590)],
        *[(x, 505, x, 590) for x in (200, 320, 440)],
    ]
    document = read(pdf(tmp_path, (pieces, rules)))
    assert headings(document, "7%") == (("占比",), ("甲区乙",))
    assert document.tables[0].row_count == 2


def test_a_table_with_three_rules_or_none_is_found_by_its_columns(tmp_path: Path) -> None:
    pieces = [
        (72, 730, 12, "各区情况如下，均为年底数字，由教育部门统计。"),
        *row(700, "地区", "人数", "占比"),
        *row(680, "甲区", "1,234", "51.91%"),
        *row(660, "乙区", "567", "48.09%"),
        *row(640, "丙区", "", "7%"),
    ]
    rules = [(72.0, y, 400.0, y) for y in (715.0, 695.0, 630.0)]
    document = read(pdf(tmp_path, (pieces, rules)))
    assert headings(document, "1,234") == (("人数",), ("甲区",))
    assert headings(document, "7%") == (("占比",), ("丙区",))
    assert "丙区\t\t7%\n" in document.text


def test_a_table_goes_on_over_the_page_in_spite_of_the_page_number(tmp_path: Path) -> None:
    first = [*row(570, "地区", "园数", "人数"), *row(540, "甲区", "12", "3456")]
    first.append((280, 60, 10, "— 1 —"))
    second = row(810, "乙区", "13", "999")
    xs = [72, 200, 320, 440]
    pages = ((first, grid_rules(xs, [530, 560, 590])), (second, grid_rules(xs, [800, 830])))
    document = read(pdf(tmp_path, *pages))
    assert len(document.tables) == 1
    assert headings(document, "999") == (("人数",), ("乙区",))


def test_another_table_on_the_next_page_has_its_own_headings(tmp_path: Path) -> None:
    xs = [72, 200, 320]
    first = [*row(570, "地区", "园数"), *row(540, "甲区", "12")]
    second = [*row(810, "年份", "人数"), *row(780, "2021年", "999")]
    pages = ((first, grid_rules(xs, [530, 560, 590])), (second, grid_rules(xs, [770, 800, 830])))
    document = read(pdf(tmp_path, *pages))
    assert headings(document, "999") == (("人数",), ("2021年",))


def test_two_columns_of_prose_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = "左栏的文字从这里开始写得很长", "右栏的文字也从这里开始写得长"
    pieces = [
        piece
        for line in range(6)
        for piece in ((60, 700 - 20 * line, 12, left), (320, 700 - 20 * line, 12, right))
    ]
    document = read(pdf(tmp_path, (pieces, [])))
    assert document.text.index("右栏") > document.text.rindex("左栏")
    assert document.tables == ()


def test_a_kangxi_radical_is_its_character_and_a_nameless_glyph_no_number() -> None:
    place = {"x0": 0, "x1": 10, "top": 0, "bottom": 10, "doctop": 0, "size": 10}
    for text, expected in (("⼈", "人"), ("(cid:12)", "\ufffd")):
        glyph = {"text": text, "upright": True, "direction": "ltr", **place}
        assert [word.text for word in words_of([glyph])] == [expected]


def test_too_many_pages_are_refused_at_once_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(pdf_of([([], [])] * 10_000))
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert caught.value.problem_key == "pages"
    assert "XUEWEI_LIMIT_PAGES" in str(caught.value)


def test_pages_are_counted_where_the_declared_number_lies(tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(pdf_of([([], [])] * 30).replace(b"/Count 30", b"/Count 1 "))
    with pytest.raises(ReaderError) as caught:
        read(file, limits=Limits(pages=20))
    assert caught.value.problem_key == "pages"


def test_a_scanned_page_without_the_extra_names_page_and_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.picture._NEEDED", ("a_module_that_is_nowhere",))
    file = pdf(tmp_path, ([], []), image=True)
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert caught.value.problem_key == "ocr_missing"
    assert caught.value.fields["page"] == 1
    assert "xuewei[ocr]" in str(caught.value)


def test_a_scanned_page_that_is_recognised_makes_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portable, "has_ocr", lambda: True)
    monkeypatch.setattr(portable, "require_ocr", lambda path, page: None)
    monkeypatch.setattr(
        portable, "words_in_picture", lambda picture: [Word("学位 300 个", 10, 90, 10, 22)]
    )
    document: Document = read(pdf(tmp_path, ([], []), image=True))
    assert (document.text, document.reader, document.is_draft) == ("学位 300 个\n", "ocr", True)


def test_a_blank_page_is_no_scan(tmp_path: Path) -> None:
    document = read(pdf(tmp_path, ([(72, 700, 12, "正文")], []), ([], [])))
    assert document.text == "正文\n\f"


def test_the_pages_beside_a_scanned_one_are_read_and_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portable, "has_ocr", lambda: False)
    file = tmp_path / "a.pdf"
    page: PdfPage = ([(72, 700, 12, "学位 300 个")], [])
    file.write_bytes(pdf_of([page, ([], []), page], image=True))
    document = read(file)
    assert document.text == "学位 300 个\n\f\f学位 300 个\n"
    assert (document.reader, document.is_draft) == ("pdf", False)
    (remark,) = document.remarks
    assert "page 2" in remark and "xuewei[ocr]" in remark


def turned(pieces: list[Piece], matrix: str, beside: str = "") -> bytes:
    """A page whose content is set under a matrix, without a rotation of the page; `beside`: what
    is drawn without it."""

    def under(found: re.Match[bytes]) -> bytes:
        drawn = b"q %s cm\n%s\nQ %s" % (matrix.encode(), found[1], beside.encode())
        return b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn)

    whole, count = re.subn(
        rb"<</Length \d+>>stream\n(BT.*?)\nendstream", under, pdf_of([(pieces, [])]), flags=re.S
    )
    assert count == 1
    return whole


@pytest.mark.parametrize("mark", ["1", "12"])
def test_a_raised_footnote_mark_does_not_lengthen_its_number(tmp_path: Path, mark: str) -> None:
    pieces = [(72.0, 700.0, 16.0, "128809"), (120.0, 707.0, 8.0, mark)]
    text = read(pdf(tmp_path, (pieces, []))).text
    assert text.replace(" ", "") == "128809" + mark.translate(str.maketrans("12", "¹²")) + "\n"


def test_a_raised_mark_in_a_ruled_cell_does_not_lengthen_its_number(tmp_path: Path) -> None:
    pieces = [
        *row(570, "地区", "园数", "人数"),
        *row(540, "甲区", "12", "3456"),
        (354.0, 545.0, 6.0, "2"),
    ]
    rules = grid_rules((72, 200, 320, 440), (530, 560, 590))
    text = read(pdf(tmp_path, (pieces, rules))).text
    assert "34562" not in text and "3456" in text


def test_smaller_digits_on_the_same_baseline_stay_digits(tmp_path: Path) -> None:
    pieces = [(72.0, 700.0, 16.0, "共"), (88.0, 700.0, 10.0, "128809")]
    assert read(pdf(tmp_path, (pieces, []))).text == "共128809\n"


@pytest.mark.parametrize("matrix", ["0 1 -1 0 700 0", "0 -1 1 0 -100 840", "-1 0 0 -1 595 842"])
def test_a_page_set_sideways_reads_as_a_person_holds_it(tmp_path: Path, matrix: str) -> None:
    pieces = [*row(570, "地区", "园数", "人数"), *row(540, "株洲市", "12", "128809")]
    pieces += row(510, "甲区", "13", "3456")
    file = tmp_path / "turned.pdf"
    file.write_bytes(turned(pieces, matrix))
    assert read(file).text == "地区\t园数\t人数\n株洲市\t12\t128809\n甲区\t13\t3456\n"


def test_a_page_whose_text_runs_in_several_directions_is_left_out_and_named(
    tmp_path: Path,
) -> None:
    file = tmp_path / "mixed.pdf"
    beside = f"BT /F1 12 Tf 0 1 -1 0 100 100 Tm <{'丙区 128809'.encode('utf-16-be').hex()}> Tj ET"
    file.write_bytes(turned([(300.0, 500.0, 12.0, "甲区 3456")], "1 0 0 1 0 0", beside))
    found = portable.read_portable_document(file, file.read_bytes(), Limits())
    assert "128809" not in found.text
    assert "mixed.pdf" in found.remarks[0]
