"""Contradictions as sentences, with what stands on either side."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from report.edition import Page
from report.explain import EXACT, check_name, inputs_of, printed
from report.keys import Key
from report.observations import quantity_of
from report.warehouse import Row


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction as a reader meets it."""

    id: str
    region_code: str
    title: str
    sentence: Markup
    explanation: str
    is_acknowledged: bool
    stated: Markup
    derived: Markup
    left: Markup
    right: Markup
    formula: str
    left_inputs: Markup
    inputs: Markup


@dataclass(frozen=True, slots=True)
class Notice:
    """A contradiction in one sentence, with the page that shows both sides."""

    address: str
    sentence: Markup
    is_acknowledged: bool


def notices_of(page: Page, rows: Iterable[Row]) -> list[Notice]:
    """Contradictions for pages on which they stand beside other things."""
    addresses = page.edition.knowledge.finding_addresses
    return [
        Notice(
            page.to(addresses[row["finding_id"]]),
            page.mixed(sentence(page, row)),
            bool(row["is_acknowledged"]),
        )
        for row in rows
    ]


def findings_of(page: Page, rows: Iterable[Row]) -> list[Finding]:
    """Findings in the words of an edition, in the order given."""
    return [_finding(page, row) for row in rows]


def _finding(page: Page, row: Row) -> Finding:
    edition = page.edition
    unit = row["unit_code"]
    key = Key(*(row[name] for name in Key._fields))
    known = key if key in edition.knowledge.by_key else None
    words = sentence(page, row)
    explanation = row[f"explanation_{edition.language}"] or ""
    return Finding(
        row["finding_id"],
        row["region_code"],
        edition.say("list.dot").join(
            [
                edition.what(row["indicator"], row["sector"], row["region_scope"]),
                edition.region(row["region_code"]),
                edition.period(row["period"]),
            ]
        ),
        page.mixed(words),
        "" if explanation in words else explanation,
        bool(row["is_acknowledged"]),
        page.number(quantity_of(row, "stated", unit), known, EXACT, unit=True),
        page.number(quantity_of(row, "derived", unit), known, EXACT, unit=True),
        printed(page, row["figure_id"]),
        printed(page, row["other_figure_id"]),
        check_name(page, row),
        _inputs(page, row, row["compared_formula_id"]),
        _inputs(page, row, row["formula_id"]),
    )


def _inputs(page: Page, row: Row, formula_id: str | None) -> Markup:
    """What a formula derived one side of a finding from."""
    return inputs_of(page, {**row, "formula_id": formula_id}) if formula_id else Markup("")


def sentence(page: Page, row: Row) -> str:
    """The finding as a sentence: that of the mart, else one of ours."""
    edition = page.edition
    if written := row.get(f"sentence_{edition.language}"):
        return str(written)
    return edition.say(
        "finding.sentence",
        what=edition.what(row["indicator"], row["sector"]),
        region=edition.region(row["region_code"]),
        period=edition.period(row["period"]),
        check=check_name(page, row),
    )
