"""Whatever is wrong with a file: one clear line, in both languages, that names the mend."""

import csv
import os
import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from string import Formatter

import docx
import pytest
import xlsxwriter

from ingest.readers import Limits, ReaderError, read
from project.errors import ExitCode
from project.language import MESSAGES_FOLDER, say, set_language
from tests.ingest.readers.made_files import pdf_of, png_of, rewrite_member

MESSAGES = {
    row["key"]: row
    for row in csv.DictReader((MESSAGES_FOLDER / "readers.csv").read_text("utf-8").splitlines())
}


def word_bytes() -> bytes:
    out = BytesIO()
    word = docx.Document()
    word.add_paragraph("学位 300 个")
    word.save(out)
    return out.getvalue()


def workbook_bytes() -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row("A1", ["学位", 300])
    book.close()
    return out.getvalue()


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


def jpeg_of(width: int, height: int) -> bytes:
    """The head of a picture of that size, and its end."""
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 8, 8, height, width, 0) + b"\xff\xd9"


def problem(file: Path, inside: Path | None = None, limits: Limits | None = None) -> ReaderError:
    """The error of reading `file`, after a look at its sentence in both languages."""
    with pytest.raises(ReaderError) as caught:
        read(file, inside=inside, limits=limits)
    error = caught.value
    assert error.exit_code == ExitCode.INPUT_FAULT
    assert str(error).startswith(f"{file.name}: ") and "\n" not in str(error)
    set_language("zh")
    with pytest.raises(ReaderError) as chinese:
        read(file, inside=inside, limits=limits)
    assert str(chinese.value).startswith(f"{file.name}：") and "\n" not in str(chinese.value)
    assert re.search(r"[；，].*。$", str(chinese.value))
    set_language("en")
    return error


def made(tmp_path: Path, name: str, data: bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


PDF = pdf_of([([(72, 700, 12, "学位 300 个")], [])])
LOCKED_PDF = pdf_of(
    [([(72, 700, 12, "学位 300 个")], [])],
    trailer=b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
    % (b"00" * 16, b"00" * 16, b"ab" * 32, b"cd" * 32),
)


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b"", "empty"),
        ("a.txt", b" \n\t\n", "no_text"),
        ("a.html", b"<html><body><script>1</script></body></html>", "no_text"),
        ("a.txt", b"\x00\x01\x02 12 \x00", "binary"),
        ("a.html", b"<p>1\x00\x00</p>", "binary"),
        ("a.txt", "在园幼儿".encode()[:-1], "truncated"),
        ("a.txt", "\ufeff在园".encode("utf-16-le")[:-1], "truncated"),
        ("a.dat", b"1,2", "unknown_format"),
        ("letter", b"1,2", "unknown_format"),
        ("a.csv", b"1,2\x00", "binary"),
        ("a.docx", b"Rar!", "other_format"),
        ("a.pdf", b"only words", "other_format"),
        ("a.docx", old_office("WordDocument"), "damaged"),
        ("a.doc", old_office("PowerPoint Document"), "other_format"),
        ("a.xlsx", old_office("Workbook"), "damaged"),
        ("a.docx", old_office("EncryptedPackage"), "encrypted"),
        ("a.xlsx", old_office("EncryptedPackage"), "encrypted"),
        ("a.pdf", LOCKED_PDF, "encrypted"),
        ("a.pdf", PDF[: len(PDF) // 2], "truncated"),
        ("a.png", png_of(4, 4)[:30], "truncated"),
        ("a.png", png_of(30_000, 30_000), "pixels"),
        ("a.pdf", b"%PDF-1.4\nnothing\n%%EOF", "damaged"),
        ("a.png", b"\xff\xd8\xff\xe0 a photograph", "truncated"),
        ("a.jpg", jpeg_of(30_000, 30_000), "pixels"),
    ],
)
def test_a_bad_file_is_refused_for_what_it_is(
    tmp_path: Path, name: str, data: bytes, key: str
) -> None:
    assert problem(made(tmp_path, name, data)).problem_key == key


@pytest.mark.parametrize("make", [word_bytes, workbook_bytes], ids=["docx", "xlsx"])
def test_a_truncated_archive_is_refused(tmp_path: Path, make: object) -> None:
    assert callable(make)
    name = "a.docx" if make is word_bytes else "a.xlsx"
    data = make()
    assert problem(made(tmp_path, name, data[: len(data) // 2])).problem_key == "truncated"


@pytest.mark.parametrize("name", ["a.docx", "a.xls", "a.txt", "a.csv"])
def test_a_file_is_read_for_what_it_is_whatever_its_name_says(tmp_path: Path, name: str) -> None:
    document = read(made(tmp_path, name, workbook_bytes()))
    assert (document.reader, document.text) == ("xlsx", "学位\t300\n")
    assert read(made(tmp_path, name, PDF)).reader == "pdf"


def test_a_file_that_is_not_read_is_named(tmp_path: Path) -> None:
    assert "a ZIP archive" in str(problem(made(tmp_path, "b.txt", b"PK\x03\x04 and so on")))


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    assert problem(file).problem_key == "too_large_unpacked"


def test_a_zip_bomb_that_declares_a_small_size_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    true_size, declared = struct.pack("<I", 30_000_000), struct.pack("<I", 3_000)
    file.write_bytes(file.read_bytes().replace(true_size, declared))
    assert problem(file).problem_key == "too_large_unpacked"


def test_an_archive_of_endless_members_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.safety._ZIP_ENTRIES", 100)
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", b"")
        for number in range(101):
            archive.writestr(str(number), b"")
    assert problem(file).problem_key == "too_large_unpacked"


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("make", "name", "member"),
    [
        (word_bytes, "a.docx", "word/document.xml"),
        (word_bytes, "a.docx", "word/styles.xml"),
        (workbook_bytes, "a.xlsx", "xl/worksheets/sheet1.xml"),
        (workbook_bytes, "a.xlsx", "xl/sharedStrings.xml"),
    ],
)
def test_xml_that_declares_entities_is_refused(
    tmp_path: Path, make: object, name: str, member: str, encoding: str
) -> None:
    assert callable(make)

    def declare(data: bytes) -> bytes:
        head, _, body = data.partition(b"?>")
        head = head.replace(b"UTF-8", encoding.encode())
        return (head + b"?>" + ENTITIES + body).decode().encode(encoding)

    file = tmp_path / name
    rewrite_member(make(), file, member, declare)
    assert problem(file).problem_key == "entities"


def test_broken_xml_is_damage_not_a_crash(tmp_path: Path) -> None:
    for make, name, member in (
        (word_bytes, "a.docx", "word/document.xml"),
        (workbook_bytes, "a.xlsx", "xl/worksheets/sheet1.xml"),
    ):
        file = tmp_path / name
        rewrite_member(make(), file, member, lambda data: data[: len(data) // 2])
        assert problem(file).problem_key == "damaged"


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_followed(tmp_path: Path) -> None:
    inside = tmp_path / "documents"
    inside.mkdir()
    outside = made(tmp_path, "secret.txt", b"12")
    (inside / "out.txt").symlink_to(outside)
    (inside / "a.txt").write_bytes(b"34")
    (inside / "in.txt").symlink_to(inside / "a.txt")
    assert problem(inside / "out.txt", inside=inside).problem_key == "outside"
    assert problem(inside / ".." / "secret.txt", inside=inside).problem_key == "outside"
    assert read(inside / "in.txt", inside=inside).text == "34"
    assert read(inside / "out.txt").text == "12"


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert problem(tmp_path / "a.txt").problem_key == "unreadable"


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert problem(tmp_path / "folder.txt").problem_key == "directory"
    assert problem(tmp_path / "missing.txt").problem_key == "missing"
    os.mkfifo(tmp_path / "pipe.txt")
    assert problem(tmp_path / "pipe.txt").problem_key == "not_a_file"


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    error = problem(made(tmp_path, "a.txt", b"12"))
    assert (error.problem_key, error.fields["reason"]) == ("unreadable", "Permission denied")


def test_a_file_over_the_limit_names_size_limit_and_variable(tmp_path: Path) -> None:
    error = problem(made(tmp_path, "a.txt", b"1" * 1_500_000), limits=Limits(megabytes=1))
    assert error.problem_key == "too_large"
    assert "2 MB, over the limit of 1 MB" in str(error)
    assert "XUEWEI_LIMIT_MEGABYTES" in str(error)


def test_a_name_with_a_line_break_still_gives_one_line(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as caught:
        read(tmp_path / "a\nb.txt")
    assert "\n" not in str(caught.value)


def test_every_message_has_the_same_fields_in_both_languages() -> None:
    for key, row in MESSAGES.items():
        fields = [
            {name for _, name, _, _ in Formatter().parse(row[language]) if name}
            for language in ("zh", "en")
        ]
        assert fields[0] == fields[1], key


def test_every_format_that_is_told_apart_has_a_name() -> None:
    source = (Path(__file__).parents[3] / "ingest" / "readers" / "kinds.py").read_text("utf-8")
    kinds = set(re.findall(r'(?:"|b"[^"]*"), "([a-z0-9]+)"\)', source)) - {"encrypted"}
    assert {"doc", "jpeg", "zip", "xlsb"} <= kinds
    for kind in {*kinds, "unknown", "txt", "html"}:
        assert say(f"readers.format_{kind}")
