"""Word documents: paragraphs, tables with merged cells, and nothing fetched."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ingest.readers import Document, read
from tests.ingest.readers.made_files import headings, rewrite_member


def word_bytes() -> bytes:
    word = docx.Document()
    word.add_heading("答复", level=1)
    word.add_paragraph("全县在园幼儿 1024 人。")
    table = word.add_table(4, 3)
    for row, texts in enumerate(
        [["地区", "2022年", ""], ["", "园数", "人数"], ["甲区", "12", "3400"], ["", "13", "3500"]]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for (top, left), (bottom, right) in [((0, 1), (0, 2)), ((0, 0), (1, 0)), ((2, 0), (3, 0))]:
        table.cell(top, left).merge(table.cell(bottom, right))
    word.add_paragraph("联系人：李小明")
    file = BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.fixture
def document(tmp_path: Path) -> Document:
    file = tmp_path / "reply.docx"
    file.write_bytes(word_bytes())
    return read(file)


def test_paragraphs_stand_on_lines(document: Document) -> None:
    assert document.reader == "docx"
    assert document.text.splitlines()[:2] == ["答复", "全县在园幼儿 1024 人。"]


def test_merged_cells_stand_once_and_head_all_they_cover(document: Document) -> None:
    assert document.text.count("甲区") == 1
    assert headings(document, "3400") == (("2022年", "人数"), ("甲区",))
    assert headings(document, "3500") == (("2022年", "人数"), ("甲区",))


def test_offsets_of_cells_index_the_text(document: Document) -> None:
    (table,) = document.tables
    assert document.text[table.char_start : table.char_end].startswith("地区\t2022年")
    assert document.text[table.char_start : table.char_end].endswith("13\t3500")


def test_contact_data_in_a_word_document_is_masked(document: Document) -> None:
    assert document.text.endswith("联系人：＊＊＊\n")


def test_deleted_words_are_no_text(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("学位")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "900"
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    paragraph.add_run("1000个")
    file = tmp_path / "edited.docx"
    word.save(str(file))
    assert read(file).text == "学位1000个\n"


def test_an_external_picture_is_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    link = (
        b'<Relationship Id="rId99" TargetMode="External" Target="http://example.org/a.png" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
    )
    drawing = (
        b'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
        b'2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/'
        b'drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats'
        b'.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rId99" xmlns:r="http://'
        b'schemas.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill></pic:pic>'
        b"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    linked, file = tmp_path / "linked.docx", tmp_path / "drawn.docx"
    rewrite_member(
        word_bytes(),
        linked,
        "word/_rels/document.xml.rels",
        lambda data: data.replace(b"</Relationships>", link + b"</Relationships>"),
    )
    rewrite_member(
        linked.read_bytes(),
        file,
        "word/document.xml",
        lambda data: data.replace(b"<w:body>", b"<w:body>" + drawing),
    )
    assert "1024" in read(file).text


def test_a_heading_row_that_word_repeats_is_followed(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for at, text in enumerate(["2023", "2024", "310", "295"]):
        table.cell(at // 2, at % 2).text = text
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    file = tmp_path / "years.docx"
    word.save(str(file))
    assert headings(read(file), "295") == (("2024",), ())


def body(tmp_path: Path, inner: str) -> Document:
    """A document whose first element in the body is `inner`."""
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    inner = inner.replace("<m:oMath>", f'<m:oMath xmlns:m="{math}">')
    file = tmp_path / "seen.docx"
    empty = BytesIO()
    docx.Document().save(empty)
    rewrite_member(
        empty.getvalue(),
        file,
        "word/document.xml",
        lambda data: data.replace(b"<w:body>", b"<w:body>" + inner.encode()),
    )
    return read(file)


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ('<w:fldSimple w:instr="=SUM(ABOVE)"><w:r><w:t>46927</w:t></w:r></w:fldSimple>', "46927"),
        ("<w:r><w:t>128809</w:t><w:cr/><w:t>46927</w:t></w:r>", "128809\n46927"),
        (
            '<w:r><w:t>128809</w:t><w:ptab w:relativeTo="margin" w:alignment="right"'
            ' w:leader="none"/><w:t>46927</w:t></w:r>',
            "128809 46927",
        ),
        ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>12</w:t></w:r>", "12"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>12</w:t></w:r>", "12"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>12</w:t></w:r>", "12"),
        ('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>12</w:t></w:r>', "12"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>lu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>渌</w:t>"
            "</w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>口区</w:t></w:r>",
            "渌口区",
        ),
    ],
)
def test_words_are_those_that_a_person_sees(tmp_path: Path, runs: str, text: str) -> None:
    assert body(tmp_path, f"<w:p>{runs}</w:p>").text.rstrip("\n") == text


@pytest.mark.parametrize(
    "equation",
    [
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>14</m:t></m:r></m:den></m:f></m:oMath>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        "<w:instrText> EQ \\f(1,14) </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:fldSimple w:instr="EQ \\f(1,14)"/>',
    ],
)
def test_an_equation_keeps_its_numbers_and_is_named(tmp_path: Path, equation: str) -> None:
    document = body(tmp_path, f"<w:p><w:r><w:t>师生比3</w:t></w:r>{equation}</w:p>")
    assert document.text == "师生比3 1/14\n"
    assert "seen.docx" in document.remarks[0]


def test_deleted_rows_and_cells_are_no_text(tmp_path: Path) -> None:
    def cell(text: str, mark: str = "") -> str:
        return f"<w:tc><w:tcPr>{mark}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    gone = '<w:cellDel w:id="1" w:author="a"/>'
    rows = (
        f"<w:tr>{cell('甲区')}{cell('77', gone)}{cell('12')}</w:tr>"
        f'<w:tr><w:trPr><w:del w:id="2" w:author="a"/></w:trPr>{cell("乙区")}{cell("99")}</w:tr>'
        f"<w:tr>{cell('丙区')}{cell('13')}</w:tr>"
    )
    assert body(tmp_path, f"<w:tbl>{rows}</w:tbl><w:p/>").text == "甲区\t12\n丙区\t13\n"


def test_what_the_converter_left_out_is_named(tmp_path: Path) -> None:
    document = body(
        tmp_path, "<w:p><w:r><w:t>共</w:t></w:r><w:odd><w:r><w:t>128809</w:t></w:r></w:odd></w:p>"
    )
    assert "seen.docx" in "".join(document.remarks)
