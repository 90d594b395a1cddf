"""Re-anchor: rows follow their words where a text was changed without changing its numbers."""

import csv
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.anchors import anchored
from ingest.proposals import Row, as_csv, replace_file
from ingest.verify import files_of
from project.language import say

SEEDS: Final = ("figures", "non_figures", "corrections", "measures")
_Tables = dict[str, tuple[list[str], list[Row]]]


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of one document: rows moved, or the rows that found no place (then none moved).

    lost: seed and printed words of each row without a place.
    """

    document_id: str
    moved: int
    lost: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """The outcome in one line."""
        if self.lost:
            fields = {"document": self.document_id, "lost": len(self.lost)}
            first = f"{self.lost[0][0]}.csv {self.lost[0][1]!r}"
            return say("ingest_flow.not_reanchored", first=first, **fields)
        return say("ingest_flow.reanchored", document=self.document_id, moved=self.moved)


def reanchor(seeds: Path, documents: Path, document_ids: Iterable[str] = ()) -> list[Reanchored]:
    """Move the rows of documents whose text is another than that of the seeds.

    A document of which every row finds its words is rewritten with its new digest; one of which
    a row does not is left as it is. Documents whose text is unchanged are not listed.
    """
    tables = {name: _read(seeds / "documents" / f"{name}.csv") for name in ("documents", *SEEDS)}
    wanted = set(document_ids)
    files = files_of(documents)
    done = []
    for row in tables["documents"][1]:
        document = row["document_id"]
        file = files.get(document)
        if file is None or not row["text_sha256"] or (wanted and document not in wanted):
            continue
        if outcome := _one(row, file, tables):
            done.append(outcome)
    if any(outcome.moved for outcome in done):
        for name, (columns, rows) in tables.items():
            replace_file(seeds / "documents" / f"{name}.csv", as_csv(columns, rows))
    return done


def _one(document: Row, file: Path, tables: _Tables) -> Reanchored | None:
    from ingest.verify import read_text

    text = read_text(file)
    if document["text_sha256"] in text.digests:
        return None
    code = document["document_id"]
    rows = [
        (name, row)
        for name in SEEDS[:3]
        for row in tables[name][1]
        if row["document_id"] == code and row["char_start"]
    ]
    places = anchored([row for _, row in rows], text.text)
    lost = [
        (name, row["printed"]) for (name, row), place in zip(rows, places, strict=True) if not place
    ]
    if lost:
        return Reanchored(code, 0, tuple(lost))
    moved = _shift_measures(code, rows, places, tables["measures"][1])
    for (_, row), place in zip(rows, places, strict=True):
        if place and int(row["char_start"]) != place[0]:
            moved += 1
        row |= {"char_start": str(place[0])} if place else {}
        if place and "char_end" in row:
            row["char_end"] = str(place[1])
    document["text_sha256"] = _own(text.digests, file)
    return Reanchored(code, moved, ())


def _own(digests: frozenset[str], file: Path) -> str:
    """The digest of the file itself, as the seeds keep it where masking changes the text's."""
    import hashlib

    own = hashlib.sha256(file.read_bytes()).hexdigest()
    return own if own in digests else min(digests)


def _shift_measures(
    code: str,
    rows: Sequence[tuple[str, Row]],
    places: Sequence[tuple[int, int] | None],
    measures: Iterable[Row],
) -> int:
    """Move spans without printed words as far as the last number in front of them moved."""
    known = sorted(
        (int(row["char_start"]), place[0] - int(row["char_start"]))
        for (_, row), place in zip(rows, places, strict=True)
        if place
    )
    starts = [start for start, _ in known]
    moved = 0
    for row in measures:
        if row["document_id"] != code or not row["char_start"]:
            continue
        at = bisect_right(starts, int(row["char_start"])) - 1
        shift = known[max(at, 0)][1] if known else 0
        moved += shift != 0
        for column in ("char_start", "char_end"):
            row[column] = str(int(row[column]) + shift)
    return moved


def _read(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows: list[Row] = list(reader)
        return list(reader.fieldnames or ()), rows
