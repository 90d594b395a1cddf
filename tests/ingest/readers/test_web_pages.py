"""Web pages: what a reader of the page sees, and tables whose cells know their headings."""

from pathlib import Path

import pytest

from ingest.readers import Limits, ReaderError, read
from tests.ingest.readers.made_files import cell_texts, headings

TABLE = """<table><caption>表1 学前教育</caption>
<thead><tr><th rowspan="2">地区</th><th colspan="2">2022年</th></tr>
<tr><th>园数</th><th>人数</th></tr></thead>
<tr><td rowspan="2">甲区</td><td>12</td><td>3400</td></tr>
<tr><td>13</td><td>3500</td></tr>
<tr><td colspan="3">其中</td></tr>
<tr><td>乡镇</td><td>4</td><td>900</td></tr></table>"""


def page(tmp_path: Path, body: str, head: str = "", encoding: str = "utf-8") -> Path:
    file = tmp_path / "page.html"
    file.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return file


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_declared_gb2312_or_gbk_is_read_as_gb18030(tmp_path: Path, declared: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    file = page(tmp_path, "<p>㐂镇在园幼儿1024人</p>", head, "gb18030")
    assert read(file).text == "㐂镇在园幼儿1024人\n"


def test_an_xml_declaration_names_the_charset_too(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    source = '<?xml version="1.0" encoding="Big5"?><html><body><p>學校 3 所</p></body></html>'
    file.write_bytes(source.encode("big5"))
    assert read(file).text == "學校 3 所\n"


def test_a_page_that_declares_gb2312_but_is_utf8_is_read_as_utf8(tmp_path: Path) -> None:
    file = page(tmp_path, "<p>全县幼儿园在园幼儿1024人</p>", '<meta charset="gb2312">')
    assert read(file).text == "全县幼儿园在园幼儿1024人\n"


def test_scripts_styles_navigation_and_hidden_elements_are_no_text(tmp_path: Path) -> None:
    body = (
        "<nav>首页</nav><div class='breadcrumb'>位置</div><script>var n = 1;</script>"
        "<style>p{}</style><p style='display: none'>藏</p><p hidden>藏</p><!-- 注 -->"
        "<h1>答复</h1><p>共 12 所<br>另 3 所</p><noscript>无</noscript>"
    )
    assert read(page(tmp_path, body, "<title>标题</title>")).text == "答复\n共 12 所\n另 3 所\n"


def test_a_raised_digit_does_not_lengthen_a_number(tmp_path: Path) -> None:
    file = page(tmp_path, "<p>在园幼儿1024<sup>1</sup>人，面积30m<sup>2</sup></p>")
    assert read(file).text == "在园幼儿1024¹人，面积30m²\n"


def test_a_line_break_in_the_source_parts_no_chinese_word(tmp_path: Path) -> None:
    file = page(tmp_path, "<p>在园\n  幼儿 1024\n人</p>")
    assert read(file).text == "在园幼儿 1024 人\n"


def test_cells_know_their_headings_merged_ones_included(tmp_path: Path) -> None:
    document = read(page(tmp_path, TABLE))
    (table,) = document.tables
    assert (table.caption, table.header_rows, table.column_count) == ("表1 学前教育", 2, 3)
    assert headings(document, "3400") == (("2022年", "人数"), ("甲区",))
    assert headings(document, "13") == (("2022年", "园数"), ("甲区",))
    assert headings(document, "900") == (("2022年", "人数"), ("其中", "乡镇"))
    assert cell_texts(document, table)[3] == ["13", "3500"]


def test_rows_stand_on_lines_and_covered_places_are_empty_fields(tmp_path: Path) -> None:
    text = read(page(tmp_path, TABLE)).text
    assert text.splitlines() == [
        "表1 学前教育",
        "地区\t2022年\t",
        "\t园数\t人数",
        "甲区\t12\t3400",
        "\t13\t3500",
        "其中\t\t",
        "乡镇\t4\t900",
    ]


def test_a_table_that_lays_out_the_page_is_text(tmp_path: Path) -> None:
    inner = "<table><tr><td>甲</td><td>7</td></tr></table>"
    body = f"<table><tr><td>左栏</td><td>{inner}</td></tr></table>"
    document = read(page(tmp_path, body))
    assert document.text == "左栏\n甲\t7\n"
    assert len(document.tables) == 1


def test_spans_out_of_all_measure_are_cut_to_the_table(tmp_path: Path) -> None:
    body = (
        "<table><tr><td rowspan=65000>甲</td><td colspan=0>1</td></tr><tr><td>2</td></tr></table>"
    )
    document = read(page(tmp_path, body))
    assert [cell.row_span for cell in document.tables[0].cells] == [2, 1, 1]


def test_a_table_of_endless_columns_is_refused(tmp_path: Path) -> None:
    row = "<tr>" + "<td colspan=1000>1</td>" * 20 + "</tr>"
    with pytest.raises(ReaderError) as caught:
        read(page(tmp_path, f"<table>{row * 20}</table>"), limits=Limits(table_cells=100_000))
    assert caught.value.problem_key == "table_cells"


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as caught:
        read(page(tmp_path, "<div>" * 30_000 + "深"))
    assert caught.value.problem_key == "too_deep"


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = (
        '<link rel="stylesheet" href="http://example.org/a.css"><script src="//example.org/b.js">'
    )
    body = '</script><img src="http://example.org/c.png"><iframe src="http://example.org"></iframe>正文'
    assert read(page(tmp_path, body, head)).text == "正文\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p><s>128,809</s>128,870</p>", "128,870"),
        ("<p><del>128,809</del><ins>128,870</ins></p>", "128,870"),
        ('<p><span style="text-decoration: line-through">9</span>12</p>', "12"),
        ('<p><span style="font-size:0">9</span>12</p>', "12"),
        ('<p><span style="opacity:0">9</span>12</p>', "12"),
        ('<p><span style="opacity:0.5">9</span>12</p>', "912"),
        ("<style>.old, p b {display:none}</style><p><i class=old>9</i><b>8</b>12</p>", "12"),
        ("<style>@media print {.no {display:none}}</style><p><i class=no>9</i>12</p>", "912"),
        (
            "<p>师生比<math><mfrac><mn>1</mn><mn>14</mn></mfrac></math></p>",
            "师生比 1/14",
        ),
        ("<p>3<math><mfrac><mn>1</mn><mn>4</mn></mfrac></math></p>", "3 1/4"),
        ("<p><math><msup><mn>10</mn><mn>2</mn></msup></math></p>", "10^2"),
        ("<p><ruby>渌<rp>(</rp><rt>lu4</rt><rp>)</rp></ruby>口区</p>", "渌口区"),
        ("<p>128809<sup><a href=#n>1</a></sup></p>", "128809¹"),
        ('<p>128809<span style="vertical-align:super">1</span></p>', "128809¹"),
    ],
)
def test_the_text_is_what_a_person_sees_on_the_page(tmp_path: Path, body: str, text: str) -> None:
    assert read(page(tmp_path, body)).text == text + "\n"
