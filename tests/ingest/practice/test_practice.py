"""Real texts that others wrote, annotated by a reader who had not seen the rules.

annotation.csv holds places and values, not the texts; `/` and, for periods, `~` part what is
equally right, and - is nothing. The texts lie in ../shared/practice, or the tests are skipped.
"""

import csv
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ingest.meaning import Proposal, extract, load_reference
from ingest.readers import read
from project import paths

TODAY = date(2026, 12, 1)
FOLDER = Path(__file__).parent
TEXTS = paths.root().parent / "shared" / "practice"
Row = dict[str, str]

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the practice texts are not at hand")


@cache
def annotated() -> list[tuple[Row, list[Proposal]]]:
    """Every annotated number with the proposals that overlap it."""
    with (FOLDER / "annotation.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reference = load_reference(paths.seeds_folder())
    found = {
        text: extract(read(TEXTS / text), reference, TODAY).proposals
        for text in {row["text"] for row in rows}
    }
    return [
        (
            row,
            [
                one
                for one in found[row["text"]]
                if one.char_start < int(row["end"]) and int(row["start"]) < one.char_end
            ],
        )
        for row in rows
    ]


def is_right(row: Row, one: Proposal) -> bool:
    """Whether value, indicator, region, period and status are among what is right."""
    value = row["value"] == "" or (
        one.value is not None and float(one.value) == float(row["value"])
    )
    return (
        row["kind"] == one.kind == "figure"
        and value
        and (one.indicator or "-") in row["indicator"].split("/")
        and (one.region_code or "-") in row["region_code"].split("/")
        and (one.period or "-") in row["period"].split("~")
        and one.status in row["status"].split("/")
    )


def test_of_what_is_sure_in_real_texts_nothing_is_wrong() -> None:
    wrong = [
        (row["text"], row["start"], one.printed)
        for row, some in annotated()
        for one in some
        if one.kind == "figure" and one.confidence >= 0.95 and not is_right(row, one)
    ]
    assert wrong == []


def test_real_numbers_are_found_and_read_as_annotated() -> None:
    counts: Counter[str] = Counter()
    for row, some in annotated():
        if row["kind"] != "figure":
            continue
        counts["figures"] += 1
        counts["found"] += bool(some)
        figures = [one for one in some if one.kind == "figure"]
        if not figures:
            continue
        counts["read"] += 1
        value = figures[0].value
        counts["value"] += row["value"] == "" or (
            value is not None and abs(float(value)) == abs(float(row["value"]))
        )
        counts["region"] += (figures[0].region_code or "-") in row["region_code"].split("/")
    assert counts["found"] >= 0.99 * counts["figures"]
    assert counts["value"] >= 0.97 * counts["read"]
    assert counts["region"] >= 0.97 * counts["read"]
