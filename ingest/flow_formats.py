"""Proposals as JSON, as CSV, and counted in a table."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO, Final

from ingest.flow import Ingested, Outcome
from ingest.meaning import Proposal
from project.language import say

COLUMNS: Final = (
    "char_start", "char_end", "printed", "kind", "value", "value_low", "value_high", "unit_code",
    "qualifier", "indicator", "sector", "sex", "urbanisation", "pupil_group", "staff_group",
    "subject_zh", "region_code", "region_zh", "region_scope", "period", "period_basis", "status",
    "confidence", "doubts", "reason", "locator",
)  # fmt: skip
"""What a printed mention tells; of several documents each also says of which it is."""


Plain = str | int | float | None


def entry(proposal: Proposal) -> dict[str, Plain]:
    """One proposal with plain values; what it does not state is null."""
    return {name: _plain(getattr(proposal, name)) for name in COLUMNS}


def _plain(value: object) -> Plain:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or value == "":
        return None
    return value if isinstance(value, int | float) else str(value)


def _entries(documents: Sequence[Ingested]) -> Iterator[dict[str, Plain]]:
    for document in documents:
        told: dict[str, Plain] = {}
        if len(documents) > 1:
            told["document_id"] = document.identity.document_id
        for proposal in document.extraction.proposals:
            yield entry(proposal) | told


def write_json(outcome: Outcome, out: IO[str]) -> None:
    """Every mention of every document as one array of objects, an object a line."""
    out.write("[")
    separator = "\n"
    for row in _entries(outcome.documents):
        out.write(separator + json.dumps(row, ensure_ascii=False))
        separator = ",\n"
    out.write("\n]\n")


def write_csv(outcome: Outcome, out: IO[str]) -> None:
    """Every mention of every document, one a row; empty is null."""
    columns = (*COLUMNS, "document_id") if len(outcome.documents) > 1 else COLUMNS
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_entries(outcome.documents))


def table_rows(outcome: Outcome) -> list[tuple[str, ...]]:
    """One row for each document: code, numbers, figures, sure, to review, non-figures."""
    from ingest.proposals import load, waiting

    rows: list[tuple[str, ...]] = []
    held = set(waiting())
    for document in outcome.documents:
        document_id = document.identity.document_id
        # Of a corrected edition only what is new or gone is left to a person.
        is_left = document.state == "corrected" and document_id in held
        queued = len(load(document_id).open_rows) if is_left else document.queued
        proposals = document.extraction.proposals
        spans = {(one.char_start, one.char_end) for one in proposals}
        reasons = Counter(one.reason for one in proposals if one.reason)
        rows.append(
            (
                document_id,
                say(f"ingest_flow.state_{document.state}"),
                str(len(spans)),
                str(len(document.figures)),
                str(document.sure),
                str(queued),
                _counted(reasons),
            )
        )
    return rows


def _counted(reasons: Counter[str]) -> str:
    """How many numbers state no statistic for which reason, the most frequent first."""
    parts = [f"{say(f'ingest_flow.reason_{why}')} {count}" for why, count in reasons.most_common()]
    return ", ".join(parts)


def differences(outcome: Outcome) -> Iterator[str]:
    """What each corrected edition changes against what was reviewed, in lines."""
    from ingest.editions import difference
    from ingest.proposals import load, waiting

    held = set(waiting())
    for document in outcome.documents:
        document_id = document.identity.document_id
        if document.state != "corrected" or document_id not in held:
            continue
        found = difference(load(document_id).rows)
        fields = {"new": len(found.new), "gone": len(found.gone), "same": found.same}
        yield say("ingest_flow.difference", document=document_id, **fields)
        yield from (f"  - {words}" for words in found.gone)
        yield from (f"  + {words}" for words in found.new)
