"""Which document a file is: its code, and whether the seeds know it."""

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from ingest.meaning.header import Header

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Identity:
    """A document's code and its state: new, known or corrected."""

    document_id: str
    state: str


def identify(path: Path, sha256: str, header: Header, seeds: Path) -> Identity:
    """The code of a document, and whether the seeds hold this text of it or another.

    A document is the same where its text is, else where its number is, else where title and
    region are, else where its file bears the code of one. A new one is named after its file, or
    after place, year and number where the file's name is no code or too long for one.
    """
    known = _documents(seeds / "documents" / "documents.csv")
    digests = {sha256, _digest(path)}
    for document_id, row in known.items():
        if row["text_sha256"] in digests:
            return Identity(document_id, "known")
    named = path.stem.lower()
    for document_id, row in known.items():
        if document_id == named or _is_same(row, header):
            return Identity(document_id, "corrected")
    if _CODE.fullmatch(named) and not named.isdigit() and len(named) <= _LONGEST:
        return Identity(named, "new")
    return Identity(_code(header, seeds, sha256), "new")


def _digest(path: Path) -> str:
    """Digest of the file itself: masking changes the digest of a text, not that of its file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _is_same(row: Mapping[str, str], header: Header) -> bool:
    number = "".join(row["document_number"].split())
    if number and header.document_number:
        return number == header.document_number
    same_title = len(header.title_zh) > 6 and row["title_zh"] == header.title_zh
    return same_title and row["region_code"] == header.region_code


def _documents(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["document_id"]: row for row in csv.DictReader(file)}


def _code(header: Header, seeds: Path, sha256: str) -> str:
    place = _english_names(seeds).get(header.region_code, "document")
    found = re.search(r"〔(\d{4})〕(\d+)号", header.document_number)
    if found:
        rest = f"{found[1]}-{found[2]}"
    else:
        rest = f"{header.title_years[1] or header.published_on.year}-{header.document_type}"
        rest += f"-{sha256[:6]}"
    slug = re.sub(r"[^a-z0-9]+", "-", f"{place}-{rest}".lower()).strip("-")
    return slug[:_LONGEST]


@lru_cache(maxsize=4)
def _english_names(seeds: Path) -> dict[str, str]:
    with (seeds / "reference" / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["region_code"]: row["name_en"] for row in csv.DictReader(file)}
