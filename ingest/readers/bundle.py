"""Archives of documents (.zip): each member is a document of its own, named ARCHIVE.zip/MEMBER.

Nothing is unpacked onto the disk. Names are UTF-8 or, as Chinese Windows writes them, GBK.
"""

import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from ingest.readers.kinds import ZIP_FAULTS
from ingest.readers.limits import Limits, variable
from ingest.readers.problems import ReaderError

_SUFFIX: Final = ".zip"
_NAME_ENCODINGS: Final = ("utf-8", "gb18030", "cp437")
_MOST_MEMBERS: Final = 20_000
_MEGABYTE: Final = 1_000_000
# What systems put beside the documents: resource forks, lock files, folder settings.
_NO_DOCUMENT: Final = ("__macosx", "thumbs.db", "desktop.ini", ".", "~$")


def documents_in(path: Path) -> list[Path]:
    """The documents that a file holds: itself, or each member of an archive of documents.

    Raises ReaderError: truncated, unsafe_member, too_many_members.
    """
    if path.suffix.lower() != _SUFFIX or not path.is_file():
        return [path]
    with _opened(path, path) as archive:
        return [path / name for name in sorted(_members(path, archive))]


def archive_of(path: Path) -> Path | None:
    """The archive that `path` leads into; None for an ordinary path."""
    if path.exists():
        return None
    return next(
        (one for one in path.parents if one.suffix.lower() == _SUFFIX and one.is_file()), None
    )


def bytes_of(path: Path, archive: Path, place: Path, limits: Limits) -> bytes:
    """The bytes of the member `path` of an archive, which lies at `place`.

    Raises ReaderError: missing, encrypted, too_large_unpacked, damaged, and what `documents_in`
    raises.
    """
    with _opened(archive, place) as opened:
        return _bytes(path, archive, opened, limits)


def _bytes(path: Path, archive: Path, opened: zipfile.ZipFile, limits: Limits) -> bytes:
    found = _members(archive, opened).get(path.relative_to(archive).as_posix())
    if found is None:
        raise ReaderError(path, "missing")
    if found.flag_bits & 0x1:
        raise ReaderError(path, "encrypted")
    allowed = min(
        limits.megabytes * _MEGABYTE,
        max(found.compress_size * limits.unpack_ratio, 10 * _MEGABYTE),
    )
    try:
        with opened.open(found) as stream:
            content = stream.read(allowed + 1)
    except ZIP_FAULTS as error:
        raise ReaderError(path, "damaged", reason=type(error).__name__) from None
    if len(content) > allowed:
        limit, moved = allowed // _MEGABYTE, variable("megabytes")
        raise ReaderError(path, "too_large_unpacked", limit=limit, variable=moved)
    return content


def _opened(path: Path, place: Path) -> zipfile.ZipFile:
    for encoding in _NAME_ENCODINGS:
        try:
            return zipfile.ZipFile(place, metadata_encoding=encoding)
        except UnicodeDecodeError:
            continue
        except ZIP_FAULTS:
            break
    raise ReaderError(path, "truncated")


def _members(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise ReaderError(path, "too_many_members", limit=_MOST_MEMBERS)
    found: dict[str, zipfile.ZipInfo] = {}
    for one in members:
        name = PurePosixPath(one.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in one.filename:
            raise ReaderError(path, "unsafe_member", member=one.filename)
        is_document = not any(part.lower().startswith(_NO_DOCUMENT) for part in name.parts)
        if not one.is_dir() and is_document:
            found[name.as_posix()] = one
    return found
