"""Bytes to characters: strict decoding only, so that no character is ever replaced silently.

gb2312 and gbk are read as gb18030, which holds them both: that is what such pages are written
in, as the WHATWG Encoding Standard lays down for gb2312.
"""

import codecs
from pathlib import Path
from typing import Final

from ingest.readers.problems import ReaderError

_SAMPLE_BYTES: Final = 65_536
_SAMPLE_CHARACTERS: Final = 4_096
_LIKELY: Final = 0.9
_POSSIBLE: Final = 0.6
_SIGNS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_QUESTION: Final = ("gb18030", "big5", "cp1252")
_FAMILIES: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
}
# So many characters of several bytes are valid UTF-8 by chance in no text of another encoding.
_CERTAIN_UTF8: Final = 8


def decode(path: Path, data: bytes, declared: str | None = None) -> str:
    """The characters of `data`; a byte order mark is a signature, not a character.

    `declared` is the encoding that the file itself names; it is honoured unless the bytes
    contradict it. Raises ReaderError: binary, truncated (inside a character), encoding.
    """
    for sign, encoding in _SIGNS:
        if data.startswith(sign):
            return _strictly(path, data[len(sign) :], encoding)
    named = _codec(declared)
    if named and not (named != "utf-8" and _is_certainly_utf8(data)):
        text = _attempt(data, named)
        if text is not None and "\0" not in text:
            return text
    text = _attempt(data, "utf-8")
    if text is not None and "\0" not in text:
        return text
    if wide := _utf16_without_sign(data):
        return _strictly(path, data, wide)
    if b"\0" in data:
        raise ReaderError(path, "binary")
    if text is None and _breaks_off(data, "utf-8"):
        raise ReaderError(path, "truncated")
    return _chinese(path, data)


def _chinese(path: Path, data: bytes) -> str:
    """GB18030 where the characters are everyday ones, else what charset-normalizer decides."""
    text = _attempt(data, "gb18030")
    if text is not None and _everyday_share(text, "gb2312") >= _LIKELY:
        return text
    if text is None and _breaks_off(data, "gb18030"):
        raise ReaderError(path, "truncated")
    from charset_normalizer import from_bytes

    # Cut at a line's end: no encoding in question has 0A as a part of a character.
    sample = data[: data.rfind(b"\n", 0, _SAMPLE_BYTES) + 1] or data
    best = from_bytes(sample, cp_isolation=list(_IN_QUESTION)).best()
    decided = _attempt(data, _codec(best.encoding) or best.encoding) if best else None
    if decided is None or _everyday_share(decided, "gb2312", "big5") < _POSSIBLE:
        raise ReaderError(path, "encoding")
    return decided


def _strictly(path: Path, data: bytes, encoding: str) -> str:
    text = _attempt(data, encoding)
    if text is None:
        raise ReaderError(path, "truncated" if _breaks_off(data, encoding) else "encoding")
    if "\0" in text:
        raise ReaderError(path, "binary")
    return text


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _breaks_off(data: bytes, encoding: str) -> bool:
    """Whether only the last character of `data` is incomplete, all before it being sound."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return any(word in error.reason for word in ("unexpected end", "incomplete", "truncated"))
    return False


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        plain = codecs.lookup(name.strip()).name
    except LookupError:
        return None
    return _FAMILIES.get(plain, plain)


def _is_certainly_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8 whatever it declares: enough of it is not ASCII, all of it valid."""
    sample = data[:_SAMPLE_BYTES]
    leads = sum(byte >= 0xC0 for byte in sample)
    return leads >= _CERTAIN_UTF8 and _attempt(data, "utf-8") is not None


def _utf16_without_sign(data: bytes) -> str | None:
    """The byte order of UTF-16 text that bears no mark, told by its everyday characters."""
    sample = data[: _SAMPLE_CHARACTERS * 2]
    if len(data) % 2 or len(sample) < 4:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _attempt(sample[:-2], encoding)
        if text and "\0" not in text and _everyday_share(text, "gb2312", "big5") >= _LIKELY:
            return encoding
    return None


def _everyday_share(text: str, *character_sets: str) -> float:
    """The share of characters that one of these sets holds: nearly all of Chinese prose."""
    sample = text[:_SAMPLE_CHARACTERS]
    everyday = sum(_is_everyday(character, character_sets) for character in sample)
    return everyday / max(len(sample), 1)


def _is_everyday(character: str, character_sets: tuple[str, ...]) -> bool:
    if character < "\x80":
        return character.isprintable() or character in "\t\n\r\f"
    return any(_encodes(character, character_set) for character_set in character_sets)


def _encodes(character: str, character_set: str) -> bool:
    try:
        character.encode(character_set)
    except UnicodeEncodeError:
        return False
    return True
