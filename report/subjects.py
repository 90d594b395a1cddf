"""Pages about a topic, about a city and about a district."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from report.addresses import file_name, region_page
from report.bullets import Bullets
from report.counts import Counts
from report.edition import Edition, Page
from report.exhibits import Exhibit, Exhibitor
from report.finding_text import notices_of
from report.leading import leading_regions
from report.observations import Observation
from report.progress import Progress
from report.tables import Column, DataTable, row
from report.topics import WITHOUT_PANEL, Topic, topics


@dataclass(frozen=True, slots=True)
class Shelf:
    """The values of one topic, newest of each indicator."""

    title: str
    table: DataTable


def topic_page(
    page: Page, topic: Topic, exhibitor: Exhibitor, bullets: Bullets, counts: Counts
) -> str:
    """The page of a topic: charts of the regions that say most, then the newest values."""
    edition, knowledge = page.edition, page.edition.knowledge
    shown = leading_regions(knowledge, topic)
    exhibits: list[Exhibit] = []
    absent: list[str] = []
    for plan in topic.charts:
        table = knowledge.warehouse.table(plan.mart)
        if not table.rows:
            absent.append(_absence(page, plan.mart, table.exists))
        elif plan.form == "bullets":
            exhibits += bullets.exhibits(page, topic)
        elif plan.form == "counts":
            exhibits += counts.exhibits(page, plan)
        else:
            panels = exhibitor.panels.of_plan(plan)
            made = (exhibitor.exhibit(page, panels[code]) for code in shown if code in panels)
            exhibits += [exhibit for exhibit in made if exhibit]
    own = [o for code in shown for o in knowledge.by_region.get(code, [])]
    chosen = [o for o in own if knowledge.topic_of(o.key.indicator) in topic.indicator_topics]
    return page.render(
        "topic.html",
        edition.say(f"topic.{topic.id}"),
        lead=edition.say(f"lead.{topic.id}"),
        exhibits=exhibits,
        absent=list(dict.fromkeys(absent)),
        table=values_table(page, chosen, f"values-{topic.id}", with_region=True),
        other_regions=[page.region_link(c) for c in knowledge.shown_regions if c not in shown][:60],
    )


def region_pages(
    edition: Edition, exhibitor: Exhibitor, progress: Progress
) -> Iterator[tuple[str, str]]:
    """A page per region of which something is known, and per district of such a region."""
    for code in sorted(edition.knowledge.regions_with_page):
        path = region_page(code)
        yield path, _region_page(Page(edition, path), code, exhibitor, progress)


def _region_page(page: Page, code: str, exhibitor: Exhibitor, progress: Progress) -> str:
    edition, knowledge = page.edition, page.edition.knowledge
    exhibits = []
    for topic in topics():
        for plan in topic.charts:
            if plan.form in WITHOUT_PANEL:
                continue
            panel = exhibitor.panels.of_plan(plan).get(code)
            if panel and (exhibit := exhibitor.exhibit(page, panel)):
                exhibits.append(exhibit)
    observations = knowledge.by_region.get(code, [])
    region = knowledge.regions[code]
    parent = region["parent_region_code"]
    return page.render(
        "region.html",
        edition.region(code),
        code=code,
        level=edition.name("level", region["region_level"]),
        parent=page.region_link(parent) if parent else "",
        districts=[page.region_link(c) for c in knowledge.districts.get(code, [])],
        documents=[
            page.document_link(row["document_id"], row["title_zh"])
            for row in knowledge.documents_by_region.get(code, [])
        ],
        exhibits=exhibits,
        shelves=list(_shelves(page, observations)),
        targets=progress.table(page, progress.of_region(code), f"targets-{file_name(code)}"),
        inherited=progress.table(
            page, progress.for_each_county(parent, code), f"inherited-{file_name(code)}"
        ),
        findings=notices_of(page, knowledge.contradictions_by_region.get(code, ())),
    )


def values_table(
    page: Page, observations: Iterable[Observation], identifier: str, with_region: bool
) -> DataTable:
    """The newest value of each indicator, with how many are known in all."""
    edition = page.edition
    groups: dict[tuple[str, ...], list[Observation]] = {}
    for observation in observations:
        key = observation.key
        kind = "measured" if key.status in ("actual", "change") else key.status
        group = (key.region_code, key.indicator, key.region_scope, key.sector, kind)
        groups.setdefault(group, []).append(observation)
    heads = ["indicator", "value", "period", "status", "known", "origin"]
    columns = [Column(edition.say(f"column.{h}"), h in ("value", "known")) for h in heads]
    if with_region:
        columns.insert(0, Column(edition.say("column.region")))
    rows = []
    for own in groups.values():
        newest = max(own, key=lambda found: (found.year, found.key.period))
        key = newest.key
        cells: list[str | Markup] = [
            edition.what(key.indicator, key.sector, key.region_scope),
            page.number(newest.quantity, key, unit=True),
            edition.period(key.period),
            edition.name("status", key.status),
            str(len(own)),
            edition.say(f"origin.{newest.origin}"),
        ]
        middle = newest.quantity.middle
        keys: list[object] = [None, middle, key.period, None, None, None]
        if with_region:
            cells.insert(0, page.region_link(key.region_code))
            keys.insert(0, None)
        rows.append(row(*cells, keys=keys))
    caption = edition.say("values.caption")
    return DataTable(identifier, caption, tuple(columns), tuple(rows), has_tools=True)


def _shelves(page: Page, observations: list[Observation]) -> Iterator[Shelf]:
    knowledge = page.edition.knowledge
    for topic in topics():
        own = [
            o for o in observations if knowledge.topic_of(o.key.indicator) in topic.indicator_topics
        ]
        if own:
            identifier = f"values-{topic.id}"
            title = page.edition.say(f"topic.{topic.id}")
            yield Shelf(title, values_table(page, own, identifier, with_region=False))


def _absence(page: Page, mart: str, exists: bool) -> str:
    key = "absence.empty" if exists else "absence.missing"
    return page.edition.say(key, mart=mart)
