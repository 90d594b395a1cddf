"""The first page of an edition: what is in the warehouse, and what stands out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from report.edition import Page
from report.finding_text import notices_of
from report.knowledge import Knowledge
from report.observations import Observation
from report.progress import Progress
from report.topics import KeyFigure, key_figures, topics

MOST_CARDS: Final = 6
MOST_DOCUMENTS: Final = 6
MOST_CONTRADICTIONS: Final = 6
GOALS: Final = ("target", "norm", "planned")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a city's card."""

    name: str
    number: Markup
    when: str
    is_goal: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a city in a few lines."""

    region: Markup
    documents: str
    facts: tuple[Fact, ...]


def home_page(page: Page, progress: Progress) -> str:
    """The home page."""
    edition, knowledge = page.edition, page.edition.knowledge
    documents = sorted(
        knowledge.documents.values(),
        key=lambda row: (str(row["published_on"]), row["document_id"]),
        reverse=True,
    )
    contradictions = knowledge.contradictions
    unjudged = [row for row in contradictions if not row["is_acknowledged"]]
    cities = _cities(knowledge)
    return page.render(
        "home.html",
        edition.say("site.name"),
        totals=list(_totals(page, progress)),
        cards=[_card(page, code) for code in cities[:MOST_CARDS]],
        cities=[page.region_link(code) for code in cities],
        documents=[
            (page.document_link(row["document_id"], row["title_zh"]), page.chinese(row["issuer"]),
             edition.day(row["published_on"]), row["figures"])
            for row in documents[:MOST_DOCUMENTS]
        ],
        unjudged=len(unjudged),
        judged=len(contradictions) - len(unjudged),
        contradictions=notices_of(page, (unjudged or contradictions)[:MOST_CONTRADICTIONS]),
        topics=[(page.to(f"{t.id}.html"), edition.say(f"topic.{t.id}"),
                 edition.say(f"lead.{t.id}")) for t in topics()],
    )  # fmt: skip


def _totals(page: Page, progress: Progress) -> Iterator[tuple[str, str, str]]:
    """How much of each kind the warehouse holds, with a link to all of it."""
    knowledge = page.edition.knowledge
    derived = sum(found.origin == "derived" for found in knowledge.observations)
    counts = {
        "documents": (len(knowledge.documents), "documents.html"),
        "figures": (len(knowledge.figures), "figures.html"),
        "derived": (derived, "regions.html"),
        "targets": (len(progress.targets), "targets.html"),
        "checks": (len(knowledge.warehouse.rows("consistency_findings")), "findings.html"),
        "contradictions": (len(knowledge.contradictions), "findings.html"),
    }
    for name, (count, target) in counts.items():
        yield page.edition.say(f"total.{name}"), f"{count:,}", page.to(target)


def _cities(knowledge: Knowledge) -> list[str]:
    """Cities and higher regions of which something is known, those with most figures first."""
    shown = {knowledge.city_of(code) for code in knowledge.shown_regions}
    return sorted(shown, key=lambda code: (-len(knowledge.by_region.get(code, ())), code))


def _card(page: Page, code: str) -> Card:
    edition, knowledge = page.edition, page.edition.knowledge
    own = knowledge.by_region.get(code, [])
    facts = (_fact(page, own, figure) for figure in key_figures())
    documents = knowledge.documents_by_region.get(code, [])
    return Card(
        page.region_link(code),
        edition.say("card.documents", count=len(documents)),
        tuple(fact for fact in facts if fact),
    )


def _fact(page: Page, own: list[Observation], figure: KeyFigure) -> Fact | None:
    """The newest actual value of a key figure, else the newest target for it."""
    edition = page.edition
    found = [
        o
        for o in own
        if (o.key.indicator, o.key.sector, o.key.region_scope)
        == (figure.indicator, figure.sector, "self")
    ]
    actual = [o for o in found if o.key.status == "actual"]
    goals = [o for o in found if o.key.status in GOALS]
    if not actual and not goals:
        return None
    newest = max(actual or goals, key=lambda o: (o.year, o.key.period))
    when = edition.period(newest.key.period)
    if not actual:
        when = edition.say("card.goal", status=edition.name("status", newest.key.status), when=when)
    return Fact(
        edition.what(figure.indicator, figure.sector),
        page.number(newest.quantity, newest.key, unit=True),
        when,
        not actual,
    )
