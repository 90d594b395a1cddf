"""How a number came about: printed words on one side, a formula with its inputs on the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup, escape

from report.edition import Page
from report.keys import Key
from report.knowledge import Knowledge
from report.observations import Observation, place, quantity_of
from report.warehouse import Row

DEEPEST: Final = 4
PRINTED: Final = Markup(
    '<div class="printed"><blockquote>%s</blockquote><p>%s<b>%s</b>%s%s</p></div>\n'
)
# Where numbers are checked against each other none is rounded to 万 or millions.
EXACT: Final = Decimal(1)
MOST_KEPT: Final = 4_000
MEASURED: Final = ("actual", "change")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a derivation: what it is, its number, and what it comes from as a list."""

    title: str
    number: Markup
    formula: str
    printed: Markup
    inputs: Markup


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding about the value: its words and whether it is a contradiction."""

    words: str
    is_contradiction: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything about one value, for its place on a page of explanations."""

    anchor: str
    title: str
    number: Markup
    origin: str
    statements: tuple[Markup, ...]
    derivations: Markup
    verdicts: tuple[Verdict, ...]


def printed(page: Page, figure_id: str | None) -> Markup:
    """A figure's words and their place; nothing where the warehouse does not know the figure.

    Kept for a while, as most figures stand on several pages that follow each other.
    """
    edition = page.edition
    figure = edition.knowledge.figures.get(figure_id or "")
    if figure is None:
        return Markup("")
    place = (page.path.count("/"), str(figure_id))
    if place not in edition.printed_figures:
        if len(edition.printed_figures) == MOST_KEPT:
            edition.printed_figures.clear()
        document = edition.knowledge.documents.get(figure["document_id"], {})
        basis = figure["qualifier"] if figure["qualifier"] != "exact" else None
        notes = [
            edition.name("qualifier", basis),
            edition.name("period_basis", figure["period_basis"]),
            edition.name("provenance", figure["provenance"]),
        ]
        details = [
            page.document_link(figure["document_id"]),
            edition.day(document.get("published_on")),
            span(page, figure),
            edition.say("list.comma").join(note for note in notes if note),
        ]
        edition.printed_figures[place] = PRINTED % (
            page.chinese(figure["evidence"]),
            edition.say("explain.printed"),
            page.chinese(figure["printed"]),
            edition.say("list.dot"),
            escape(edition.say("list.dot")).join(detail for detail in details if detail),
        )
    return edition.printed_figures[place]


def span(page: Page, row: Row) -> str:
    """Where in its document a figure stands; figures typed from a source have no span."""
    if row["char_start"] is None:
        return ""
    return page.edition.say("phrase.span", start=row["char_start"], end=row["char_end"])


def tree(nodes: Iterable[Node]) -> Markup:
    """Values with what they come from, as a list of lists; nothing where there is none.

    Put together by hand: a template that calls itself takes several times as long.
    """
    items = []
    for node in nodes:
        formula = f'<p class="formula">{escape(node.formula)}</p>' if node.formula else ""
        items.append(
            f'<li><p><span class="what">{escape(node.title)}</span> {node.number}</p>'
            f"{formula}{node.printed}{node.inputs}</li>\n"
        )
    return Markup(f'<ul class="tree">\n{"".join(items)}</ul>\n' if items else "")  # noqa: S704


def inputs_of(page: Page, derived: Row, depth: int = 0) -> Markup:
    """The inputs of a derived value, each with what it comes from itself."""
    knowledge = page.edition.knowledge
    rows = knowledge.inputs.get((derived["formula_id"], *place(derived)), [])
    return tree(_input(page, row, depth) for row in rows)


def input_figures(knowledge: Knowledge, derived: Row, depth: int = 0) -> list[str]:
    """The figures that a derived value goes back to, in the order of its formula."""
    found: list[str] = []
    for row in knowledge.inputs.get((derived["formula_id"], *place(derived)), []):
        if row["input_figure_id"]:
            found.append(row["input_figure_id"])
        elif depth < DEEPEST and (source := _derivation(knowledge, row)):
            found += input_figures(knowledge, source, depth + 1)
    return list(dict.fromkeys(found))


def documents_behind(knowledge: Knowledge, source: Key | str | None) -> list[str]:
    """The documents that a number goes back to: its observation's, or its row's."""
    if isinstance(source, str):
        return knowledge.documents_of_rows.get(source, [])
    observation = knowledge.by_key.get(source) if source else None
    if observation is None:
        return []
    if observation.document_id:
        return [observation.document_id]
    rows = [r for r in knowledge.derivations.get(_place(observation.key), []) if r["is_preferred"]]
    figures = [figure for row in rows for figure in input_figures(knowledge, row)]
    return list(dict.fromkeys(knowledge.figures[f]["document_id"] for f in figures))


def entry(page: Page, observation: Observation, anchor: str, title: str) -> Entry:
    """The explanation of one value."""
    edition, knowledge, key = page.edition, page.edition.knowledge, observation.key
    statements = [printed(page, row["figure_id"]) for row in knowledge.statements.get(key, [])]
    derived = _derivations(page, key) if key.status in MEASURED else Markup("")
    findings = knowledge.findings.get(_place(key), []) if key.status in MEASURED else []
    return Entry(
        anchor,
        title,
        page.number(observation.quantity, scale=EXACT, unit=True),
        edition.say(f"origin.{observation.origin}"),
        tuple(found for found in statements if found),
        derived,
        tuple(_verdict(page, row) for row in findings),
    )


def _derivations(page: Page, key: Key) -> Markup:
    if key.region_scope != "self":
        return Markup("")
    edition = page.edition
    return tree(
        Node(
            edition.name("relation", row["relation"]),
            page.number(quantity_of(row, "value", row["unit_code"]), scale=EXACT, unit=True),
            edition.of(edition.knowledge.formula_name(row["formula_id"])),
            Markup(""),
            inputs_of(page, row),
        )
        for row in edition.knowledge.derivations.get(_place(key), [])
    )


def _input(page: Page, row: Row, depth: int) -> Node:
    """One input: a printed figure, or a value that is itself derived."""
    edition, knowledge = page.edition, page.edition.knowledge
    what = edition.what(row["input_indicator"], row["input_sector"])
    where = [edition.region(row["input_region_code"]), edition.period(row["input_period"])]
    title = edition.say("phrase.value_title", what=what, where=edition.say("list.dot").join(where))
    observation = _observation(knowledge, row)
    unit = knowledge.indicators.get(row["input_indicator"], {}).get("unit_code") or ""
    quantity = quantity_of(row, "input_value", unit)
    source = None if row["input_figure_id"] else _derivation(knowledge, row)
    return Node(
        title,
        page.number(quantity, observation.key if observation else None, EXACT, unit=True),
        edition.of(knowledge.formula_name(source["formula_id"])) if source else "",
        printed(page, row["input_figure_id"]),
        inputs_of(page, source, depth + 1) if source and depth < DEEPEST else Markup(""),
    )


def _observation(knowledge: Knowledge, row: Row) -> Observation | None:
    base = (row["input_indicator"], row["input_region_code"], "self", row["input_sector"])
    for status in MEASURED:
        if found := knowledge.by_key.get(Key(*base, row["input_period"], status)):
            return found
    return None


def _derivation(knowledge: Knowledge, row: Row) -> Row | None:
    """The derivation of an input that is not printed."""
    names = ("indicator", "region_code", "sector", "period")
    found = knowledge.derivations.get(tuple(row[f"input_{name}"] for name in names), [])
    return next((one for one in found if one["formula_id"] == row["input_formula_id"]), None)


def pieces(knowledge: Knowledge, key: Key) -> int:
    """How many pieces the explanation of a value has, to tell how long it is."""
    count = 1 + len(knowledge.statements.get(key, ()))
    if key.status not in MEASURED:
        return count
    count += len(knowledge.findings.get(_place(key), ()))
    if key.region_scope == "self":
        derived = knowledge.derivations.get(_place(key), ())
        count += sum(1 + _pieces_of_inputs(knowledge, row) for row in derived)
    return count


def _pieces_of_inputs(knowledge: Knowledge, derived: Row, depth: int = 0) -> int:
    count = 0
    for row in knowledge.inputs.get((derived["formula_id"], *place(derived)), ()):
        count += 2 if row["input_figure_id"] else 1
        if not row["input_figure_id"] and depth < DEEPEST and (s := _derivation(knowledge, row)):
            count += _pieces_of_inputs(knowledge, s, depth + 1)
    return count


def check_name(page: Page, finding: Row) -> str:
    """What was checked: the formula in words, else the kind of check."""
    knowledge = page.edition.knowledge
    if finding["formula_id"] in knowledge.formulas:
        return page.edition.of(knowledge.formula_name(finding["formula_id"]))
    return page.edition.name("finding_type", finding["finding_type"])


def _verdict(page: Page, row: Row) -> Verdict:
    edition = page.edition
    name = edition.name("verdict", row["verdict"])
    words = edition.say("phrase.verdict", verdict=name, formula=check_name(page, row))
    return Verdict(words, row["verdict"] == "contradiction")


def _place(key: Key) -> tuple[str, str, str, str]:
    return key.indicator, key.region_code, key.sector, key.period
