"""Pictures of text, read by optical character recognition: the optional extra `ocr` (rapidocr).

What it reads is a draft: it drops a lone dash and may take 0 for O.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, LinearText
from ingest.readers.page_layout import Grid, Word, blocks_of, lines_of
from ingest.readers.problems import ReaderError

if TYPE_CHECKING:
    from PIL.Image import Image

EXTRA: Final = "xuewei[ocr]"

_NEEDED: Final = ("rapidocr", "onnxruntime")
_PNG: Final = b"\x89PNG"
_PNG_END: Final = b"IEND"
_JPEG_END: Final = b"\xff\xd9"
_END_WITHIN: Final = 64
_JPEG_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def read_picture(path: Path, data: bytes, limits: Limits) -> Extract:
    """The text of a PNG or JPEG picture, always a draft. Raises ReaderError: truncated, pixels,
    ocr_missing."""
    from PIL import Image

    if (_PNG_END if data.startswith(_PNG) else _JPEG_END) not in data[-_END_WITHIN:]:
        raise ReaderError(path, "truncated")
    if _pixels(data) > limits.pixels * 1_000_000:
        raise ReaderError(path, "pixels", limit=limits.pixels, variable=variable("pixels"))
    require_ocr(path, 1)
    out = LinearText()
    with Image.open(BytesIO(data)) as picture:
        words = words_in_picture(picture)
    for block in blocks_of(lines_of(words)):
        if isinstance(block, Grid):
            out.add_table(block.cells, block.row_count, block.column_count, blank_repeats=True)
        else:
            out.add(block + "\n")
    return out.finish("ocr", is_draft=True)


def _pixels(data: bytes) -> int:
    """The size that the picture's header states (PNG 11.2.1, JPEG B.2.2), 0 where it is absent."""
    if data.startswith(_PNG):
        return int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _JPEG_SIZES:
            sides = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(sides[0], "big") * int.from_bytes(sides[1], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0


def has_ocr() -> bool:
    """Whether the optional extra is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def require_ocr(path: Path, page: int) -> None:
    """Raises ReaderError (ocr_missing) where the optional extra is not installed."""
    if not has_ocr():
        raise ReaderError(path, "ocr_missing", page=page, extra=EXTRA)


def words_in_picture(picture: "Image") -> list[Word]:
    """The lines of text in a picture and where they stand, in pixels."""
    import numpy

    result = _engine()(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
    if result.boxes is None or result.txts is None:
        return []
    return [
        Word(
            text,
            *(float(edge) for edge in (*_range(box, 0), *_range(box, 1))),
        )
        for box, text in zip(result.boxes, result.txts, strict=True)
    ]


def _range(box: Any, axis: int) -> tuple[float, float]:
    values = [float(corner[axis]) for corner in box]
    return min(values), max(values)


@cache
def _engine() -> Any:
    """The engine, loaded once: its models take a second."""
    return import_module("rapidocr").RapidOCR(params={"Global.log_level": "critical"})
