"""Old Word documents are converted, whatever they are called, and refused by name where not."""

import shutil
from pathlib import Path

import doc2docx
import docx
import pytest

from ingest.readers import ReaderError, read
from tests.ingest.readers.made_files import headings
from tests.ingest.readers.old_books import compound


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.docx"])
def test_an_old_document_is_read_as_its_conversion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    converted = tmp_path / "converted.docx"
    word = docx.Document()
    table = word.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["地区", "学位", "甲区", "300"], strict=True):
        cell.text = words
    word.save(str(converted))
    seen: list[Path] = []

    def convert(source: Path, target: Path) -> None:
        seen.append(source)
        shutil.copy(converted, target)

    monkeypatch.setattr(doc2docx, "convert", convert)
    file = tmp_path / name
    file.write_bytes(compound("WordDocument", b"\xec\xa5"))
    document = read(file)
    assert document.reader == "doc"
    assert headings(document, "300") == (("学位",), ("甲区",))
    assert not seen[0].exists()


def test_what_the_converter_cannot_follow_is_refused_with_a_mend(tmp_path: Path) -> None:
    file = tmp_path / "a.doc"
    file.write_bytes(compound("WordDocument", b"\xec\xa5"))
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert caught.value.problem_key == "damaged"
    assert "save it anew" in str(caught.value) and "old.doc" not in str(caught.value)
