"""Targets against actual values as bullet charts: a bar for the value, a mark for the target."""

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from markupsafe import escape

from report.addresses import file_name
from report.charts import picture
from report.edition import Page
from report.exhibits import Exhibit, source
from report.knowledge import Knowledge
from report.layouts import with_sign
from report.leading import MOST_REGIONS_PER_TOPIC, leading_regions
from report.periods import period_words
from report.progress import Progress, actual_of, figure_id_of, goal_of
from report.shapes import (
    BLUE,
    GREY,
    SMALL,
    WIDTH,
    Box,
    Drawing,
    Label,
    Rule,
    linear,
    text_width,
    width_in_both,
)
from report.topics import Topic, topics
from report.warehouse import Row
from report.words import LANGUAGES, Words

STEP: Final = 62.0
MOST_BULLETS: Final = 12


@dataclass(frozen=True)
class Bullets:
    """Makes the bullet charts of targets; drawings are shared by both languages."""

    progress: Progress

    def exhibits(self, page: Page, topic: Topic) -> list[Exhibit]:
        """One chart per region that has targets of the topic to hold against actual values."""
        return [
            self._exhibit(page, topic, code, self.targets(topic, code))
            for code in self._regions(topic)
        ]

    def targets(self, topic: Topic, code: str) -> list[Row]:
        """The targets of a region that a chart of the topic shows."""
        own = self.progress.of_region(code)
        return [row for row in own if self._can_be_drawn(topic, row)][:MOST_BULLETS]

    def all_drawings(self) -> list[Drawing]:
        """The drawings of all charts, so that they can be rendered at once."""
        return [self._drawing(topic, code) for topic in topics() for code in self._regions(topic)]

    def _regions(self, topic: Topic) -> list[str]:
        """The regions whose targets a topic page draws."""
        if not any(plan.form == "bullets" for plan in topic.charts):
            return []
        every = _shows_every_topic(topic)
        leading = leading_regions(self.progress.knowledge, topic)
        regions = sorted(self.progress.by_region) if every else leading
        drawn = (code for code in regions if self.targets(topic, code))
        return list(islice(drawn, MOST_REGIONS_PER_TOPIC))

    @cached_property
    def _drawings(self) -> dict[tuple[str, str], Drawing]:
        return {}

    def _drawing(self, topic: Topic, code: str) -> Drawing:
        place = (topic.id, code)
        if place not in self._drawings:
            targets = self.targets(topic, code)
            self._drawings[place] = drawing(self.progress.knowledge, targets)
        return self._drawings[place]

    def _can_be_drawn(self, topic: Topic, target: Row) -> bool:
        indicator = self.progress.knowledge.indicators.get(target["indicator"], {})
        return (
            (_shows_every_topic(topic) or indicator.get("topic") in topic.indicator_topics)
            and not actual_of(target).is_missing
            and not goal_of(target).is_missing
        )

    def _exhibit(self, page: Page, topic: Topic, code: str, targets: list[Row]) -> Exhibit:
        edition = page.edition
        heading = edition.say(
            "phrase.chart_title", title=edition.say("chart.targets"), region=edition.region(code)
        )
        subtitle = edition.say("targets.subtitle")
        description = edition.say("phrase.chart_description", title=heading, subtitle=subtitle)
        identifier = f"targets-{topic.id}-{file_name(code)}"
        figures = (edition.knowledge.figures.get(figure_id_of(target) or "") for target in targets)
        documents = dict.fromkeys(figure["document_id"] for figure in figures if figure)
        return Exhibit(
            identifier,
            heading,
            subtitle,
            "",
            picture(self._drawing(topic, code), description, edition.language),
            self.progress.table(page, targets, f"table-{identifier}"),
            escape(edition.say("list.semicolon")).join(source(page, d) for d in documents),
            "target_progress",
            "",
            is_wide=True,
        )


def drawing(knowledge: Knowledge, targets: list[Row]) -> Drawing:
    """One row per target."""
    drawn = Drawing(STEP * len(targets) - 8)
    values = [_both(_actual(knowledge, row), with_sign(goal_of(row))) for row in targets]
    room = max(width_in_both(words, SMALL) for words in values) * 1.1 + 10
    for n, (target, words) in enumerate(zip(targets, values, strict=True)):
        _bullet(drawn, knowledge, target, (n * STEP, WIDTH - room))
        drawn.labels.append(Label(words, WIDTH - room + 10, n * STEP + 34, size=SMALL, bold=True))
    return drawn


def _bullet(drawn: Drawing, knowledge: Knowledge, target: Row, place: tuple[float, float]) -> None:
    top, right = place
    goal = float(goal_of(target).middle or 0)
    actual = float(actual_of(target).middle or 0)
    drawn.labels.append(Label(_fitting(_name(knowledge, target)), 0, top + 12))
    least = 100.0 if target["unit_code"] == "%" else 1e-9
    x = linear(0, max(goal, actual, least), 0, right)
    drawn.boxes.append(Box(0, top + 25, right, 18, GREY, 0.2))
    opacity = 0.45 if _is_of_peer(target) else 1.0
    drawn.boxes.append(Box(0, top + 29, max(x(actual), 1.0), 10, BLUE, opacity))
    drawn.rules.append(Rule(x(goal), top + 22, x(goal), top + 46, width=3))


def _shows_every_topic(topic: Topic) -> bool:
    return any(plan.form == "bullets" and plan.category == "every_topic" for plan in topic.charts)


def _is_of_peer(target: Row) -> bool:
    """Whether another region's value stands in for one that the region lacks."""
    return bool(target["actual_region_code"]) and (
        target["actual_region_code"] != target["region_code"]
    )


def _actual(knowledge: Knowledge, target: Row) -> Words:
    """The actual value, with the region's name where it is a peer's."""
    value = with_sign(actual_of(target))
    if not _is_of_peer(target):
        return value
    name = knowledge.region_name(target["actual_region_code"])
    return Words(f"{value.zh}（{name.zh}）", f"{value.en} ({name.en})")


def _both(actual: Words, goal: Words) -> Words:
    return Words(f"{actual.zh} → {goal.zh}", f"{actual.en} → {goal.en}")


def _name(knowledge: Knowledge, target: Row) -> Words:
    """What a target is about, with its class of ownership and due period."""
    name = knowledge.indicator_name(target["indicator"])
    due = period_words(target["due_period"])
    is_total = target["sector"] == "total"
    sector = Words("", "") if is_total else knowledge.sector_name(target["sector"])
    zh = "，".join(part for part in (sector.zh, due.zh) if part)
    en = ", ".join(part for part in (sector.en.lower(), due.en) if part)
    return Words(f"{name.zh}（{zh}）" if zh else name.zh, f"{name.en} ({en})" if en else name.en)


def _fitting(words: Words) -> Words:
    """A text cut to the width of a chart; the table beside it has it in full."""
    cut = [_cut(words.of(language)) for language in LANGUAGES]
    return Words(*cut)


def _cut(words: str) -> str:
    if text_width(words) <= WIDTH:
        return words
    while text_width(f"{words}…") > WIDTH:
        words = words[:-1]
    return f"{words.rstrip()}…"
