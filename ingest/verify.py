"""Proves the seeds against the documents: every row stands in the text, every digit in a row."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.seeds.fault import Fault
from ingest.seeds.schema import load_schemas
from ingest.seeds.table import Table, read_table, whole
from project.errors import InputFault, UsageFault
from project.language import say

RULES: Final = (
    "other_text",
    "not_in_text",
    "beyond_text",
    "misprint_gone",
    "evidence_not_in_text",
    "evidence_elsewhere",
    "unaccounted",
    "numbers_found",
)

PROVED_SEEDS: Final = ("documents", "figures", "non_figures", "corrections", "measures")

NUMBER: Final = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)*")

CONTEXT: Final = 8

Row = tuple[int, Mapping[str, str]]
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text, and the digests of which the seeds may name one.

    Masking a name changes the digest of the text but not that of its file, and moves no offset.
    """

    text: str
    digests: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of one document.

    rows: rows of seeds that were held against the text; numbers: printed numbers, i.e. spans of
    figures and non-figures, and those that no row accounts for.
    """

    document_id: str
    rows: int
    numbers: int
    unaccounted: int
    faults: tuple[Fault, ...]


def verify(
    seeds_folder: Path, documents_folder: Path, document_ids: Iterable[str] = ()
) -> tuple[list[Proof], list[str]]:
    """Proofs of the named documents, or of all with a text; and those whose text is not at hand.

    Raises InputFault where seeds or documents can't be read, or a named text is not at hand;
    UsageFault for a document that the seeds do not know.
    """
    tables = _tables(seeds_folder)
    known = dict(tables["documents"].rows("document_id", "text_sha256"))
    with_text = [document for document, digest in known.values() if digest]
    wanted = list(document_ids) or with_text
    files = files_of(documents_folder)
    for document in wanted:
        if document not in with_text:
            raise UsageFault(say("ingest.verify_unknown", document=document))
        if document_ids and document not in files:
            fields = {"document": document, "folder": documents_folder}
            raise InputFault(say("ingest.verify_not_at_hand", **fields))
    rows = _rows_by_document(tables)
    proofs = [
        prove(document, read_text(files[document]), rows[document])
        for document in wanted
        if document in files
    ]
    return proofs, [document for document in wanted if document not in files]


def read_text(file: Path) -> Text:
    """The text of a document as the offsets of the seeds index it. Raises InputFault."""
    from ingest.readers import read

    document = read(file)
    own = hashlib.sha256(file.read_bytes()).hexdigest()
    return Text(document.text, frozenset({document.sha256, own}))


def prove(document_id: str, text: Text, seeds: Mapping[str, list[Row]]) -> Proof:
    """Hold the rows of one document against its text; `seeds` maps each seed to its rows."""
    claimed = {
        span
        for seed in ("figures", "non_figures")
        for _, row in seeds[seed]
        if (span := _span(row)) is not None
    }
    left = list(_unaccounted(text.text, claimed))
    numbers = len(claimed) + len(left)
    faults = [
        *_digest_faults(text, seeds["documents"]),
        *_printed_faults(text.text, seeds),
        *_evidence_faults(text.text, seeds["figures"]),
        *_correction_faults(text.text, seeds["corrections"]),
        *_left_over(document_id, text.text, left),
        *_count_faults(numbers, seeds["documents"]),
    ]
    return Proof(
        document_id=document_id,
        rows=sum(len(rows) for seed, rows in seeds.items() if seed != "documents"),
        numbers=numbers,
        unaccounted=len(left),
        faults=tuple(faults),
    )


def _tables(seeds_folder: Path) -> dict[str, Table]:
    schemas = load_schemas(seeds_folder)
    tables: dict[str, Table] = {}
    for name in PROVED_SEEDS:
        match read_table(schemas[name]):
            case Table() as table:
                tables[name] = table
            case faults:
                raise InputFault(faults[0].text())
    return tables


def _rows_by_document(tables: Mapping[str, Table]) -> dict[str, dict[str, list[Row]]]:
    rows: dict[str, dict[str, list[Row]]] = {
        document: {seed: [] for seed in tables}
        for document in tables["documents"].columns["document_id"]
    }
    for seed, table in tables.items():
        for line, values in table.rows(*table.columns):
            row = dict(zip(table.columns, values, strict=True))
            if row["document_id"] in rows:
                rows[row["document_id"]][seed].append((line, row))
    return rows


def files_of(folder: Path) -> dict[str, Path]:
    """document_id -> its file: the one of that name that a reader can read."""
    from ingest.readers import SUFFIXES

    if not folder.is_dir():
        raise InputFault(say("ingest.verify_no_folder", folder=folder))
    return {
        file.stem: file
        for file in sorted(folder.iterdir(), reverse=True)
        if file.suffix.lower() in SUFFIXES and file.is_file()
    }


def _span(row: Mapping[str, str]) -> Interval | None:
    start, end = whole(row["char_start"]), whole(row["char_end"])
    return None if start is None or end is None else (start, end)


def _digest_faults(text: Text, rows: Iterable[Row]) -> Iterator[Fault]:
    for line, row in rows:
        if row["text_sha256"] not in text.digests:
            fields = {"document": row["document_id"], "digests": ", ".join(sorted(text.digests))}
            yield Fault("other_text", "documents.csv", line, fields)


def _printed_faults(text: str, seeds: Mapping[str, list[Row]]) -> Iterator[Fault]:
    for seed in ("figures", "non_figures", "measures"):
        for line, row in seeds[seed]:
            span = _span(row)
            if span is None:
                continue
            start, end = span
            if not 0 <= start < end <= len(text):
                ends = {"start": start, "end": end, "length": len(text)}
                yield Fault("beyond_text", f"{seed}.csv", line, ends)
            elif "printed" in row and text[start:end] != row["printed"]:
                found = {"printed": row["printed"], "found": text[start:end], "start": start}
                yield Fault("not_in_text", f"{seed}.csv", line, found)


def _evidence_faults(text: str, rows: Iterable[Row]) -> Iterator[Fault]:
    """Evidence stands in the text, whitespace aside, and at the place of its number."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    bare = "".join(text[place] for place in places)
    for line, row in rows:
        span = _span(row)
        if span is None:
            continue
        evidence = "".join(row["evidence"].split())
        start = bisect_right(places, span[0] - 1)
        end = bisect_right(places, span[1] - 1)
        if evidence not in bare:
            yield Fault("evidence_not_in_text", "figures.csv", line, {"evidence": evidence})
        elif evidence not in bare[max(0, end - len(evidence)) : start + len(evidence)]:
            yield Fault("evidence_elsewhere", "figures.csv", line, {"evidence": evidence})


def _correction_faults(text: str, rows: Iterable[Row]) -> Iterator[Fault]:
    for line, row in rows:
        start = whole(row["char_start"]) or 0
        found = text[start : start + len(row["printed"])]
        if found != row["printed"]:
            fields = {"printed": row["printed"], "found": found, "start": start}
            yield Fault("misprint_gone", "corrections.csv", line, fields)


def _unaccounted(text: str, claimed: Iterable[Interval]) -> Iterator[Interval]:
    """Printed numbers of which at least one digit lies in no span."""
    covered = bytearray(len(text))
    for start, end in claimed:
        covered[max(0, start) : end] = b"\x01" * len(covered[max(0, start) : end])
    for match in NUMBER.finditer(text):
        digits = (place for place in range(*match.span()) if text[place] not in ".．")
        if not all(covered[place] for place in digits):
            yield match.span()


def _left_over(document: str, text: str, left: Iterable[Interval]) -> Iterator[Fault]:
    for start, end in left:
        fields = {
            "document": document,
            "digits": text[start:end],
            "start": str(start),
            "end": str(end),
            "around": " ".join(text[max(0, start - CONTEXT) : end + CONTEXT].split()),
        }
        yield Fault("unaccounted", "figures.csv", None, fields)


def _count_faults(numbers: int, rows: Iterable[Row]) -> Iterator[Fault]:
    for line, row in rows:
        if whole(row["numbers_found"]) != numbers:
            fields = {"found": str(numbers), "stated": row["numbers_found"]}
            yield Fault("numbers_found", "documents.csv", line, fields)
