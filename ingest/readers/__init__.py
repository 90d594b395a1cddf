"""Files to text: what stands in a document, with its tables, as offsets can index it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ingest.readers.document import Cell, Document, Table
from ingest.readers.kinds import SUFFIXES, kind_of
from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract
from ingest.readers.problems import ReaderError
from ingest.readers.safety import check_archive, load

__all__ = ["SUFFIXES", "Cell", "Document", "Limits", "ReaderError", "Table", "read"]

Reader = Callable[[Path, bytes, Limits], Extract]

_HASH_BLOCK: Final = 1 << 20


def read(path: Path, *, inside: Path | None = None, limits: Limits | None = None) -> Document:
    """The document in `path`, contact data of private persons masked, offsets unchanged by it.

    inside: folder that the file must lie in once symbolic links are followed; None allows any.
    limits: by default those of the environment. Nothing is ever fetched or written.
    Raises ReaderError, one line in the chosen language, for a file that can't be read.
    """
    path = Path(path)
    limits = limits or Limits.from_environment()
    data = load(path, inside, limits)
    kind = kind_of(path, data)
    if kind == "encrypted":
        from ingest.readers.locked_books import unlocked

        data = unlocked(path, data)
        kind = kind_of(path, data)
    if kind in {"docx", "xlsx"}:
        check_archive(path, data, limits)
    extract = _extract(kind, path, data, limits)
    del data
    if not extract.text.strip():
        raise ReaderError(path, "no_text")
    text, tables = _without_contacts(extract)
    draft, remarks = extract.is_draft, extract.remarks
    return Document(path, extract.reader, text, tables, _sha256(text), draft, remarks)


def _extract(kind: str, path: Path, data: bytes, limits: Limits) -> Extract:
    try:
        return _reader(kind)(path, data, limits)
    except ReaderError:
        raise
    except MemoryError:
        raise ReaderError(path, "too_much_memory") from None
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        raise ReaderError(path, "damaged", reason=reason) from error


def _reader(kind: str) -> Reader:
    """The format's reader, imported when it is needed: pdfplumber alone takes half a second."""
    match kind:
        case "txt":
            from ingest.readers.plain_text import read_plain_text

            return read_plain_text
        case "html":
            from ingest.readers.web_page import read_web_page

            return read_web_page
        case "docx":
            from ingest.readers.word import read_word

            return read_word
        case "csv":
            from ingest.readers.delimited import read_delimited

            return read_delimited
        case "xlsx":
            from ingest.readers.spreadsheet import read_spreadsheet

            return read_spreadsheet
        case "xls":
            from ingest.readers.spreadsheet import read_binary_spreadsheet

            return read_binary_spreadsheet
        case "pdf":
            from ingest.readers.portable_document import read_portable_document

            return read_portable_document
        case _:
            from ingest.readers.picture import read_picture

            return read_picture


def _without_contacts(extract: Extract) -> tuple[str, tuple[Table, ...]]:
    from ingest.privacy import Span, mask
    from ingest.readers.contact_cells import contact_cells
    from ingest.readers.tables import finished, outline

    shapes = [(table, outline(table, extract.text)) for table in extract.tables]
    hide: list[Span] = []
    keep: list[Span] = []
    for table, shape in shapes:
        hidden, kept = contact_cells(table, shape, extract.text)
        hide += hidden
        keep += kept
    text = mask(extract.text, keep=keep, hide=hide)
    return text, tuple(finished(table, shape, text) for table, shape in shapes)


def _sha256(text: str) -> str:
    """Of the text in UTF-8, a block at a time: an encoded copy of 50 MB would be wasted."""
    digest = hashlib.sha256()
    for start in range(0, len(text), _HASH_BLOCK):
        digest.update(text[start : start + _HASH_BLOCK].encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
