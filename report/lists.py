"""Pages that list everything of a kind: figures, documents, targets, measures, regions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from markupsafe import Markup

from report.addresses import MOST_ROWS, document_page, numbered
from report.edition import Edition, Page
from report.explain import span
from report.keys import Key
from report.observations import quantity_of
from report.periods import year_of
from report.progress import Progress, target_columns
from report.tables import Column, DataTable, Row, page_links, paged, row
from report.warehouse import Row as MartRow

FIGURE_HEADS: Final = (
    "region", "indicator", "value", "period", "status", "printed", "evidence", "document", "span",
)  # fmt: skip
MEASURE_HEADS: Final = ("unit", "due", "measure", "shortcoming", "document", "span")
DOCUMENT_HEADS: Final = ("title", "number", "issuer", "published", "figures", "unaccounted")


def list_pages(edition: Edition, progress: Progress) -> Iterator[tuple[str, str]]:
    """Every list of an edition."""
    probe = Page(edition, "targets.html")
    knowledge = edition.knowledge
    targets = [progress.row(probe, target, with_region=True) for target in progress.targets]
    yield from listed(edition, "targets", target_columns(probe, with_region=True), targets)
    measures = [
        _measure_row(probe, m) for m in _measures(knowledge.warehouse.rows("plan_measures"))
    ]
    yield from listed(
        edition, "measures", columns_of(probe, MEASURE_HEADS, ()), measures, _due_table(probe)
    )
    documents = [_document_row(probe, d) for d in knowledge.documents.values()]
    numbers = ("figures", "unaccounted")
    yield from listed(edition, "documents", columns_of(probe, DOCUMENT_HEADS, numbers), documents)
    regions = [_region_row(probe, code) for code in sorted(knowledge.regions_with_page)]
    heads = ("region", "code", "level", "known", "of_documents")
    yield from listed(
        edition, "regions", columns_of(probe, heads, ("known", "of_documents")), regions
    )


def figure_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The list of all figures, and a page per document: what it is, names and states."""
    knowledge = edition.knowledge
    probe = Page(edition, "figures.html")
    columns = columns_of(probe, FIGURE_HEADS, ("value",))
    by_document: dict[str, list[Row]] = {code: [] for code in knowledge.documents}
    for figure in knowledge.figures.values():
        by_document.setdefault(figure["document_id"], []).append(_figure_row(probe, figure))
    yield from listed(edition, "figures", columns, list(chain.from_iterable(by_document.values())))
    relations: dict[str, list[MartRow]] = {}
    for relation in knowledge.warehouse.rows("stg_document_relations"):
        relations.setdefault(relation["document_id"], []).append(relation)
    for code, document in knowledge.documents.items():
        rows = tuple(one.moved(1) for one in by_document.pop(code))
        caption = edition.say("figures.caption")
        table = DataTable("figures", caption, columns, rows[:MOST_ROWS], has_tools=True)
        page = Page(edition, document_page(code))
        yield page.path, page.render(
            "document.html", document["title_zh"], document=document, table=table,
            account=knowledge.accounts.get(code), relations=relations.get(code, []),
            figures=len(rows),
        )  # fmt: skip


def listed(
    edition: Edition,
    name: str,
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    overview: DataTable | None = None,
) -> Iterator[tuple[str, str]]:
    """The pages of one list; links in its rows hold on each, as all lie in one folder."""
    groups = paged(rows)
    last = 0
    caption = edition.say(f"{name}.caption")
    for number, group in enumerate(groups, 1):
        page = Page(edition, numbered(f"{name}.html", number))
        table = DataTable(name, caption, columns, group, has_tools=True)
        links = page_links(page, f"{name}.html", len(groups), number)
        first, last = last + 1, last + len(group)
        yield page.path, page.render(
            "list.html", edition.say(f"{name}.title"), lead=edition.say(f"{name}.lead"),
            table=table, page_links=links,
            part=edition.say("list.part", first=first, last=last, all=len(rows)),
            overview=overview if number == 1 else None,
        )  # fmt: skip


def columns_of(page: Page, heads: Sequence[str], numbers: Sequence[str]) -> tuple[Column, ...]:
    """Columns by the keys of their headings; some hold numbers."""
    return tuple(Column(page.edition.say(f"column.{head}"), head in numbers) for head in heads)


def _figure_row(page: Page, figure: MartRow) -> Row:
    edition = page.edition
    key = Key(*(figure[name] for name in Key._fields))
    quantity = quantity_of(figure, "value", figure["unit_code"])
    groups = edition.groups(figure)
    known = key if key in edition.knowledge.by_key and not groups else None
    what = edition.what(figure["indicator"], figure["sector"], figure["region_scope"])
    middle = quantity.middle
    return row(
        page.region_link(figure["region_code"]),
        edition.say("phrase.in_brackets", outer=what, inner=groups) if groups else what,
        page.number(quantity, known, unit=True),
        edition.period(figure["period"]),
        edition.name("status", figure["status"]),
        page.chinese(figure["printed"]),
        page.chinese(figure["evidence"]),
        page.document_link(figure["document_id"]),
        span(page, figure),
        keys=[None, None, "" if middle is None else middle.normalize(), figure["period"]],
        anchor=figure["figure_id"],
    )


def _measures(rows: Sequence[MartRow]) -> list[MartRow]:
    """Measures by responsible unit and due year; those without a unit come last."""
    return sorted(
        rows,
        key=lambda row: (
            row["responsible_unit_zh"] is None,
            row["responsible_unit_zh"] or "",
            year_of(row["due_period"]) or "9999",
            row["measure_id"],
        ),
    )


def _due_table(page: Page) -> DataTable:
    """How many measures each unit has to carry out, by due year."""
    edition = page.edition
    counts: dict[str, Counter[str]] = {}
    for measure in edition.knowledge.warehouse.rows("plan_measures"):
        if unit := measure["responsible_unit_zh"]:
            counts.setdefault(unit, Counter())[year_of(measure["due_period"])] += 1
    years = sorted({year for found in counts.values() for year in found if year})
    columns = [
        Column(edition.say("column.unit")),
        *(Column(edition.period(year), is_number=True) for year in years),
        Column(edition.say("measures.undated"), is_number=True),
        Column(edition.say("measures.all"), is_number=True),
    ]
    rows = [
        row(
            page.chinese(unit),
            *(str(found[year]) if found[year] else "" for year in [*years, ""]),
            str(found.total()),
        )
        for unit, found in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    ]
    caption = edition.say("measures.overview")
    return DataTable("overview", caption, tuple(columns), tuple(rows), has_tools=True)


def _measure_row(page: Page, measure: MartRow) -> Row:
    edition = page.edition
    missing = edition.missing
    return row(
        page.chinese(measure["responsible_unit_zh"]) or missing,
        edition.period(measure["due_period"]) or missing,
        _either(page, measure, "measure"),
        _either(page, measure, "shortcoming") or missing,
        page.document_link(measure["document_id"]),
        span(page, measure),
        keys=[None, measure["due_period"] or ""],
        anchor=f"{measure['measure_id']}.{measure['owner_number']}",
    )


def _either(page: Page, measure: MartRow, name: str) -> Markup | str:
    """A text in the language of the page, else in Chinese and marked so."""
    own = measure.get(f"{name}_{page.edition.language}")
    return str(own) if own else page.chinese(measure[f"{name}_zh"])


def _document_row(page: Page, document: MartRow) -> Row:
    edition = page.edition
    account = edition.knowledge.accounts.get(document["document_id"])
    return row(
        page.document_link(document["document_id"], document["title_zh"]),
        page.chinese(document["document_number"]) or edition.missing,
        page.chinese(document["issuer"]),
        edition.day(document["published_on"]),
        f"{document['figures']:,}",
        edition.missing if account is None else f"{account['unaccounted']:,}",
        keys=[None, None, None, document["published_on"], document["figures"]],
        anchor=document["document_id"],
    )


def _region_row(page: Page, code: str) -> Row:
    knowledge = page.edition.knowledge
    known = len(knowledge.by_region.get(code, ()))
    documents = len(knowledge.documents_by_region.get(code, ()))
    level = knowledge.regions[code]["region_level"]
    return row(
        page.region_link(code),
        code,
        page.edition.name("level", level),
        str(known),
        str(documents),
        keys=[code],
    )
