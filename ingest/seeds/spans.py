"""Rules of where a number stands in its document."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ingest.seeds.columns import Tables
from ingest.seeds.fault import Fault
from ingest.seeds.table import whole

RULES = (
    "half_a_span",
    "span_order",
    "span_length",
    "span_missing",
    "span_of_transcribed",
    "overlap",
    "evidence",
)

SPANNED = ("figures", "non_figures", "measures")


class Span(NamedTuple):
    """Characters [start, end) of a document, claimed by one row of a seed."""

    document: str
    start: int
    end: int
    file: str
    line: int


def span_faults(tables: Tables) -> Iterator[Fault]:
    """Faults of single spans, then of spans that get in each other's way."""
    for name in SPANNED:
        yield from _ends(tables, name)
    for name in ("figures", "non_figures"):
        yield from _lengths(tables, name)
    yield from _provenance(tables)
    yield from _evidence(tables)
    yield from overlap_faults(spans(tables, "figures") + spans(tables, "non_figures"))


def spans(tables: Tables, name: str) -> list[Span]:
    """The well-formed spans of one seed."""
    table = tables[name]
    return [
        Span(document, start, end, table.file, line)
        for line, (document, first, last) in table.rows("document_id", "char_start", "char_end")
        if (start := whole(first)) is not None
        and (end := whole(last)) is not None
        and 0 <= start < end
    ]


def _ends(tables: Tables, name: str) -> Iterator[Fault]:
    table = tables[name]
    for line, (first, last) in table.rows("char_start", "char_end"):
        if bool(first) != bool(last):
            yield Fault("half_a_span", table.file, line)
            continue
        start, end = whole(first), whole(last)
        if start is not None and end is not None and not 0 <= start < end:
            yield Fault("span_order", table.file, line, {"start": start, "end": end})


def _lengths(tables: Tables, name: str) -> Iterator[Fault]:
    table = tables[name]
    for line, (first, last, printed) in table.rows("char_start", "char_end", "printed"):
        start, end = whole(first), whole(last)
        if start is None or end is None or not 0 <= start < end:
            continue
        if end - start != len(printed):
            fields = {"printed": printed, "length": len(printed), "span": end - start}
            yield Fault("span_length", table.file, line, fields)


def _provenance(tables: Tables) -> Iterator[Fault]:
    table = tables["figures"]
    for line, (start, provenance) in table.rows("char_start", "provenance"):
        if provenance == "transcribed" and start:
            yield Fault("span_of_transcribed", table.file, line)
        elif provenance in ("verified", "draft") and not start:
            yield Fault("span_missing", table.file, line, {"provenance": provenance})


def _evidence(tables: Tables) -> Iterator[Fault]:
    table = tables["figures"]
    for line, (start, printed, evidence) in table.rows("char_start", "printed", "evidence"):
        if start and _bare(printed) not in _bare(evidence):
            fields = {"printed": printed, "evidence": evidence}
            yield Fault("evidence", table.file, line, fields)


def _bare(text: str) -> str:
    return "".join(text.split())


def overlap_faults(claimed: list[Span]) -> Iterator[Fault]:
    """Spans that share a character with another one of their document."""
    for _, group in groupby(sorted(claimed), key=lambda span: span.document):
        # The span that reaches furthest so far is the only one that a later one can run into.
        furthest, *later = group
        for span in later:
            if span.start < furthest.end and not _is_shared(furthest, span):
                fields = {
                    "start": span.start,
                    "end": span.end,
                    "other_file": furthest.file,
                    "other_row": furthest.line,
                    "other_start": furthest.start,
                    "other_end": furthest.end,
                }
                yield Fault("overlap", span.file, span.line, fields)
            if span.end > furthest.end:
                furthest = span


def _is_shared(one: Span, other: Span) -> bool:
    """One printed number may state several figures, but then no part of it is a non-figure."""
    same = (one.start, one.end) == (other.start, other.end)
    return same and one.file.startswith("figures") and other.file.startswith("figures")
