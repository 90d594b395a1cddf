"""What is looked at before any parser opens a file: size, place, zip and XML bombs."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from ingest.readers.bundle import archive_of, bytes_of
from ingest.readers.kinds import ZIP_FAULTS
from ingest.readers.limits import Limits, variable
from ingest.readers.problems import ReaderError

_MEGABYTE: Final = 1_000_000
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_FOREIGN_XML: Final = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-?(?:8|16)|us-ascii)", re.I)
_ZIP_ENTRIES: Final = 20_000
_BLOCK: Final = 65_536


def load(path: Path, inside: Path | None, limits: Limits) -> bytes:
    """The bytes of the file, if it is a readable, ordinary file of an allowed size and place.

    A path into an archive of documents gives the bytes of that member.
    Raises ReaderError: missing, outside, directory, not_a_file, unreadable, too_large, empty.
    """
    archive = archive_of(path)
    if archive is not None and inside is not None and inside.is_relative_to(archive.absolute()):
        inside = archive.absolute().parent
    try:
        place = _place(archive or path, inside, limits)
        data = bytes_of(path, archive, place, limits) if archive else place.read_bytes()
    except FileNotFoundError:
        raise ReaderError(path, "missing") from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ReaderError(path, "unreadable", reason=reason) from None
    if not data:
        raise ReaderError(path, "empty")
    return data


def _place(path: Path, inside: Path | None, limits: Limits) -> Path:
    """Where a file lies once links are followed."""
    place = path.resolve(strict=True)
    if inside is not None and not place.is_relative_to(inside.resolve()):
        raise ReaderError(path, "outside", folder=inside.name or inside)
    status = place.stat()
    if stat.S_ISDIR(status.st_mode):
        raise ReaderError(path, "directory")
    if not stat.S_ISREG(status.st_mode):
        raise ReaderError(path, "not_a_file")
    if status.st_size > limits.megabytes * _MEGABYTE:
        raise ReaderError(
            path,
            "too_large",
            size=-(-status.st_size // _MEGABYTE),
            limit=limits.megabytes,
            variable=variable("megabytes"),
        )
    return place


def check_archive(path: Path, data: bytes, limits: Limits) -> None:
    """Refuse a docx or xlsx file that would unpack to too much, or whose XML declares entities.

    Every member is unpacked once, piece by piece and without trust in its declared size.
    Raises ReaderError: encrypted, truncated, too_large_unpacked, entities, damaged.
    """
    try:
        members = zipfile.ZipFile(BytesIO(data)).infolist()
    except ZIP_FAULTS:
        raise ReaderError(path, "truncated") from None
    allowed = min(
        limits.unpacked_megabytes * _MEGABYTE,
        max(len(data) * limits.unpack_ratio, 10 * _MEGABYTE),
    )
    bomb = ReaderError(
        path,
        "too_large_unpacked",
        limit=allowed // _MEGABYTE,
        variable=variable("unpacked_megabytes"),
    )
    if len(members) > _ZIP_ENTRIES or sum(member.file_size for member in members) > allowed:
        raise bomb
    for member in members:
        if member.flag_bits & 0x1:
            raise ReaderError(path, "encrypted")
        allowed -= _unpack(path, data, member, allowed)
        if allowed < 0:
            raise bomb


def _unpack(path: Path, data: bytes, member: zipfile.ZipInfo, allowed: int) -> int:
    """The true unpacked size of one member, unpacked no further than `allowed` and a little."""
    header = member.header_offset
    names = int.from_bytes(data[header + 26 : header + 28], "little")
    extra = int.from_bytes(data[header + 28 : header + 30], "little")
    start = header + 30 + names + extra
    packed = memoryview(data)[start : start + member.compress_size]
    if len(packed) < member.compress_size:
        raise ReaderError(path, "truncated")
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ReaderError(path, "damaged", reason=f"zip method {member.compress_type}")
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    if member.compress_type == zipfile.ZIP_STORED:
        if is_xml:
            _check_xml(path, bytes(packed))
        return len(packed)
    size, tail = 0, b""
    try:
        for piece in _inflate(packed):
            size += len(piece)
            if is_xml:
                _check_xml(path, tail + piece)
                tail = piece[-64:]
            if size > allowed:
                break
    except zlib.error as error:
        raise ReaderError(path, "damaged", reason=str(error)) from None
    return size


def _inflate(packed: memoryview) -> Iterator[bytes]:
    """The unpacked bytes in pieces of at most a megabyte, however strongly they are packed."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _BLOCK):
        piece = inflate.decompress(packed[start : start + _BLOCK], _MEGABYTE)
        while piece:
            yield piece
            piece = inflate.decompress(inflate.unconsumed_tail, _MEGABYTE)


def _check_xml(path: Path, piece: bytes) -> None:
    plain = piece.replace(b"\0", b"")
    if _DECLARATION.search(plain) or _FOREIGN_XML.search(plain):
        raise ReaderError(path, "entities")
