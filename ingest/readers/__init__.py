"""Files to text: what stands in a document, with its tables, as offsets can index it."""

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Final

from ingest.readers.bundle import documents_in
from ingest.readers.document import Cell, Document, Table
from ingest.readers.kinds import SUFFIXES, kind_of
from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract
from ingest.readers.problems import ReaderError
from ingest.readers.safety import check_archive, load

__all__ = [
    "SUFFIXES",
    "Cell",
    "Document",
    "Limits",
    "ReaderError",
    "Table",
    "documents_in",
    "read",
]

Reader = Callable[[Path, bytes, Limits], Extract]

_READERS: Final = {
    "txt": ("plain_text", "read_plain_text"),
    "html": ("web_page", "read_web_page"),
    "mht": ("web_archive", "read_web_archive"),
    "docx": ("word", "read_word"),
    "doc": ("old_word", "read_old_word"),
    "rtf": ("rich_text", "read_rich_text"),
    "csv": ("delimited", "read_delimited"),
    "xlsx": ("spreadsheet", "read_spreadsheet"),
    "xls": ("spreadsheet", "read_binary_spreadsheet"),
    "ods": ("open_document", "read_open_document"),
    "pdf": ("portable_document", "read_portable_document"),
    "png": ("picture", "read_picture"),
    "jpeg": ("picture", "read_picture"),
}
_FLAT: Final = frozenset({"xlsx", "xls", "ods", "csv"})
"""Formats read without objects that refer to each other, so that nothing waits for collection."""

_HASH_BLOCK: Final = 1 << 20


def read(path: Path, *, inside: Path | None = None, limits: Limits | None = None) -> Document:
    """The document in `path`, contact data of private persons masked, offsets unchanged by it.

    path may lead into an archive of documents: ARCHIVE.zip/MEMBER.
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
    if kind == "zip":
        raise ReaderError(path, "bundle")
    if kind in {"docx", "xlsx", "ods"}:
        check_archive(path, data, limits)
    with _resting_collector() if kind in _FLAT else nullcontext():
        extract = _extract(kind, path, data, limits)
        del data
        if not extract.text.strip():
            raise ReaderError(path, "no_text")
        text, tables = _without_contacts(extract)
    draft, remarks = extract.is_draft, extract.remarks
    return Document(path, extract.reader, text, tables, _sha256(text), draft, remarks)


@contextmanager
def _resting_collector() -> Iterator[None]:
    """A sheet's million cells make no cycles, and the collector would walk them again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
    module, name = _READERS[kind]
    reader: Reader = getattr(import_module(f"ingest.readers.{module}"), name)
    return reader


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
