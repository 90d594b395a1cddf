"""Proposals that wait for a person: one CSV for each document, and what the document is.

The CSV is the queue: `xuewei review` and any editor of tables fill its column `decision`;
`xuewei accept` carries the settled rows into the seeds. Everything lies in the folder
`proposals` of the warehouse, which git ignores.
"""

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.meaning.evidence import evidence_of
from project import paths
from project.errors import InputFault
from project.language import say

if TYPE_CHECKING:
    from ingest.flow import Ingested
    from ingest.meaning import Proposal

Row = dict[str, str]

COLUMNS: Final = (
    "decision", "confidence", "kind", "reason", "char_start", "char_end", "printed", "evidence",
    "indicator", "sector", "subject_zh", "region_code", "region_zh", "region_scope", "status",
    "period", "period_basis", "qualifier", "value", "value_low", "value_high", "unit_code",
    "figure_id", "alias_zh", "sex", "urbanisation", "pupil_group", "staff_group", "locator",
    "doubts",
)  # fmt: skip
ACCEPT: Final = "accept"
REMOVE: Final = "remove"
DECISIONS: Final = frozenset({"", ACCEPT, REMOVE})


@dataclass(frozen=True, slots=True)
class Queue:
    """The proposals of one document and its header, as columns of the seed `documents`."""

    document_id: str
    header: Mapping[str, str]
    source: str
    rows: Sequence[Row]

    @property
    def open_rows(self) -> list[Row]:
        """Rows that no one has settled yet."""
        return [row for row in self.rows if not row["decision"]]


def proposals_folder() -> Path:
    """Folder of the proposals; may not exist yet."""
    return paths.warehouse_folder() / "proposals"


def keep(ingested: "Ingested", seeds: Path) -> bool:
    """Store the proposals of a document for review; False where nothing is new.

    The same text asks nothing twice: a text that the seeds hold, or that waits already, is left
    alone. A corrected edition brings along what was reviewed of the one before.
    """
    from ingest.editions import merged

    identity = ingested.identity
    if identity.state == "known" or is_waiting(identity.document_id, ingested.sha256):
        return False
    rows = [
        _row(proposal, ingested.text, ingested.is_sure(proposal))
        for proposal in ingested.extraction.proposals
    ]
    if identity.state == "corrected":
        rows = merged(identity.document_id, rows, ingested.text, seeds)
    save(Queue(identity.document_id, _header(ingested), str(ingested.path.resolve()), rows))
    return True


def is_waiting(document_id: str, sha256: str) -> bool:
    """Whether this very text waits for review already."""
    known = source_of(document_id)
    return known is not None and known[0] == sha256


def source_of(document_id: str) -> tuple[str, str] | None:
    """Digest of the text and file of a document that waits; None where none does."""
    beside = proposals_folder() / f"{document_id}.json"
    if not beside.with_suffix(".csv").exists():
        return None
    try:
        known = json.loads(beside.read_text(encoding="utf-8"))
        return str(known["header"]["text_sha256"]), str(known["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def waiting() -> list[str]:
    """Codes of the documents with proposals, sorted; half-written ones are none."""
    files = proposals_folder().glob("*.csv")
    return sorted(file.stem for file in files if file.with_suffix(".json").exists())


def load(document_id: str) -> Queue:
    """The proposals of one document. Raises InputFault where there are none or they are broken."""
    file = proposals_folder() / f"{document_id}.csv"
    beside = file.with_suffix(".json")
    if not file.exists() or not beside.exists():
        raise InputFault(say("ingest_flow.no_proposals", document=document_id))
    known = json.loads(beside.read_text(encoding="utf-8"))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise InputFault(say("ingest_flow.proposals_columns", file=file.name))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values() or row["decision"] not in DECISIONS:
            raise InputFault(say("ingest_flow.proposals_row", file=file.name, row=number))
    return Queue(document_id, known["header"], known["source"], rows)


def save(queue: Queue) -> None:
    """Write a document's proposals, each file whole or not at all.

    The rows are last: without them nothing waits, so that rows never stand beside what another
    text is.
    """
    folder = proposals_folder()
    folder.mkdir(parents=True, exist_ok=True)
    known = {"header": dict(queue.header), "source": queue.source}
    words = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
    rows, beside = (folder / f"{queue.document_id}.{suffix}" for suffix in ("csv", "json"))
    if not beside.exists() or beside.read_text(encoding="utf-8") != words:
        rows.unlink(missing_ok=True)
        replace_file(beside, words)
    replace_file(rows, as_csv(COLUMNS, queue.rows))


def discard(document_id: str) -> None:
    """Forget the proposals of a document whose rows are in the seeds."""
    for suffix in ("csv", "json"):
        (proposals_folder() / f"{document_id}.{suffix}").unlink(missing_ok=True)


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV: header, LF, minimal quoting."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def replace_file(path: Path, words: str) -> None:
    """Put words in the place of a file with one rename."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(words, encoding="utf-8", newline="")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _row(proposal: "Proposal", text: str, is_sure: bool) -> Row:
    row = {name: _text(getattr(proposal, name, "")) for name in COLUMNS}
    if proposal.kind == "figure":
        row["evidence"] = evidence_of(text, proposal.char_start, proposal.char_end)
    row["decision"] = ACCEPT if is_sure else ""
    return row


def _text(value: object) -> str:
    return "" if value is None else f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def _header(ingested: "Ingested") -> Row:
    header = ingested.extraction.header
    return {
        "document_id": ingested.identity.document_id,
        "title_zh": header.title_zh,
        "document_number": header.document_number,
        "issuer": header.issuer,
        "region_code": header.region_code,
        "document_type": header.document_type,
        "published_on": header.published_on.isoformat(),
        "published_basis": header.published_basis,
        "effective_from": header.effective_from.isoformat() if header.effective_from else "",
        "effective_to": header.effective_to.isoformat() if header.effective_to else "",
        "text_sha256": ingested.sha256,
        "reader": ingested.reader,
    }


def numbered(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """Rows with the line at which an editor shows them, the header being 1."""
    return enumerate(rows, start=2)
