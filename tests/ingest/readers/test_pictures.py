"""Pictures: the optional extra is asked for where it is missing, and what it reads is a draft."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from ingest.readers import ReaderError, picture, read
from ingest.readers.page_layout import Word
from tests.ingest.readers.made_files import headings, png_of


def test_a_picture_without_the_extra_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "_NEEDED", ("a_module_that_is_nowhere",))
    file = tmp_path / "scan.png"
    file.write_bytes(png_of(20, 10))
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert caught.value.problem_key == "ocr_missing"
    assert "xuewei[ocr]" in str(caught.value)


def test_what_is_recognised_is_a_draft_and_keeps_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [Word("各区学校情况", 10, 200, 0, 20)]
    for line, texts in enumerate(
        [("地区", "园数", "人数"), ("甲区", "12", "3456"), ("乙区", "7", "890")]
    ):
        words += [
            Word(text, 10 + 200 * at, 60 + 200 * at, 40 + 40 * line, 60 + 40 * line)
            for at, text in enumerate(texts)
        ]
    monkeypatch.setattr(picture, "require_ocr", lambda path, page: None)
    monkeypatch.setattr(picture, "words_in_picture", lambda image: words)
    file = tmp_path / "scan.png"
    file.write_bytes(png_of(20, 10))
    document = read(file)
    assert (document.reader, document.is_draft) == ("ocr", True)
    assert document.text.startswith("各区学校情况\n地区\t园数\t人数\n")
    assert headings(document, "890") == (("人数",), ("乙区",))


@pytest.mark.skipif(
    any(find_spec(name) is None for name in ("rapidocr", "onnxruntime")),
    reason="the optional extra ocr is not installed",
)
def test_rapidocr_reads_a_printed_number(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (500, 120), "white")
    font = ImageFont.load_default(48)
    ImageDraw.Draw(image).text((30, 30), "128809", font=font, fill="black")
    file = tmp_path / "number.png"
    image.save(file)
    document = read(file)
    assert "128809" in document.text
    assert document.is_draft
