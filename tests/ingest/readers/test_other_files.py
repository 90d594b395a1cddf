"""OpenDocument, rich text, saved web pages, and archives of documents."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from ingest.flow import ingest
from ingest.readers import Limits, ReaderError, documents_in, read
from tests.ingest.readers.made_files import headings

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def cell(words: str, attributes: str = "") -> str:
    return f"<t:table-cell {attributes}><x:p>{words}</x:p></t:table-cell>"


def open_document(file: Path, *sheets: str) -> Path:
    styles = '<s:style s:name="off"><s:table-properties t:display="false"/></s:style>'
    content = (
        f'<o:document xmlns:o="{OFFICE}" xmlns:t="{TABLE}" xmlns:x="{TEXT}" xmlns:s="{STYLE}">'
        f"{styles}{''.join(sheets)}</o:document>"
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", content)
    return file


def test_an_open_document_reads_as_it_shows(tmp_path: Path) -> None:
    unseen = '<t:table t:name="底稿" t:style-name="off"><t:table-row><t:table-cell/></t:table-row>'
    sheet = (
        '<t:table t:name="学前"><t:table-column t:number-columns-repeated="2"/>'
        '<t:table-column t:visibility="collapse"/><t:table-row>'
        + cell("地区")
        + cell("毛入园<o:annotation><x:p>旁注9</x:p></o:annotation>率")
        + cell("底稿")
        + "</t:table-row><t:table-row t:visibility='filter'>"
        + cell("草稿")
        + cell("1")
        + "</t:table-row><t:table-row t:number-rows-repeated='2'>"
        + cell("甲区", "t:number-rows-spanned='1'")
        + cell("51.91%", "o:value='0.5191'")
        + "<t:table-cell t:formula='of:=[.B1]'/>"
        + "<t:table-cell t:number-columns-repeated='16000'/></t:table-row>"
        "<t:table-row t:number-rows-repeated='1048000'><t:table-cell/></t:table-row></t:table>"
    )
    document = read(open_document(tmp_path / "a.ods", unseen + "</t:table>", sheet))
    assert document.reader == "ods"
    assert document.text == "学前\n地区\t毛入园率\n\t\n甲区\t51.91%\n甲区\t51.91%\n"
    assert document.tables[0].locator(document.tables[0].cells[-1]) == "学前!B4"
    assert "底稿" in document.remarks[0] and "1 hidden rows and 1 hidden" in document.remarks[1]
    assert "(C3)" in document.remarks[2]


def test_an_open_document_with_too_many_places_is_refused(tmp_path: Path) -> None:
    row = f"<t:table-row t:number-rows-repeated='9999'>{cell('1')}</t:table-row>"
    file = open_document(tmp_path / "a.ods", f'<t:table t:name="甲">{row}</t:table>')
    with pytest.raises(ReaderError) as caught:
        read(file, limits=Limits(table_cells=9998))
    assert caught.value.problem_key == "table_cells"


def rich(words: str) -> str:
    return "".join(rf"\'{byte:02x}" for byte in words.encode("gbk"))


@pytest.mark.parametrize("name", ["a.rtf", "a.doc.rtf"])
def test_rich_text_is_read_with_its_tables(tmp_path: Path, name: str) -> None:
    rows = [["地区", "学位"], ["甲区", "300"], ["乙区", "120"]]
    table = "".join(
        r"\trowd\cellx1000\cellx2000 " + "".join(rich(word) + r"\cell " for word in row) + r"\row "
        for row in rows
    )
    file = tmp_path / name
    file.write_text(
        rf"{{\rtf1\ansi\ansicpg936 {rich('学位情况')}\par {table}\pard {rich('共三所。')}\par}}",
        encoding="ascii",
    )
    document = read(file)
    assert document.reader == "rtf"
    assert document.text.startswith("学位情况\n") and "共三所。" in document.text
    assert headings(document, "300") == (("学位",), ("甲区",))


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.xls"])
def test_a_saved_page_is_read_without_what_it_shows_beside(tmp_path: Path, name: str) -> None:
    page = "<table><tr><td>地区<td>学位</tr><tr><td>甲区<td>300</tr></table>".encode("gbk")
    printed = "".join(f"={byte:02X}" for byte in page)
    lines = [
        "From: <Saved>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; boundary="B"',
        "",
        "--B",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        "AAAA",
        "--B",
        "Content-Type: text/html; charset=gb2312",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        *(printed[at : at + 60] + "=" for at in range(0, len(printed), 60)),
        "",
        "--B--",
    ]
    file = tmp_path / name
    file.write_text("\r\n".join(lines), encoding="ascii", newline="")
    assert headings(read(file), "300") == (("学位",), ("甲区",))


def archive_of(file: Path, members: dict[str, bytes], encoding: str = "gbk") -> Path:
    """A zip file whose names are in an encoding of their own, as old programs write them."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(members.values()):
            archive.writestr(f"{number:09}", data)
    packed = file.read_bytes()
    for number, name in enumerate(members):
        # The names in the file are as long as those that take their place.
        wanted = name.encode(encoding)
        assert len(wanted) == 9
        packed = packed.replace(f"{number:09}".encode(), wanted)
    file.write_bytes(packed)
    return file


def test_each_member_of_an_archive_is_a_document(tmp_path: Path) -> None:
    members = {
        "甲/bb.txt": "学位 300 个".encode(),
        "乙乙a.csv": "地区,学位\n甲区,120\n".encode(),
    }
    file = archive_of(tmp_path / "包.zip", members)
    found = documents_in(file)
    assert sorted(path.relative_to(file).as_posix() for path in found) == sorted(members)
    assert {read(path).text for path in found} == {"学位 300 个", "地区\t学位\n甲区\t120\n"}
    outcome = ingest([file], write=False, today=date(2026, 1, 1))
    assert len(outcome.documents) == 2 and not outcome.errors


@pytest.mark.parametrize(
    ("name", "key"), [("../a.txt", "unsafe_member"), ("/aa.txt", "unsafe_member")]
)
def test_an_archive_whose_members_lead_out_of_it_is_refused(
    tmp_path: Path, name: str, key: str
) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "1")
    with pytest.raises(ReaderError) as caught:
        documents_in(file)
    assert caught.value.problem_key == key


def test_an_archive_is_guarded_as_a_document_is(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * 12_000_000)
        archive.writestr("b.zip", b"PK\x05\x06" + bytes(18))
        archive.writestr("__MACOSX/a.txt", b"1")
    assert [path.name for path in documents_in(file)] == ["a.txt", "b.zip"]
    keys = []
    for path in [*documents_in(file), file / "c.txt", file]:
        with pytest.raises(ReaderError) as caught:
            read(path)
        keys.append(caught.value.problem_key)
    assert keys == ["too_large_unpacked", "bundle", "missing", "bundle"]
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "b.zip"
    link.symlink_to(file)
    with pytest.raises(ReaderError) as caught:
        read(link / "a.txt", inside=link)
    assert caught.value.problem_key == "outside"
    file.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(ReaderError) as caught:
        documents_in(file)
    assert caught.value.problem_key == "truncated"
