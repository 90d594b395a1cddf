"""Old Word documents (.doc, .wps): converted to .docx, which is read like any other."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract
from ingest.readers.problems import ReaderError
from ingest.readers.safety import check_archive
from ingest.readers.word import read_word


def read_old_word(path: Path, data: bytes, limits: Limits) -> Extract:
    """What `read_word` reads of the converted document; merged cells are kept.

    The converter works on files: they lie in a folder of their own that is removed at once.
    Raises ReaderError: encrypted, damaged, and what `check_archive` and `read_word` raise.
    """
    from doc2docx import convert
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

    with TemporaryDirectory() as folder:
        source, target = Path(folder, "old.doc"), Path(folder, "new.docx")
        source.write_bytes(data)
        try:
            convert(source, target)
        except EncryptedDocumentError:
            raise ReaderError(path, "encrypted") from None
        except Doc2DocxError as error:
            # The converter's own words would name a file that nobody has.
            raise ReaderError(path, "damaged", reason=type(error).__name__) from None
        converted = target.read_bytes()
    check_archive(path, converted, limits)
    return replace(read_word(path, converted, limits), reader="doc")
