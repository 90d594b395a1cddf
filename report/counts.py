"""Charts that count rows of a mart: measures by due year, targets by how they stand."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Final

from markupsafe import escape

from report import layouts
from report.addresses import file_name
from report.charts import picture
from report.edition import Page
from report.exhibits import Exhibit, source
from report.knowledge import Knowledge
from report.numbers import Quantity
from report.panels import Category, Cell, Panel, Series
from report.periods import year_of
from report.shapes import Drawing
from report.tables import panel_table
from report.topics import ChartPlan, topics
from report.warehouse import Row
from report.words import Words, name_of_code, text

# How targets stand, from kept to not kept; the order of their bars.
VERDICTS: Final = ("met", "on_pace", "behind", "overdue", "breached", "no_actual_yet")
MOST_REGIONS: Final = 4
# What is counted once, however many rows it has, and the list that shows each.
COUNTED: Final = {
    "due_year": ("measure_id", "measures.html"),
    "verdict": ("target_id", "targets.html"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One chart for one region: its panel, its picture and the rows that it counts."""

    panel: Panel
    drawing: Drawing
    rows: list[Row]


@dataclass(frozen=True)
class Counts:
    """Makes the charts that count; drawings are shared by both languages."""

    knowledge: Knowledge

    def exhibits(self, page: Page, plan: ChartPlan) -> list[Exhibit]:
        """One chart per region, of the regions with most rows."""
        return [_exhibit(page, counted) for counted in self._counted[plan.id]]

    def all_drawings(self) -> list[Drawing]:
        """The drawings of all charts, so that they can be rendered at once."""
        return [one.drawing for counted in self._counted.values() for one in counted]

    @cached_property
    def _counted(self) -> dict[str, list[Counted]]:
        plans = (plan for topic in topics() for plan in topic.charts if plan.form == "counts")
        return {plan.id: self._of_plan(plan) for plan in plans}

    def _of_plan(self, plan: ChartPlan) -> list[Counted]:
        rows_by_region: dict[str, list[Row]] = {}
        for row in self.knowledge.warehouse.rows(plan.mart):
            rows_by_region.setdefault(str(row["region_code"]), []).append(row)
        most = sorted(rows_by_region, key=lambda code: (-len(rows_by_region[code]), code))
        panels = (count_panel(plan, code, rows_by_region[code]) for code in most)
        made = sorted(
            islice(filter(None, panels), MOST_REGIONS), key=lambda panel: panel.region_code
        )
        return [
            Counted(panel, count_drawing(panel), rows_by_region[panel.region_code])
            for panel in made
        ]


def count_panel(plan: ChartPlan, region_code: str, rows: list[Row]) -> Panel | None:
    """How many things fall into each category; None where fewer than two have any.

    A chart of one bar would say no more than its number.
    """
    column, page = COUNTED[plan.category]
    found: dict[str, set[str]] = {}
    for row in rows:
        if code := _code(plan, row):
            found.setdefault(code, set()).add(str(row[column]))
    if len(found) < 2:
        return None
    cells = tuple(_cell(len(found[code]), page) for code in _ordered(plan, found))
    categories = tuple(
        Category(Words(code, code) if code.isdigit() else name_of_code("progress", code), code)
        for code in _ordered(plan, found)
    )
    name = text(f"counted.{plan.category}")
    return Panel(plan, region_code, categories, (Series(name, plan.category, cells),))


def count_drawing(panel: Panel) -> Drawing:
    """Years stand upright, other categories lie."""
    is_over_time = panel.plan.category == "due_year"
    return layouts.columns(panel) if is_over_time else layouts.bars(panel)


def _code(plan: ChartPlan, row: Row) -> str:
    if plan.category == "due_year":
        return year_of(row["due_period"])
    return str(row["verdict"] or "")


def _ordered(plan: ChartPlan, found: dict[str, set[str]]) -> list[str]:
    if plan.category == "due_year":
        return sorted(found)
    known = [code for code in VERDICTS if code in found]
    return known + sorted(set(found) - set(known))


def _cell(count: int, page: str) -> Cell:
    number = Decimal(count)
    return Cell(Quantity(number, number, number, "个"), page, "")


def _exhibit(page: Page, counted: Counted) -> Exhibit:
    edition, panel = page.edition, counted.panel
    plan = panel.plan
    heading = edition.say(
        "phrase.chart_title",
        title=edition.say(f"chart.{plan.id}"),
        region=edition.region(panel.region_code),
    )
    subtitle = edition.say(f"subtitle.{plan.id}")
    description = edition.say("phrase.chart_description", title=heading, subtitle=subtitle)
    identifier = f"{plan.id}-{file_name(panel.region_code)}"
    documents = sorted({str(row["document_id"]) for row in counted.rows if row.get("document_id")})
    return Exhibit(
        identifier,
        heading,
        subtitle,
        edition.say(f"note.{plan.id}"),
        picture(counted.drawing, description, edition.language),
        panel_table(page, panel, f"table-{identifier}", heading),
        escape(edition.say("list.semicolon")).join(source(page, code) for code in documents),
        plan.mart,
        "",
    )
