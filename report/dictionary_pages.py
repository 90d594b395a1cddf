"""Pages of what the warehouse can say: its indicators, and its tables with their columns."""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

from report.addresses import file_name, table_page
from report.edition import Edition, Page
from report.knowledge import Knowledge
from report.lists import columns_of, listed
from report.tables import DataTable, Row, row
from report.warehouse import Row as MartRow

INDICATOR_HEADS: Final = ("indicator", "code", "topic", "unit_of", "definition", "known", "where")
TABLE_HEADS: Final = ("table", "table_topic", "content", "columns")
COLUMN_HEADS: Final = ("column", "content", "data_type", "unit_of", "shows", "key")
MOST_PLACES: Final = 4


def dictionary_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The list of indicators, the list of tables, and a page for each table."""
    knowledge = edition.knowledge
    probe = Page(edition, "indicators.html")
    indicators = [_indicator_row(probe, found) for found in knowledge.indicators_in_order]
    heads = columns_of(probe, INDICATOR_HEADS, ("known",))
    yield from listed(edition, "indicators", heads, indicators)
    marts = tables_of(knowledge)
    rows = [_table_row(probe, mart, columns) for mart, columns in marts.items()]
    yield from listed(edition, "tables", columns_of(probe, TABLE_HEADS, ("columns",)), rows)
    for mart, columns in marts.items():
        page = Page(edition, table_page(mart))
        table = DataTable(
            "columns",
            edition.say("table.caption", mart=mart),
            columns_of(page, COLUMN_HEADS, ()),
            tuple(_column_row(page, column) for column in columns),
            has_tools=True,
        )
        lead = edition.of(knowledge.mart_title(mart))
        yield (
            page.path,
            page.render(
                "list.html", mart, lead=lead, table=table, page_links=[], part="", overview=None
            ),
        )


def tables_of(knowledge: Knowledge) -> dict[str, list[MartRow]]:
    """The columns of each table of the data dictionary, in their order."""
    found: dict[str, list[MartRow]] = {}
    meanings = knowledge.column_meanings.values()
    for meaning in sorted(meanings, key=lambda row: (row["mart"], row["position"])):
        found.setdefault(str(meaning["mart"]), []).append(meaning)
    return found


def _indicator_row(page: Page, found: MartRow) -> Row:
    edition = page.edition
    code = str(found["indicator"])
    known = edition.knowledge.by_indicator.get(code, [])
    return row(
        edition.indicator(code),
        _breakable(code),
        edition.name("indicator_topic", found["topic"]),
        edition.unit(found["unit_code"] or ""),
        found[f"definition_{edition.language}"] or edition.missing,
        str(len(known)),
        _places(page, code),
        anchor=file_name(code),
    )


def _places(page: Page, indicator: str) -> Markup:
    """Links to the explanations of an indicator's values, one per city."""
    edition, knowledge = page.edition, page.edition.knowledge
    places: dict[str, str] = {}
    for observation in knowledge.by_indicator.get(indicator, []):
        city = knowledge.city_of(observation.key.region_code)
        places.setdefault(city, edition.addresses.explanation(observation.key))
    links = [
        Markup('<a href="%s">%s</a>') % (page.to(target), edition.region(city))
        for city, target in list(places.items())[:MOST_PLACES]
    ]
    line = escape(edition.say("list.pause")).join(links)
    if len(places) > MOST_PLACES:
        line += edition.say("indicators.more", count=len(places) - MOST_PLACES)
    return line or edition.missing


def _breakable(code: str) -> Markup:
    """A code that may break behind each underscore, as it would be wider than its column."""
    return escape(code).replace("_", Markup("_<wbr>"))


def _table_row(page: Page, mart: str, columns: list[MartRow]) -> Row:
    edition = page.edition
    link = Markup('<a href="%s">%s</a>') % (page.to(table_page(mart)), mart)
    return row(
        link,
        edition.name("table_topic", columns[0]["topic"]),
        edition.of(edition.knowledge.mart_title(mart)),
        str(len(columns)),
        anchor=file_name(mart),
    )


def _column_row(page: Page, column: MartRow) -> Row:
    edition = page.edition
    indicator = str(column["indicator"] or "")
    address = edition.knowledge.indicator_addresses.get(indicator)
    shown: Markup | str = edition.indicator(indicator) if indicator else ""
    if address:
        shown = Markup('<a href="%s">%s</a>') % (page.to(address), shown)
    return row(
        _breakable(str(column["column_name"])),
        column[f"description_{edition.language}"] or edition.missing,
        column["data_type"],
        edition.unit(column["unit_code"]) if column["unit_code"] else "",
        shown,
        str(column["key_position"] or ""),
        anchor=file_name(str(column["column_name"])),
    )
