"""The pages of findings: contradictions as sentences with both sides, and all checks."""

from collections import Counter
from collections.abc import Iterator

from report.addresses import MOST_FINDINGS, numbered
from report.edition import Edition, Page
from report.explain import check_name
from report.finding_text import findings_of
from report.tables import Column, DataTable, page_links, row
from report.warehouse import Row as MartRow


def finding_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Contradictions that nobody has judged, then judged ones, then what can't be compared.

    How often each check held stands on the first page.
    """
    knowledge = edition.knowledge
    shown = knowledge.shown_findings
    starts = range(0, max(len(shown), 1), MOST_FINDINGS)
    total = len(knowledge.warehouse.rows("consistency_findings"))
    kinds = Counter(map(_kind, shown))
    for number, start in enumerate(starts, 1):
        page = Page(edition, numbered("findings.html", number))
        rows = shown[start : start + MOST_FINDINGS]
        sections = [
            (kind, kinds[kind], findings_of(page, [r for r in rows if _kind(r) == kind]))
            for kind in ("unjudged", "judged", "incomparable")
        ]
        part = edition.say("findings.part", first=start + 1, last=start + len(rows), all=len(shown))
        yield (
            page.path,
            page.render(
                "findings.html",
                edition.say("findings.title"),
                exists=knowledge.warehouse.table("consistency_findings").exists,
                total=total,
                sections=sections,
                page_links=page_links(page, "findings.html", len(starts), number),
                part=part,
                table=_checks_table(page) if number == 1 else None,
            ),
        )


def _kind(finding: MartRow) -> str:
    if finding["verdict"] != "contradiction":
        return "incomparable"
    return "judged" if finding["is_acknowledged"] else "unjudged"


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
