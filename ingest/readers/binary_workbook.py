"""Old workbooks (.xls, .et): what python-calamine does not tell of them.

Number formats, hidden rows and columns, and how far sheets reach, from the records of the
Workbook stream ([MS-XLS] 2.4).
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import olefile

from ingest.readers.cell_formats import BUILT_IN
from ingest.readers.sheet_styles import SheetStyles

_END: Final = 0x0A
_BEGIN: Final = 0x809
_SHEET: Final = 0x85
_FORMAT: Final = 0x41E
_CELL_STYLE: Final = 0xE0
_CELLS: Final = frozenset({0x203, 0x27E, 0x06, 0x206, 0x406, 0xFD, 0x204, 0xD6, 0x205})
_NUMBERS_IN_A_ROW: Final = 0xBD
_ROW: Final = 0x208
_COLUMNS: Final = 0x7D
_EIGHT: Final = 0x600
_PASSWORD: Final = 0x2F

Record = tuple[int, memoryview]


class BinaryStyles:
    """The formats, hidden parts and reach of an old workbook, sheet by sheet."""

    def __init__(self, data: bytes) -> None:
        with olefile.OleFileIO(BytesIO(data)) as file:
            name = "Workbook" if file.exists("Workbook") else "Book"
            self._stream = memoryview(file.openstream(name).read())
        self.is_encrypted = False
        self._codes: list[str] = []
        self._places: dict[str, int] = {}
        self._read_globals()

    def sheet(self, name: str, most_places: int) -> SheetStyles:
        """The formats and the reach of the sheet `name`; nothing for one that holds no cells.

        A sheet of more places than `most_places` is left at the cell that says so.
        """
        found = SheetStyles()
        if name not in self._places:
            return found
        for kind, body in self._records(self._places[name]):
            if found.area > most_places:
                break
            if kind in _CELLS:
                row, column, style = struct.unpack_from("<HHH", body)
                self._add(found, row, column, style)
            elif kind == _NUMBERS_IN_A_ROW:
                row, column = struct.unpack_from("<HH", body)
                for at in range(4, len(body) - 2, 6):
                    self._add(found, row, column, struct.unpack_from("<H", body, at)[0])
                    column += 1
            elif kind == _ROW and body[12] & 0x20:
                found.hidden_rows.add(struct.unpack_from("<H", body)[0])
            elif kind == _COLUMNS and body[8] & 0x01:
                first, last = struct.unpack_from("<HH", body)
                found.hidden_columns.update(range(first, last + 1))
        return found

    def _add(self, found: SheetStyles, row: int, column: int, style: int) -> None:
        found.reach(row, column)
        if style < len(self._codes) and (code := self._codes[style]):
            found.formats[row, column] = code

    def _read_globals(self) -> None:
        own: dict[int, str] = {}
        styles: list[int] = []
        is_wide = True
        for kind, body in self._records(0):
            if kind == _BEGIN:
                is_wide = struct.unpack_from("<H", body)[0] >= _EIGHT
            elif kind == _PASSWORD:
                self.is_encrypted = True
                return
            elif kind == _SHEET:
                self._places[_short_text(body[6:], is_wide)] = struct.unpack_from("<I", body)[0]
            elif kind == _FORMAT:
                own[struct.unpack_from("<H", body)[0]] = _text(body[2:], is_wide)
            elif kind == _CELL_STYLE:
                styles.append(struct.unpack_from("<H", body, 2)[0])
        codes = [own.get(number, BUILT_IN.get(number, "")) for number in styles]
        self._codes = ["" if code in {"General", "@"} else code for code in codes]

    def _records(self, at: int) -> Iterator[Record]:
        """The records of one part of the stream; those of a chart inside it are passed over."""
        depth = 0
        while at + 4 <= len(self._stream):
            kind, size = struct.unpack_from("<HH", self._stream, at)
            body = self._stream[at + 4 : at + 4 + size]
            at += 4 + size
            depth += (kind == _BEGIN) - (kind == _END)
            if depth <= 1:
                yield kind, body
            if depth == 0:
                return


def _short_text(body: memoryview, is_wide: bool) -> str:
    """A text whose length takes one byte."""
    if not is_wide:
        return _narrow(body[1 : 1 + body[0]])
    return _unicode(body[0], body[1:])


def _text(body: memoryview, is_wide: bool) -> str:
    """A text whose length takes two bytes, in the old form one."""
    if not is_wide:
        return _narrow(body[1 : 1 + body[0]])
    return _unicode(struct.unpack_from("<H", body)[0], body[2:])


def _unicode(length: int, body: memoryview) -> str:
    if body[0] & 1:
        return bytes(body[1 : 1 + 2 * length]).decode("utf-16-le", "replace")
    return bytes(body[1 : 1 + length]).decode("latin-1")


def _narrow(body: memoryview) -> str:
    return bytes(body).decode("gb18030", "replace")
