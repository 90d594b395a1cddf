"""Pages that explain projections: the rows of a mart whose numbers stand on several others."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from report.addresses import explained_row
from report.edition import Edition, Page
from report.explain import EXACT, printed
from report.observations import quantity_of
from report.panels import unit_of
from report.warehouse import MARTS_OF_PROJECTIONS, Row, Table

BOUNDS = ("_low", "_high")


@dataclass(frozen=True, slots=True)
class Projection:
    """One row: what it is for, its numbers by name, and the figures that they go back to."""

    anchor: str
    title: str
    numbers: tuple[tuple[str, Markup], ...]
    inputs: tuple[Markup, ...]


def projection_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """A page per mart of projections and region."""
    for mart in MARTS_OF_PROJECTIONS:
        table = edition.knowledge.warehouse.table(mart)
        groups: dict[str, list[Row]] = {}
        for row in table.rows:
            if edition.knowledge.row_key(mart, row):
                groups.setdefault(row["region_code"], []).append(row)
        for region, rows in groups.items():
            page = Page(edition, explained_row(mart, region, "").partition("#")[0])
            title = edition.say(
                "phrase.chart_title",
                title=edition.say(f"projection.{mart}"),
                region=edition.region(region),
            )
            entries = [_projection(page, table, row) for row in rows]
            yield page.path, page.render("projection.html", title, entries=entries)


def _projection(page: Page, table: Table, row: Row) -> Projection:
    edition, knowledge = page.edition, page.edition.knowledge
    key = knowledge.row_key(table.name, row)
    names = [name for name in table.columns if _is_number(row[name]) and _is_shown(name)]
    inputs = (printed(page, figure) for figure in knowledge.inputs_of_rows[table.name, key])
    return Projection(
        explained_row(table.name, row["region_code"], key).partition("#")[2],
        edition.say("list.dot").join(
            [edition.period(str(row["year"])), edition.name("scenario", row["scenario"])]
        ),
        tuple(
            (
                edition.of(table.columns[name]),
                page.number(quantity_of(row, name, unit_of(name)), scale=EXACT, unit=True),
            )
            for name in names
        ),
        tuple(found for found in inputs if found),
    )


def _is_number(value: object) -> bool:
    return not isinstance(value, str | bool | None)


def _is_shown(name: str) -> bool:
    return name != "year" and not name.endswith(BOUNDS)
