"""The validation page: our own, for the Data Docs of great-expectations load parts from a CDN.

One self-contained file in both languages; it asks nothing of any network and says so by its
Content-Security-Policy.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from expectations.rules import ROOM
from expectations.sentences import in_language
from expectations.verdict import Verdict
from project.language import Language

TEMPLATES: Final = ROOM / "templates"
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def write(verdict: Verdict, folder: Path, checked: str, at: datetime) -> Path:
    """Write `index.html` into `folder`, whole or not at all; gives back its path.

    checked: what was checked, in words that may come from outside; at: when, with a zone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "index.html"
    aside = folder / ".new-index.html"
    aside.write_text(render(verdict, checked, at), encoding="utf-8")
    return aside.replace(page)


def render(verdict: Verdict, checked: str, at: datetime) -> str:
    """The page as HTML; everything that comes from the warehouse is escaped."""
    import jinja2

    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    suites: dict[str, list[object]] = {}
    for result in verdict.results:
        suites.setdefault(result.suite, []).append(result)
    return templates.get_template("verdict.html.j2").render(
        verdict=verdict,
        suites=suites,
        checked=checked,
        at=at,
        languages=LANGUAGES,
        say=lambda chosen, key, **fields: in_language(chosen, f"expectations.{key}", **fields),
    )
