"""Text files: every encoding, exactly the characters, and the tables drawn in them."""

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import ReaderError, read
from ingest.readers.encodings import decode
from project.paths import documents_folder
from tests.ingest.readers.made_files import cell_texts, headings

PROSE = "全县幼儿园在园幼儿 1024 人，\r\n公办园占 61.5%。\n\n2021-2023\n\n年新增学位３００个\t。"
TRADITIONAL = (
    "全縣幼兒園在園幼兒1024人，公辦園佔61.5%，較2018年提高37個百分點；學位總數已經足夠滿足需求。"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"],
)
def test_text_is_exactly_the_characters_of_the_file(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(PROSE.encode(encoding))
    document = read(file)
    assert document.text == PROSE
    assert (document.reader, document.is_draft) == ("txt", False)
    assert document.sha256 == hashlib.sha256(PROSE.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gbk", "big5"])
def test_traditional_characters_are_read_in_their_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes((TRADITIONAL * 3).encode(encoding))
    assert read(file).text == TRADITIONAL * 3


def test_characters_beyond_gbk_are_read_as_gb18030(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    text = "㐂𠮷镇有小学 3 所，初中 1 所，在校学生共计 812 名，教师 65 名。"
    file.write_bytes(text.encode("gb18030"))
    assert read(file).text == text


def test_no_character_is_replaced_silently(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    whole = ("在园幼儿一千零二十四人。" * 20).encode()
    file.write_bytes(whole[:50] + b"\xff\xfe\xfd" + whole[50:])
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert caught.value.problem_key == "encoding"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_that_ends_inside_a_character_is_truncated(tmp_path: Path, encoding: str) -> None:
    for length in range(3, 30):
        file = tmp_path / "cut.txt"
        file.write_bytes(
            "全县幼儿园在园幼儿公办园占比较上年提高学位总数已经足够满足社会需求"[:length].encode(
                encoding
            )[:-1]
        )
        with pytest.raises(ReaderError) as caught:
            read(file)
        assert caught.value.problem_key == "truncated"


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_at_all_are_decoded_strictly_or_refused(data: bytes) -> None:
    try:
        text = decode(Path("noise.txt"), data)
    except ReaderError as error:
        assert error.problem_key in {"binary", "truncated", "encoding"}
    else:
        assert text in strict_readings(data)
        assert "\0" not in text


def strict_readings(data: bytes) -> set[str]:
    found = set()
    for codec in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", *_OTHERS):
        with suppress(UnicodeError):
            found.add(data.decode(codec))
    return found


_OTHERS = ("gb18030", "big5hkscs", "cp1252")


def test_lines_with_tabs_are_a_table_whose_blank_places_repeat_those_above(tmp_path: Path) -> None:
    file = tmp_path / "annex.txt"
    file.write_text(
        "附件\n地区\t类别\t园数\t人数\n甲区\t公办\t12\t3400\n\t民办\t30\t2100\n乙区\t公办\t8\t990\n完",
        encoding="utf-8",
    )
    document = read(file)
    (table,) = document.tables
    assert cell_texts(document, table)[2] == ["", "民办", "30", "2100"]
    assert headings(document, "2100") == (("人数",), ("甲区", "民办"))
    assert headings(document, "8") == (("园数",), ("乙区", "公办"))


def test_bars_draw_a_table_and_its_rule_is_no_row(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(
        "| 年份 | 2021 | 2022 |\n|---|---:|---:|\n| 招生 | 310 | 295 |\n", encoding="utf-8"
    )
    document = read(file)
    assert headings(document, "295") == (("2022",), ("招生",))


def test_indented_prose_is_no_table(tmp_path: Path) -> None:
    file = tmp_path / "prose.txt"
    file.write_text("\t一、总体情况\n\t全区共有学校十所。\n\t二、下一步\n", encoding="utf-8")
    assert read(file).tables == ()


def test_a_large_text_takes_a_small_multiple_of_its_size_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    file = tmp_path / "large.txt"
    line = "全县幼儿园在园幼儿 1024 人，公办园占 61.5%，比上年提高两个百分点。\n"
    size = 10_000_000
    file.write_bytes(line.encode() * (size // len(line.encode())))
    read(file)
    tracemalloc.start()
    read(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * size


DOCUMENTS = sorted(documents_folder().glob("*.txt"))


@pytest.mark.skipif(not DOCUMENTS, reason="the documents are not at hand (XUEWEI_DOCUMENTS)")
@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)
def test_documents_keep_their_offsets_and_lose_only_the_addressee(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        printed = stream.read()
    text = read(file).text
    assert len(text) == len(printed)
    masked = [at for at, character in enumerate(printed) if text[at] != character]
    assert all(text[at] == "＊" for at in masked)
    assert len(masked) <= 4
    if masked:
        assert text[masked[-1] + 1 :].startswith("委员：")
