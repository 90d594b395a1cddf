"""Pages that explain numbers (one per indicator and city) and the page of findings."""

from collections import Counter
from collections.abc import Iterator

from report.addresses import anchor
from report.edition import Edition, Page
from report.explain import check_name, entry
from report.finding_text import findings_of
from report.observations import Observation
from report.tables import Column, DataTable, row

MOST_FINDINGS_PER_PAGE = 24


def explanation_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The derivation of every number of the warehouse."""
    groups: dict[str, list[Observation]] = {}
    for observation in edition.knowledge.observations:
        path = edition.addresses.explanation_page(observation.key)
        groups.setdefault(path, []).append(observation)
    for path, group in groups.items():
        page = Page(edition, path)
        yield path, _explanation_page(page, group)


def _explanation_page(page: Page, group: list[Observation]) -> str:
    edition, knowledge = page.edition, page.edition.knowledge
    indicator = group[0].key.indicator
    row = knowledge.indicators.get(indicator, {})
    regions = list(dict.fromkeys(found.key.region_code for found in group))
    city = regions[0] if len(regions) == 1 else knowledge.city_of(regions[0])
    entries = [entry(page, found, anchor(found.key), _title(page, found)) for found in group]
    title = edition.say(
        "phrase.chart_title", title=edition.indicator(indicator), region=edition.region(city)
    )
    return page.render(
        "explanation.html",
        title,
        region=page.region_link(city),
        definition=row.get(f"definition_{edition.language}") or "",
        unit=edition.unit(row.get("unit_code") or ""),
        entries=entries,
    )


def _title(page: Page, found: Observation) -> str:
    """Region, class of ownership, period and status of a value, as a heading."""
    edition, key = page.edition, found.key
    parts = [
        edition.region(key.region_code),
        edition.period(key.period),
        edition.sector(key.sector),
        edition.name("scope", key.region_scope) if key.region_scope != "self" else "",
        edition.name("status", key.status),
    ]
    return edition.say("list.dot").join(part for part in parts if part)


def findings_page(edition: Edition) -> tuple[str, str]:
    """Contradictions as sentences with both sides, then how often each check held."""
    page = Page(edition, "findings.html")
    knowledge = edition.knowledge
    findings = knowledge.warehouse.rows("consistency_findings")
    contradictions = findings_of(page, knowledge.contradictions[:MOST_FINDINGS_PER_PAGE])
    html = page.render(
        "findings.html",
        edition.say("findings.title"),
        exists=knowledge.warehouse.table("consistency_findings").exists,
        total=len(findings),
        unshown=len(knowledge.contradictions) - len(contradictions),
        unjudged=[found for found in contradictions if not found.is_acknowledged],
        judged=[found for found in contradictions if found.is_acknowledged],
        incomparable=findings_of(
            page,
            [r for r in findings if r["verdict"] == "not_comparable"][:MOST_FINDINGS_PER_PAGE],
        ),
        table=_checks_table(page),
    )
    return page.path, html


def _checks_table(page: Page) -> DataTable:
    """How often each formula was checked, and with what result."""
    edition = page.edition
    verdicts = ("consistent", "contradiction", "not_comparable")
    counts: dict[str, Counter[str]] = {}
    for finding in edition.knowledge.warehouse.rows("consistency_findings"):
        counts.setdefault(check_name(page, finding), Counter())[finding["verdict"]] += 1
    rows = []
    for name, found in sorted(counts.items()):
        rows.append(row(name, *(f"{found[verdict]:,}" for verdict in verdicts), keys=[None]))
    columns = (
        Column(edition.say("column.formula")),
        *(Column(edition.name("verdict", verdict), is_number=True) for verdict in verdicts),
    )
    caption = edition.say("findings.caption")
    return DataTable("checks", caption, columns, tuple(rows), has_tools=True)
