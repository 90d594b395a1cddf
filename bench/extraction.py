"""How good and how fast the extractor is, the machine alone.

    python -m bench.extraction              # the reviewed documents and the test documents
    python -m bench.extraction --speed      # characters a second, memory as a multiple of the text
    python -m bench.extraction --misses     # every miss, in short

The reference is the reviewed seeds (documents at hand only) and tests/ingest/documents.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import typer

from ingest.meaning import Proposal, Reference, extract, load_reference
from ingest.readers import read
from project import paths

TODAY: Final = date(2026, 11, 22)
PARTS: Final = ("found", "kind", "value", "region", "period", "indicator")
TARGETS: Final = {
    "found": 1.0, "kind": 0.98, "value": 0.99, "region": 0.95, "period": 0.95, "indicator": 0.90,
}  # fmt: skip
SURE: Final = 0.95
STEPS: Final = (0.5, 0.8, SURE, 0.99)
"""Lower ends of the steps of confidence in the table of reliability."""

HELD_OUT: Final = (
    "jining-2021-summary.txt", "shangrao-2023-work-plan.txt", "taizhou-2020-bulletin.txt",
    "tongliao-2024-reply.txt", "urumqi-2022-fees.html", "yuxi-2020-briefing.txt",
)  # fmt: skip
"""Test documents scored apart, by --held-out: written to be looked at last."""

TESTS: Final = Path("tests/ingest/documents")
Row = dict[str, str]


@dataclass(slots=True)
class Score:
    """Counts of one document: part -> right and asked; how many sure proposals were right.

    by_confidence: lower end of a step of confidence -> whether each figure in it was right.
    """

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    by_confidence: dict[float, list[bool]] = field(default_factory=lambda: defaultdict(list))
    sure_right: int = 0
    sure: int = 0
    unasked: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, part: str, is_right: bool, words: str) -> bool:
        """Count one answer, and keep the words of a wrong one."""
        self.asked[part] += 1
        self.right[part] += is_right
        if not is_right:
            self.misses.append(f"{part}: {words}")
        return is_right

    def add(self, other: "Score") -> None:
        """Add the counts of another document."""
        for part in PARTS:
            self.right[part] += other.right[part]
            self.asked[part] += other.asked[part]
        for step, rights in other.by_confidence.items():
            self.by_confidence[step] += rights
        self.sure_right += other.sure_right
        self.sure += other.sure
        self.unasked += other.unasked


def reviewed() -> dict[Path, list[Row]]:
    """Document -> its reviewed rows, for the documents at hand."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for kind in ("figures", "non_figures"):
        for row in _rows(paths.seeds_folder() / "documents" / f"{kind}.csv"):
            if row["char_start"]:
                rows[row["document_id"]].append(row | {"kind": kind.removesuffix("s")})
    files = {document: paths.documents_folder() / f"{document}.txt" for document in sorted(rows)}
    return {file: rows[document] for document, file in files.items() if file.exists()}


def annotated() -> dict[Path, list[Row]]:
    """Test document -> its annotation."""
    folder = paths.root() / TESTS
    rows: defaultdict[Path, list[Row]] = defaultdict(list)
    for row in _rows(folder / "annotation.csv"):
        rows[folder / row["document"]].append(row)
    return dict(sorted(rows.items()))


def _part(documents: dict[Path, list[Row]], only: str, *, held_out: bool) -> dict[Path, list[Row]]:
    return {
        file: rows
        for file, rows in documents.items()
        if only in file.name and (file.name in HELD_OUT) == held_out
    }


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(rows: Sequence[Row], proposals: Iterable[Proposal]) -> Score:
    """What of the reference the proposals have right."""
    total = Score()
    by_span: defaultdict[tuple[int, int], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_span[proposal.char_start, proposal.char_end].append(proposal)
    spans = {(int(row["char_start"]), int(row["char_end"])) for row in rows}
    total.unasked = sum(len(some) for span, some in by_span.items() if span not in spans)
    for row in rows:
        some = by_span.get((int(row["char_start"]), int(row["char_end"])), [])
        words = f"{row['printed']!r} at {row['char_start']}"
        if total.count("found", bool(some), words):
            _judge(row, _nearest(row, some), total, words)
    return total


def _nearest(row: Row, some: Sequence[Proposal]) -> Proposal:
    """Of several proposals for one number the one that is most like the row."""
    keys = ("region_code", "indicator")
    return max(some, key=lambda one: sum(getattr(one, key) == row.get(key, "") for key in keys))


def _judge(row: Row, proposal: Proposal, total: Score, words: str) -> None:
    same_kind = proposal.kind == row["kind"] and proposal.reason == row.get("reason", "")
    kinds = f"{words}: {proposal.reason or 'figure'} for {row.get('reason') or 'figure'}"
    right = total.count("kind", same_kind, kinds)
    if row["kind"] == "figure":
        if proposal.kind == "figure":
            right &= _judge_figure(row, proposal, total, words)
        else:
            for part in PARTS[2:]:
                total.count(part, False, words)
    if proposal.kind == "figure":
        step = max((one for one in STEPS if one <= proposal.confidence), default=0.0)
        total.by_confidence[step].append(right)
    if proposal.confidence >= SURE:
        total.sure += 1
        total.sure_right += right
        if not right:
            total.misses.append(f"sure: {words} ({proposal.confidence})")


def _judge_figure(row: Row, proposal: Proposal, total: Score, words: str) -> bool:
    ends = ("value", "value_low", "value_high")
    values = all(_number(row[name]) == getattr(proposal, name) for name in ends)
    values &= row["unit_code"] == proposal.unit_code and row["qualifier"] == proposal.qualifier
    stated = tuple(str(getattr(proposal, name)) for name in (*ends, "unit_code", "qualifier"))
    wanted = (row["indicator"], row["sector"] if row["indicator"] else "")
    given = (proposal.indicator, proposal.sector if proposal.indicator else "")
    answers = (
        ("value", values, f"{stated}"),
        ("region", row["region_code"] == proposal.region_code, proposal.region_zh),
        ("period", row["period"] == proposal.period, f"{proposal.period} for {row['period']}"),
        ("indicator", wanted == given, f"{given} {proposal.subject_zh} for {wanted}"),
    )
    counted = [total.count(part, good, f"{words}: {more}") for part, good, more in answers]
    return all(counted)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def show(title: str, scores: dict[str, Score]) -> None:
    """Print the table of one set of documents, and its sum."""
    typer.echo(f"\n{title}")
    heads = [f"{part:>10}" for part in PARTS]
    typer.echo(f"{'document':<32}{'numbers':>8}{''.join(heads)}{'sure right':>16}{'unasked':>9}")
    whole = Score()
    for name, one in scores.items():
        _line(name, one)
        whole.add(one)
    _line("all", whole)
    _reliability(whole)
    targets = "".join(f"{TARGETS[part]:>10.0%}" for part in PARTS)
    typer.echo(f"{'wanted':<32}{'':>8}{targets}{'98%':>16}")


def _reliability(whole: Score) -> None:
    """Of the figures in each step of confidence, how many were right in every column."""
    for step in (0.0, *STEPS):
        if rights := whole.by_confidence.get(step):
            share = sum(rights) / len(rights)
            typer.echo(
                f"{f'figures from confidence {step:g} on':<32}{len(rights):>8}{share:>10.1%}"
            )


def _line(name: str, one: Score) -> None:
    cells = "".join(f"{one.right[part] / (one.asked[part] or 1):>10.1%}" for part in PARTS)
    sure = f"{one.sure_right / (one.sure or 1):.1%} of {one.sure}"
    typer.echo(f"{name:<32}{one.asked['found']:>8}{cells}{sure:>16}{one.unasked:>9}")


def measure(
    documents: dict[Path, list[Row]], reference: Reference, *, misses: bool
) -> dict[str, Score]:
    """Score each document."""
    scores = {}
    for file, rows in documents.items():
        extraction = extract(read(file), reference, TODAY)
        scores[file.name] = score(rows, extraction.proposals)
        if misses:
            typer.echo(f"\n{file.name}")
            typer.echo("\n".join(f"  {miss}" for miss in scores[file.name].misses))
    return scores


def main() -> None:
    """Run the benchmark that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--only", default="", help="documents whose name holds this")
    arguments = parser.parse_args()
    if arguments.speed:
        from bench.extraction_speed import show_speed

        show_speed()
        return
    reference = load_reference(paths.seeds_folder())
    sets = (
        ("Reviewed documents", reviewed(), False),
        ("Test documents", annotated(), False),
        ("Held-out documents", annotated(), True),
    )
    for title, documents, held_out in sets:
        if held_out and not arguments.held_out:
            continue
        chosen = _part(documents, arguments.only, held_out=held_out)
        show(title, measure(chosen, reference, misses=arguments.misses))


if __name__ == "__main__":
    main()
