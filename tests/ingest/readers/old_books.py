"""Old workbooks made for the tests: a compound file with one stream of records ([MS-XLS])."""

from collections.abc import Sequence
from struct import pack

_SECTOR = 512
_SMALLEST = 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Sheet = tuple[str, bool, bytes]


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream at its root."""
    stream = stream.ljust(max(_SMALLEST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    fat = b"".join(pack("<I", link) for link in chain).ljust(_SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    head += pack("<IIIIIIIIII", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0, 0)
    root = _entry("Root Entry", 5, 1, _END, 0)
    directory = (root + _entry(name, 2, _FREE, 2, len(stream))).ljust(_SECTOR, b"\0")
    return head.ljust(_SECTOR, b"\xff") + fat + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    links = pack("<HBBIII", len(title), kind, 1, _FREE, _FREE, child)
    return title.ljust(64, b"\0") + links + bytes(36) + pack("<IQ", start, size)


def record(kind: int, body: bytes = b"") -> bytes:
    """One record."""
    return pack("<HH", kind, len(body)) + body


def text(row: int, column: int, words: str) -> bytes:
    """A cell with words."""
    printed = pack("<HB", len(words), 1) + words.encode("utf-16-le")
    return record(0x204, pack("<HHH", row, column, 0) + printed)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A cell with a number."""
    return record(0x203, pack("<HHHd", row, column, style, value))


def hidden_row(row: int) -> bytes:
    """A row that is not shown."""
    return record(0x208, pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20))


def hidden_column(column: int) -> bytes:
    """A column that is not shown."""
    return record(0x7D, pack("<HHHHHH", column, column, 2560, 0, 1, 0))


def old_workbook(sheets: Sequence[Sheet], formats: Sequence[str] = ()) -> bytes:
    """A workbook (.xls): name, whether hidden, records of each sheet; cell style n > 0 has the
    nth of `formats`."""
    begin = record(0x809, pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head = begin
    for at, code in enumerate(formats):
        head += record(0x41E, pack("<HHB", 164 + at, len(code), 0) + code.encode("latin-1"))
    styles = [0, *range(164, 164 + len(formats))]
    head += b"".join(record(0xE0, pack("<HHH", 0, style, 0) + bytes(14)) for style in styles)
    names = [name.encode("utf-16-le") for name, _, _ in sheets]
    place = len(head) + sum(12 + len(name) for name in names) + 4
    bodies = b""
    for (_, is_hidden, cells), name in zip(sheets, names, strict=True):
        body = pack("<IBBBB", place + len(bodies), is_hidden, 0, len(name) // 2, 1) + name
        head += record(0x85, body)
        bodies += record(0x809, pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)) + cells + record(0x0A)
    return compound("Workbook", head + record(0x0A) + bodies)
