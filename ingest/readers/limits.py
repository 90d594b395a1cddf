"""How much a document may hold before a reader refuses it; each limit can be moved."""

import os
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one document, each moved by the environment variable that the field names in
    capitals behind XUEWEI_LIMIT_ (XUEWEI_LIMIT_PAGES=20000).

    megabytes: size of the file. unpacked_megabytes, unpack_ratio: what a docx or xlsx file may
    unpack to, and to how many times its own size. pages: of a PDF. table_cells: places in one
    table or sheet, empty ones included. pixels: of a picture, in millions.
    """

    megabytes: int = 200
    unpacked_megabytes: int = 1000
    unpack_ratio: int = 200
    pages: int = 2000
    table_cells: int = 1_000_000
    pixels: int = 100

    @classmethod
    def from_environment(cls) -> "Limits":
        """The limits with those replaced that the environment moves; other words are ignored."""
        moved = {field.name: os.environ.get(variable(field.name), "") for field in fields(cls)}
        return cls(**{name: int(value) for name, value in moved.items() if value.isdecimal()})


def variable(limit: str) -> str:
    """The environment variable that moves `limit`."""
    return f"XUEWEI_LIMIT_{limit.upper()}"
