"""Accept: the settled proposals of a document become rows of the seeds."""

import csv
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.meaning import load_reference
from ingest.proposals import (
    ACCEPT,
    REMOVE,
    Queue,
    Row,
    as_csv,
    discard,
    load,
    numbered,
    replace_file,
)
from project.errors import InputFault
from project.language import say

_REQUIRED: Final = (
    "indicator", "sector", "region_code", "region_scope", "status", "period", "period_basis",
    "qualifier", "unit_code", "evidence",
)  # fmt: skip
_SEEDS: Final = {
    "documents": "documents/documents.csv",
    "figures": "documents/figures.csv",
    "non_figures": "documents/non_figures.csv",
    "indicator_aliases": "reference/indicator_aliases.csv",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What went into the seeds."""

    document_id: str
    figures: int
    non_figures: int
    aliases: int


def accept(document_id: str, seeds: Path) -> Accepted:
    """Carry the settled proposals of a document into the seeds, all or none.

    Raises InputFault, naming file, row and mend, where a row is open or incomplete, and where the
    seeds would not pass their own checks; then nothing is written.
    """
    queue = load(document_id)
    _refuse_unsettled(queue)
    tables = {name: _read(seeds / file) for name, file in _SEEDS.items()}
    figures = _figures(queue, tables["figures"][1])
    non_figures = [
        {**row, "document_id": document_id}
        for row in queue.rows
        if row["kind"] == "non_figure" and row["decision"] == ACCEPT
    ]
    aliases = _aliases(queue, tables["indicator_aliases"][1])
    spans = {(row["char_start"], row["char_end"]) for row in (*figures, *non_figures)}
    document = {**queue.header, "numbers_found": str(len(spans))}
    new = {
        "documents": _with([document], tables["documents"][1], document_id),
        "figures": _with(figures, tables["figures"][1], document_id),
        "non_figures": _with(non_figures, tables["non_figures"][1], document_id),
        "indicator_aliases": sorted(
            [*tables["indicator_aliases"][1], *aliases], key=lambda row: row["alias_zh"]
        ),
    }
    _write(new, {name: tables[name][0] for name in new}, seeds)
    discard(document_id)
    load_reference.cache_clear()
    return Accepted(document_id, len(figures), len(non_figures), len(aliases))


def _refuse_unsettled(queue: Queue) -> None:
    file = f"{queue.document_id}.csv"
    for number, row in numbered(queue.rows):
        if not row["decision"]:
            fields = {"file": file, "row": number, "open": len(queue.open_rows)}
            raise InputFault(say("ingest_flow.open_row", document=queue.document_id, **fields))
        if row["decision"] == REMOVE:
            continue
        required = _REQUIRED if row["kind"] == "figure" else ("reason",)
        for column in required:
            if not row[column]:
                raise InputFault(
                    say("ingest_flow.empty_column", file=file, row=number, column=column)
                )


def _read(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def _figures(queue: Queue, known: Sequence[Row]) -> list[Row]:
    """The accepted figures with their codes: reviewed ones keep theirs, new ones go on counting."""
    rows = [row for row in queue.rows if row["kind"] == "figure" and row["decision"] == ACCEPT]
    rows.sort(key=lambda row: int(row["char_start"]))
    taken = [row["figure_id"] for row in known if row["document_id"] == queue.document_id]
    last = max((int(code.rpartition("-")[2]) for code in taken), default=0)
    provenance = "draft" if queue.header["reader"] == "ocr" else "verified"
    figures = []
    for row in rows:
        code = row["figure_id"]
        if not code:
            last += 1
            code = f"{queue.document_id}-{last:03}"
        figures.append(
            {**row, "document_id": queue.document_id, "figure_id": code, "provenance": provenance}
        )
    return figures


def _aliases(queue: Queue, known: Sequence[Row]) -> list[Row]:
    """Wordings that the reviewer gave to an indicator, where they are new."""
    taken = {row["alias_zh"] for row in known}
    new: dict[str, Row] = {}
    for row in queue.rows:
        words = row["alias_zh"].strip()
        if words and row["decision"] == ACCEPT and row["indicator"] and words not in taken:
            new[words] = {"alias_zh": words, "indicator": row["indicator"], "sector": row["sector"]}
    return list(new.values())


def _with(new: Sequence[Row], known: Sequence[Row], document_id: str) -> list[Row]:
    """The seed with the document's rows in the place of its earlier ones, sorted by key."""
    others = [row for row in known if row["document_id"] != document_id]
    return sorted([*others, *new], key=_key)


def _key(row: Mapping[str, str]) -> tuple[str, int, str]:
    if row.get("figure_id"):
        head, _, number = row["figure_id"].rpartition("-")
        return head, int(number), ""
    return row["document_id"], int(row.get("char_start") or 0), ""


def _write(
    new: Mapping[str, Sequence[Row]], columns: Mapping[str, Sequence[str]], seeds: Path
) -> None:
    """Check the new seeds in a copy; only then replace the files."""
    from ingest.seeds import check
    from ingest.store import configured_store
    from ingest.store.move import documents_of

    store = configured_store()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "seeds"
        shutil.copytree(seeds, copy)
        for name, rows in new.items():
            replace_file(copy / _SEEDS[name], as_csv(columns[name], rows))
        faults = check(copy, documents_of(store) if store else ())
        if faults:
            lines = "\n".join(fault.text() for fault in faults[:10])
            raise InputFault(say("ingest_flow.seeds_refuse", count=len(faults), faults=lines))
        for name in new:
            words = (copy / _SEEDS[name]).read_text(encoding="utf-8")
            if words != (seeds / _SEEDS[name]).read_text(encoding="utf-8"):
                replace_file(seeds / _SEEDS[name], words)
