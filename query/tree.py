"""Shows an explanation as a tree and what was found as a table, in the chosen language."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Final

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from project.language import language, say
from query.dictionary import Described
from query.explanation import Cell, Document, Explanation, Figure, Input, Number, Observation, Place
from query.numbers import amount_text, number_text
from query.search import Hit

ITEMS_SHOWN: Final = 12
SOURCES_SHOWN: Final = 12
FINDING_WORDS: Final = ("verdict", "obstacle", "explanation_zh", "explanation_en")


def tree_of(explanation: Explanation) -> Tree:
    """The whole explanation as a tree that rich prints."""
    key = " · ".join(f"{name} {_plain(value)}" for name, value in explanation.key.items())
    root = Tree(Text.assemble((explanation.mart, "bold"), f"  {key}"), guide_style="dim")
    for line in _row_words(explanation.words):
        root.add(line)
    for number in explanation.numbers:
        _add_number(root, number)
    return root


def table_of_hits(hits: list[Hit]) -> Table:
    """What a search found, with what can be done with it."""
    table = Table(header_style="bold")
    for name in ("kind", "key", "name_zh", "name_en"):
        table.add_column(say(f"query.hit_{name}"), overflow="fold")
    for hit in hits:
        kind = say(f"query.kind_{hit.kind}")
        table.add_row(kind, *(Text(text) for text in (hit.key, hit.name.zh, hit.name.en)))
    return table


def _row_words(words: Mapping[str, object]) -> Iterator[Text]:
    """Names in the chosen language, and what a finding says."""
    chosen = f"_{language()}"
    for name, value in words.items():
        if name.endswith(("_zh", "_en")):
            if name.endswith(chosen):
                yield Text(f"{name.removesuffix(chosen)}: {value}")
        elif name in FINDING_WORDS or isinstance(value, bool | date):
            yield Text(f"{name}: {_plain(value)}")


def _add_number(root: Tree, number: Number) -> None:
    branch = root.add(Text("\n").join(_cell_lines(number.cells)))
    if all(cell.value is None for cell in number.cells):
        branch.add(Text(say("query.empty_cell")))
    elif number.is_about_warehouse:
        branch.add(Text(say("query.about_warehouse")))
    elif not number.sources and number.cells[0].counts:
        branch.add(Text(say("query.counts_nothing")))
    columns: dict[str | None, Tree] = {None: branch}
    for source in number.sources[:SOURCES_SHOWN]:
        if source.column not in columns:
            words = f"{source.column} = {number_text(source.value)}"
            columns[source.column] = branch.add(Text(say("query.by_column", column=words)))
        under = columns[source.column]
        if isinstance(source.origin, Place):
            _add_place(under, source.origin)
        else:
            _add_observation(under, source.origin)
    if len(number.sources) > SOURCES_SHOWN:
        branch.add(Text(say("query.more_in_json", count=len(number.sources) - SOURCES_SHOWN)))


def _cell_lines(cells: tuple[Cell, ...]) -> Iterator[Text]:
    """A line per value; the ends of its interval stand on the same one."""
    lines: dict[str, list[Cell]] = {}
    for cell in cells:
        value = cell.column.removesuffix("_low").removesuffix("_high")
        lines.setdefault(value, []).append(cell)
    for line in lines.values():
        numbers = ", ".join(f"{cell.column} = {number_text(cell.value)}" for cell in line)
        yield Text.assemble((numbers, "bold"), f"  {line[0].description}")


def _add_observation(parent: Tree, observation: Observation, sign: str = "") -> None:
    region = f"{observation.region_name} {observation.region_code}"
    scope = [] if observation.region_scope == "self" else [observation.region_scope]
    figure = observation.figure
    parts = [str(part.name) for part in figure.restrictions] if figure else []
    status = [] if observation.status in ("actual", "change") else [observation.status]
    place = " · ".join([region, *scope, *parts, observation.sector, observation.period, *status])
    branch = parent.add(
        Text.assemble(
            sign,
            (str(observation.name), "bold"),
            f" · {place} = ",
            (amount_text(observation.amount), "bold"),
        )
    )
    if observation.figure is not None:
        _add_figure(branch, observation.figure)
    if observation.formula is not None:
        for words in _both(observation.formula.words):
            branch.add(Text(words, style="italic"))
        if observation.obstacle:
            branch.add(Text(say("query.obstacle", obstacle=observation.obstacle)))
    for part in observation.inputs:
        _add_observation(branch, part.observation, _sign(part))


def _add_figure(parent: Tree, figure: Figure) -> None:
    branch = parent.add(
        Text.assemble(
            (figure.figure_id, "cyan"),
            say("query.printed", printed=_in_one_line(figure.printed), evidence=figure.evidence),
        )
    )
    _add_source(branch.add(_document_words(figure.document)), figure.document)
    if figure.locator:
        branch.add(Text(say("query.locator", locator=figure.locator)))
    elif figure.char_start is None:
        branch.add(Text(say("query.without_span")))
    else:
        branch.add(Text(say("query.span", start=figure.char_start, end=figure.char_end)))
    reading = say(
        "query.reading",
        basis=say(f"query.basis_{figure.period_basis}"),
        qualifier=say(f"query.qualifier_{figure.qualifier}"),
        provenance=say(f"query.provenance_{figure.provenance}"),
    )
    branch.add(Text(reading))
    for correction in figure.corrections:
        branch.add(Text(say("query.correction", **asdict(correction))))


def _add_source(parent: Tree, document: Document) -> None:
    if document.source_url:
        day = f" ({document.retrieved_on})" if document.retrieved_on else ""
        parent.add(Text(f"{document.source_url}{day}"))
    if document.licence:
        parent.add(Text(document.licence))


def _add_place(parent: Tree, place: Place) -> None:
    branch = parent.add(_document_words(place.document))
    if place.counts is None:
        branch.add(Text(say("query.place_in_document")))
        return
    branch.add(Text(say("query.counted", counts=place.counts, count=len(place.items))))
    for item in place.items[:ITEMS_SHOWN]:
        span = "" if item.char_start is None else f" [{item.char_start}, {item.char_end})"
        branch.add(Text(f"{item.label}{span} {_in_one_line(item.printed or '')}".rstrip()))
    if len(place.items) > ITEMS_SHOWN:
        branch.add(Text(say("query.more_in_json", count=len(place.items) - ITEMS_SHOWN)))


def _document_words(document: Document) -> Text:
    number = f" ({document.document_number})" if document.document_number else ""
    return Text(f"{document.document_id}: {document.title_zh}{number}")


def _both(words: Described) -> list[str]:
    """The chosen language first."""
    pair = [words.zh, words.en] if language() == "zh" else [words.en, words.zh]
    return list(dict.fromkeys(pair))


def _sign(part: Input) -> str:
    """The part that an input plays: its sign in a sum, else its role in words."""
    if part.role != "addend":
        return f"{say(f'query.role_{part.role}')} "
    if abs(part.coefficient) == 1:
        return "+ " if part.coefficient > 0 else "− "
    return f"{number_text(Decimal(part.coefficient))} × "


def _in_one_line(printed: str) -> str:
    return " ".join(printed.split())


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return say("query.yes") if value else say("query.no")
    return str(value)
