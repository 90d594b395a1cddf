"""Pages that explain numbers (one per topic and city)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.addresses import file_name
from report.edition import Edition, Page
from report.explain import Entry, entry
from report.keys import Key


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a page says of one indicator: its name and meaning, then each of its values."""

    anchor: str
    title: str
    definition: str
    unit: str
    entries: tuple[Entry, ...]


def explanation_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The derivation of every number of the warehouse."""
    for path, keys in edition.addresses.pages.items():
        yield path, _explanation_page(Page(edition, path), keys)


def _explanation_page(page: Page, keys: Sequence[Key]) -> str:
    edition, knowledge = page.edition, page.edition.knowledge
    regions = list(dict.fromkeys(key.region_code for key in keys))
    city = regions[0] if len(regions) == 1 else knowledge.city_of(regions[0])
    groups: dict[str, list[Key]] = {}
    for key in keys:
        groups.setdefault(key.indicator, []).append(key)
    topic = edition.name("indicator_topic", knowledge.topic_of(keys[0].indicator))
    name = edition.indicator(keys[0].indicator) if len(groups) == 1 else topic
    return page.render(
        "explanation.html",
        edition.say("phrase.chart_title", title=name, region=edition.region(city)),
        region=page.region_link(city),
        chapters=[_chapter(page, indicator, own) for indicator, own in groups.items()],
    )


def _chapter(page: Page, indicator: str, keys: Sequence[Key]) -> Chapter:
    edition, knowledge = page.edition, page.edition.knowledge
    places = edition.addresses.known
    known = knowledge.indicators.get(indicator, {})
    return Chapter(
        file_name(indicator),
        edition.indicator(indicator),
        known.get(f"definition_{edition.language}") or "",
        edition.unit(known.get("unit_code") or ""),
        tuple(
            entry(page, knowledge.by_key[key], places[key].partition("#")[2], _title(page, key))
            for key in keys
        ),
    )


def _title(page: Page, key: Key) -> str:
    """Indicator, region, class of ownership, period and status of a value, as a heading."""
    edition = page.edition
    parts = [
        edition.region(key.region_code),
        edition.period(key.period),
        edition.sector(key.sector),
        edition.name("scope", key.region_scope) if key.region_scope != "self" else "",
        edition.name("status", key.status),
    ]
    where = edition.say("list.dot").join(part for part in parts if part)
    return edition.say("phrase.chart_title", title=edition.indicator(key.indicator), region=where)
