"""Which pages the report has: two editions, the choice between them, and what they share."""

import gc
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from report.addresses import addresses
from report.boundaries import read_boundaries
from report.bullets import Bullets
from report.charts import render
from report.counts import Counts
from report.dictionary_pages import dictionary_pages
from report.edition import Edition, Page
from report.exhibits import Exhibitor
from report.explain import pieces
from report.explanation_pages import explanation_pages
from report.finding_pages import finding_pages
from report.home import home_page
from report.knowledge import Knowledge
from report.lists import figure_pages, list_pages
from report.options import BoundaryFile
from report.panels import Panels
from report.progress import Progress
from report.projection_pages import projection_pages
from report.search_index import NAME as SEARCH_INDEX
from report.search_index import search_index
from report.subjects import region_pages, topic_page
from report.topics import topics
from report.warehouse import Warehouse
from report.words import LANGUAGES, Language

FOLDER: Final = Path(__file__).parent
ASSETS: Final = ("report.css", "report.js", "search.js")
LISTS: Final = (
    "regions",
    "targets",
    "findings",
    "measures",
    "figures",
    "documents",
    "indicators",
    "tables",
)


def pages(
    warehouse: Warehouse,
    boundaries: BoundaryFile | None = None,
    languages: Sequence[Language] = LANGUAGES,
    companions: Sequence[str] = (),
) -> Iterator[tuple[str, str]]:
    """Every file of the report: its path in the folder, and its text.

    What both languages share comes with the first of them.
    """
    knowledge = Knowledge(warehouse)
    outlines = read_boundaries(boundaries) if boundaries else None
    exhibitor = Exhibitor(Panels(knowledge), outlines)
    bullets = Bullets(Progress(knowledge))
    counts = Counts(knowledge)
    render([one for maker in (exhibitor, bullets, counts) for one in maker.all_drawings()])
    # What has been read stays to the end: looking through it for garbage would take a fifth of
    # the time. `report.build` undoes this.
    gc.freeze()
    environment = environment_of_templates()
    places = addresses(
        (found.key for found in knowledge.observations),
        knowledge.city_of,
        knowledge.topic_of,
        partial(pieces, knowledge),
    )
    for language in languages:
        edition = Edition(
            language, knowledge, places, environment, _as_of(knowledge), frozenset(companions)
        )
        if language == LANGUAGES[0]:
            yield "index.html", _choice(edition)
            for name in ASSETS:
                yield name, (FOLDER / "assets" / name).read_text(encoding="utf-8")
            yield SEARCH_INDEX, search_index(knowledge, places)
        for path, html in _edition_pages(edition, exhibitor, bullets, counts):
            yield f"{language}/{path}", html


def environment_of_templates() -> Environment:
    """The templates: everything put into them is escaped, and a name they lack is an error."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["all_topics"] = topics()
    environment.globals["lists"] = LISTS
    return environment


def _edition_pages(
    edition: Edition, exhibitor: Exhibitor, bullets: Bullets, counts: Counts
) -> Iterator[tuple[str, str]]:
    progress = bullets.progress
    home = Page(edition, "index.html")
    yield home.path, home_page(home, progress)
    for topic in topics():
        page = Page(edition, f"{topic.id}.html")
        yield page.path, topic_page(page, topic, exhibitor, bullets, counts)
    yield from region_pages(edition, exhibitor, progress)
    yield from list_pages(edition, progress)
    yield from finding_pages(edition)
    yield from figure_pages(edition)
    yield from explanation_pages(edition)
    yield from projection_pages(edition)
    yield from dictionary_pages(edition)
    for name in ("guide", "search"):
        page = Page(edition, f"{name}.html")
        yield (
            page.path,
            page.render(
                f"{name}.html",
                edition.say(f"{name}.title"),
                figures_left_out=edition.knowledge.figures_left_out,
            ),
        )


def _as_of(knowledge: Knowledge) -> str:
    """The day of the newest document: the report knows no other clock."""
    days = [
        row["published_on"].isoformat()
        for row in knowledge.documents.values()
        if row["published_on"]
    ]
    return max(days, default="")


def _choice(edition: Edition) -> str:
    """The page outside both editions, on which a reader chooses one."""
    return edition.environment.get_template("choice.html").render(as_of=edition.as_of)
