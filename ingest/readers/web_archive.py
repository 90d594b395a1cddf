"""Saved web pages in one file (.mht, .mhtml; RFC 2557): the page itself."""

from email import message_from_bytes, policy
from pathlib import Path

from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract
from ingest.readers.problems import ReaderError
from ingest.readers.web_page import read_web_page


def read_web_archive(path: Path, data: bytes, limits: Limits) -> Extract:
    """The first page of the archive. Raises ReaderError: no_text, and what a web page raises."""
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                charset = part.get_content_charset()
                declared = f"<meta charset={charset}>".encode("ascii", "ignore") if charset else b""
                return read_web_page(path, declared + page, limits)
    raise ReaderError(path, "no_text")
