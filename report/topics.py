"""The topic pages as data: `topics.toml`, read into frozen values and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from project.errors import InputFault
from project.language import say

TOPICS_FILE: Final = Path(__file__).parent / "topics.toml"
FORMS: Final = frozenset({"lines", "columns", "bars", "tiles", "steps", "bullets", "counts"})
# What these show is not cells of a mart.
WITHOUT_PANEL: Final = frozenset({"bullets", "counts"})
CATEGORIES: Final = frozenset(
    {"column", "sector", "scenario", "district", "scope", "due_year", "verdict", "every_topic", ""}
)


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """One chart of a topic: which rows and columns of which mart it shows, in which form."""

    id: str
    mart: str
    form: str
    columns: tuple[str, ...] = ()
    category: str = ""
    needs: str = ""
    least_periods: int = 1
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic page: its charts, and the topics of the indicators that belong on it."""

    id: str
    indicator_topics: tuple[str, ...]
    charts: tuple[ChartPlan, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """An indicator that a city's card shows."""

    indicator: str
    sector: str


@cache
def topics() -> tuple[Topic, ...]:
    """The topic pages, in the order of the navigation."""
    return tuple(
        Topic(
            entry["id"],
            tuple(entry["indicator_topics"]),
            tuple(_chart_plan(chart) for chart in entry.get("chart", ())),
        )
        for entry in _file()["topic"]
    )


@cache
def key_figures() -> tuple[KeyFigure, ...]:
    """The indicators on a city's card, in their order."""
    return tuple(KeyFigure(**entry) for entry in _file()["key_figure"])


def marts_on_topic_pages() -> frozenset[str]:
    """The marts that some topic page shows, and the one that says what their columns mean."""
    shown = {plan.mart for topic in topics() for plan in topic.charts}
    return frozenset({*shown, "data_dictionary"})


def _chart_plan(entry: Mapping[str, Any]) -> ChartPlan:
    plan = ChartPlan(**{**entry, "columns": tuple(entry.get("columns", ()))})
    if plan.form not in FORMS or plan.category not in CATEGORIES:
        raise InputFault(say("report.unknown_form", chart=plan.id, file=TOPICS_FILE.name))
    return plan


@cache
def _file() -> dict[str, Any]:
    with TOPICS_FILE.open("rb") as file:
        return tomllib.load(file)
