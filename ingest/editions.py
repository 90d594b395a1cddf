"""Editions: a corrected text of a document that the seeds know, beside the one before."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.anchors import anchored
from ingest.proposals import ACCEPT, COLUMNS, Row

_KEPT = (
    "evidence", "indicator", "sector", "region_code", "region_scope", "status", "period",
    "period_basis", "qualifier", "value", "value_low", "value_high", "unit_code", "figure_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """What a corrected edition changes: rows that stay, that are new, that are gone."""

    same: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


def seed_rows(document_id: str, seeds: Path) -> list[Row]:
    """The reviewed rows of a document, figures first, with kind; those without a span left out."""
    rows: list[Row] = []
    for seed in ("figures", "non_figures"):
        with (seeds / "documents" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
            rows += [
                row | {"kind": seed.removesuffix("s")}
                for row in csv.DictReader(file)
                if row["document_id"] == document_id and row["char_start"]
            ]
    return rows


def merged(document_id: str, rows: Sequence[Row], text: str, seeds: Path) -> list[Row]:
    """The proposals of a corrected text, with what was reviewed of the earlier one.

    A reviewed row whose words still stand is taken over and accepted; the others are listed for
    removal and wait, as do the numbers that are new.
    """
    reviewed = seed_rows(document_id, seeds)
    places = anchored(reviewed, text)
    taken: dict[tuple[int, int], list[Row]] = {}
    gone: list[Row] = []
    for row, place in zip(reviewed, places, strict=True):
        if place is None:
            gone.append(_old(row, row["char_start"], row["char_end"], ""))
        else:
            taken.setdefault(place, []).append(_old(row, str(place[0]), str(place[1]), ACCEPT))
    spans = set(taken)
    fresh = [
        dict(row) | {"decision": ""}
        for row in rows
        if not _overlaps((int(row["char_start"]), int(row["char_end"])), spans)
    ]
    kept = [row for some in taken.values() for row in some]
    return sorted([*kept, *fresh], key=lambda row: int(row["char_start"])) + gone


def difference(rows: Sequence[Mapping[str, str]]) -> Difference:
    """What the rows of a corrected edition change against the seeds."""
    fresh = [row for row in rows if not row["decision"] and row["confidence"]]
    gone = [row for row in rows if not row["decision"] and not row["confidence"]]
    same = len(rows) - len(fresh) - len(gone)
    return Difference(
        same,
        tuple(row["evidence"] or row["printed"] for row in fresh),
        tuple(row["evidence"] or row["printed"] for row in gone),
    )


def _old(row: Mapping[str, str], start: str, end: str, decision: str) -> Row:
    blank = dict.fromkeys(COLUMNS, "")
    kept = {name: row.get(name, "") for name in _KEPT}
    fixed = {
        "decision": decision,
        "kind": row["kind"],
        "reason": row.get("reason", ""),
        "char_start": start,
        "char_end": end,
        "printed": row["printed"],
    }
    return blank | kept | fixed


def _overlaps(span: tuple[int, int], others: set[tuple[int, int]]) -> bool:
    return span in others or any(span[0] < end and start < span[1] for start, end in others)
