"""What a file is: its content decides, its name only where content says nothing (csv, txt)."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

from ingest.readers.problems import ReaderError
from project.language import say

SUFFIXES: Final = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".et": "xls",
    ".csv": "csv",
    ".tsv": "csv",
    ".ods": "ods",
    ".rtf": "rtf",
    ".mht": "mht",
    ".mhtml": "mht",
    ".zip": "zip",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
}
"""The names under which a document may come, each with the format that is read so."""

ZIP_FAULTS: Final = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError)

_READ: Final = frozenset(SUFFIXES.values())
_NAMED_BY_SUFFIX: Final = frozenset({"txt", "html", "csv"})
_SHEETS: Final = frozenset({"xls", "xlsx"})
_MAGIC: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_ZIP_KINDS: Final = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("content.xml", "opendocument"),
)
_OLE_KINDS: Final = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_WEB_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
# Systems that write a table of HTML and call it .xls often leave out everything around it.
_WEB_FRAGMENT: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:head|meta|style|body|div|table)\b", re.I
)

_ARCHIVED_PAGE: Final = re.compile(
    rb"\A(?=.*^MIME-Version:)(?=.*^Content-Type:\s*multipart/related)", re.I | re.M | re.S
)
_SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(path: Path, data: bytes) -> str:
    """The format of the file, a value of SUFFIXES; an encrypted office file is `encrypted`.

    A file of a format that is read is read whatever its name says, as long as the name is that
    of a document. Raises ReaderError: unknown_format, other_format (naming what it is),
    truncated (a zip file without its directory).
    """
    expected = SUFFIXES.get(path.suffix.lower())
    if expected is None:
        known = " ".join(SUFFIXES)
        raise ReaderError(path, "unknown_format", suffix=path.suffix or path.name, known=known)
    found = _sniff(path, data, expected)
    # An archive holds documents only where it is called one: a .docx that is none is broken.
    if found not in _READ | {"encrypted"} or (found == "zip" and expected != "zip"):
        what = say(f"readers.format_{found}")
        raise ReaderError(path, "other_format", suffix=path.suffix, what=what)
    return found


def _sniff(path: Path, data: bytes, expected: str) -> str:
    head = data[:4096]
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if found == "zip":
        return _zip_kind(path, data, expected)
    if found == "ole":
        return _ole_kind(data)
    if found:
        return found
    if b"%PDF-" in head[:1024] and expected == "pdf":
        return "pdf"
    if expected == "txt":
        return expected
    if _ARCHIVED_PAGE.search(head):
        return "mht"
    if _WEB_PAGE.match(head) or (expected in _SHEETS and _WEB_FRAGMENT.match(head)):
        return "html"
    if expected in _SHEETS and b"\t" in head and b"\0" not in head:
        return "csv"
    return expected if expected in _NAMED_BY_SUFFIX else "unknown"


def _zip_kind(path: Path, data: bytes, expected: str) -> str:
    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except ZIP_FAULTS:
        if expected in {"docx", "xlsx", "ods"}:
            raise ReaderError(path, "truncated") from None
        return "zip"
    found = next((kind for name, kind in _ZIP_KINDS if name in names), "zip")
    # The format stands unpacked at the start of the archive (OpenDocument 1.3, part 2, 3.3).
    return "ods" if found == "opendocument" and _SPREADSHEET in data[:4096] else found


def _ole_kind(data: bytes) -> str:
    """By the streams at its root, which embedded objects do not have; else by any name in it."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            roots = {parts[0] for parts in file.listdir()}
        found = next((kind for name, kind in _OLE_KINDS if name in roots), "")
    except (OSError, ValueError, IndexError, TypeError):
        found = ""
    names = ((name.encode("utf-16-le"), kind) for name, kind in _OLE_KINDS)
    return found or next((kind for name, kind in names if name in data), "ole")
