"""A panel as a page shows it: heading, picture, source line and table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup, escape

from report import layouts, timelines
from report.addresses import file_name
from report.boundaries import Boundaries, boundary_map
from report.charts import picture
from report.edition import Page
from report.explain import documents_behind
from report.maps import tile_map
from report.panels import Panel, Panels
from report.shapes import Drawing
from report.tables import DataTable, panel_table
from report.topics import WITHOUT_PANEL, topics

MOST_SOURCES: Final = 3
FORMS: Final[dict[str, Callable[[Panel], Drawing]]] = {
    "bars": layouts.bars,
    "columns": layouts.columns,
    "lines": timelines.lines,
    "steps": timelines.steps,
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One chart with everything that belongs to it."""

    id: str
    title: str
    subtitle: str
    note: str
    picture: Markup
    table: DataTable
    sources: Markup
    mart: str
    approval: str
    is_wide: bool = False


@dataclass(frozen=True)
class Exhibitor:
    """Makes exhibits; drawings are made once and shared by both languages."""

    panels: Panels
    boundaries: Boundaries | None = None
    drawings: dict[tuple[str, str], Drawing | None] = field(default_factory=dict)

    def exhibit(self, page: Page, panel: Panel) -> Exhibit | None:
        """A panel on a page; None where it can't be drawn (no tiles for its districts)."""
        edition = page.edition
        drawing = self._drawing(panel)
        if drawing is None:
            return None
        title = edition.say(f"chart.{panel.plan.id}")
        region = edition.region(panel.region_code)
        heading = edition.say("phrase.chart_title", title=title, region=region)
        subtitle = self._subtitle(page, panel)
        description = edition.say("phrase.chart_description", title=heading, subtitle=subtitle)
        identifier = f"{panel.plan.id}-{file_name(panel.region_code)}"
        approval = ""
        if drawing.shows_boundaries and self.boundaries:
            approval = edition.say("phrase.approval", number=self.boundaries.approval)
        note = "boundaries" if drawing.shows_boundaries else panel.plan.form
        return Exhibit(
            identifier,
            heading,
            subtitle,
            edition.say(f"note.{note}"),
            picture(drawing, description, edition.language),
            panel_table(page, panel, f"table-{identifier}", heading),
            self._sources(page, panel),
            panel.plan.mart,
            approval,
        )

    def all_drawings(self) -> list[Drawing]:
        """The drawings of all panels, so that they can be rendered at once."""
        plans = [plan for topic in topics() for plan in topic.charts]
        plans = [plan for plan in plans if plan.form not in WITHOUT_PANEL]
        panels = (panel for plan in plans for panel in self.panels.of_plan(plan).values())
        return [drawing for panel in panels if (drawing := self._drawing(panel))]

    def _drawing(self, panel: Panel) -> Drawing | None:
        place = (panel.plan.id, panel.region_code)
        if place not in self.drawings:
            self.drawings[place] = self._drawn(panel)
        return self.drawings[place]

    def _drawn(self, panel: Panel) -> Drawing | None:
        if (draw := FORMS.get(panel.plan.form)) is not None:
            return draw(panel)
        if self.boundaries and (found := boundary_map(panel, self.boundaries)):
            return found
        return tile_map(panel, self.panels.knowledge)

    def _subtitle(self, page: Page, panel: Panel) -> str:
        """Period and unit of a chart."""
        edition = page.edition
        periods = panel.periods
        when = edition.period(periods[-1])
        if len(periods) > 1:
            when = edition.say(
                "phrase.from_to", start=edition.period(periods[0]), end=edition.period(periods[-1])
            )
        units = edition.joined([edition.unit(code) for code in panel.unit_codes])
        return edition.say("phrase.chart_subtitle", when=when, units=units)

    def _sources(self, page: Page, panel: Panel) -> Markup:
        """The documents behind a chart, newest first."""
        edition, knowledge = page.edition, page.edition.knowledge
        found = {d for cell in panel.cells for d in documents_behind(knowledge, cell.source)}
        ordered = sorted(
            found,
            key=lambda code: (str(knowledge.documents.get(code, {}).get("published_on")), code),
            reverse=True,
        )
        parts = [source(page, code) for code in ordered[:MOST_SOURCES]]
        line = escape(edition.say("list.semicolon")).join(parts)
        if rest := len(ordered) - MOST_SOURCES:
            line += edition.say("phrase.more_documents", count=rest) if rest > 0 else ""
        return line


def source(page: Page, document_id: str) -> Markup:
    """A document in a source line: issuer, title as link, number and day."""
    edition = page.edition
    row = edition.knowledge.documents.get(document_id)
    if row is None:
        return page.chinese(document_id)
    title = f"《{row['title_zh']}》"
    details = [row["document_number"] or "", edition.day(row["published_on"])]
    return Markup("%s%s%s") % (
        page.chinese(row["issuer"]),
        page.document_link(document_id, title),
        edition.say(
            "phrase.details", details=edition.say("list.comma").join(d for d in details if d)
        ),
    )
