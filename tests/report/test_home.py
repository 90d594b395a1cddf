"""The first page shows the numbers that the marts hold, read back from the page itself."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from selectolax.lexbor import LexborNode

from report.home import GOALS, MOST_CARDS
from report.topics import key_figures
from tests.report.pages import parsed

Numbers = tuple[Decimal | None, ...]

COUNTS = {
    "documents.html": "select count(*) from documents",
    "figures.html": "select count(*) from figures",
    "regions.html": "select count(*) from observations.reconciled_observations"
    " where origin = 'derived'",
    "targets.html": "select count(*) from target_progress",
}
NEWEST = """
    select value, value_low, value_high
    from observations.reconciled_observations
    where region_code = $region and indicator = $indicator and sector = $sector
        and region_scope = 'self' and status in ('actual', $goal_1, $goal_2, $goal_3)
    order by status = 'actual' desc, year desc, period desc
    limit 1
"""


def home(report: Path, language: str) -> LexborNode:
    body = parsed((report / language / "index.html").read_text("utf-8")).body
    assert body is not None
    return body


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_totals_are_those_of_the_warehouse(
    report: Path, warehouse: Path, language: str
) -> None:
    shown = {
        str(link.attributes["href"]): int(count.text().replace(",", ""))
        for link in home(report, language).css(".totals a")
        for count in link.css("b")
    }
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for page, query in COUNTS.items():
            assert connection.execute(query).fetchone() == (shown[page],), page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_key_figures_of_a_city_are_the_newest_of_the_marts(
    report: Path, warehouse: Path, language: str
) -> None:
    cards = home(report, language).css(".card")
    assert 2 < len(cards) <= MOST_CARDS
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for card in cards:
            [link] = card.css("h3 a")
            region = str(link.attributes["href"]).rpartition("/")[2].removesuffix(".html")
            expected = [
                found
                for figure in key_figures()
                if (found := newest(connection, region, figure.indicator, figure.sector))
            ]
            assert [numbers_of(line) for line in card.css("dd")] == expected, region


def newest(
    connection: duckdb.DuckDBPyConnection, region: str, indicator: str, sector: str
) -> Numbers | None:
    """The newest actual value, else the newest goal; its ends where it has no one value."""
    goals = {f"goal_{number}": goal for number, goal in enumerate(GOALS, 1)}
    asked = {"region": region, "indicator": indicator, "sector": sector, **goals}
    found = connection.execute(NEWEST, asked).fetchone()
    if found is None:
        return None
    value, low, high = found
    return (low, high) if value is None else (value,)


def numbers_of(line: LexborNode) -> Numbers:
    """The number of a line as the page holds it exactly."""
    [data] = line.css("data")
    words = str(data.attributes["value"]).split("/")
    return tuple(Decimal(word) if word else None for word in words)
