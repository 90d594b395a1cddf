"""How things stand: the last runs, how old the data are, what waits for review."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from project.errors import InputFault
from project.language import language, say
from refresh import clock, durable, history, inbox, versions
from refresh.extractor import open_proposals
from refresh.history import Run
from refresh.lock import owner
from refresh.log import one_line
from refresh.places import Places
from refresh.settings import Settings

RUNS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest document that speaks of a region; age in days."""

    region_code: str
    name_zh: str
    name_en: str
    newest_document: str
    published_on: str
    age_days: int
    is_old: bool


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that `xuewei status` tells."""

    version: str | None
    runs: tuple[Run, ...]
    freshness: tuple[Freshness, ...]
    waiting: tuple[tuple[str, inbox.Entry], ...]
    review: Mapping[str, int]
    postponed: str | None
    is_held: bool


def status(places: Places, settings: Settings, shown: int = RUNS_SHOWN) -> Status:
    """Look at the warehouse without changing anything."""
    live = versions.current(places)
    known = list(history.runs(places.history))
    entries = inbox.register(places).items()
    unpublished = [v for v in versions.versions(places) if not v.manifest.published_at]
    held = durable.read_json(places.hold) or {}
    name = live.manifest.name if live else None
    return Status(
        version=name,
        runs=tuple(known[-shown:]) if shown else (),
        freshness=tuple(_freshness(places.published, settings)) if live else (),
        waiting=tuple((n, e) for n, e in sorted(entries) if e.state in {"queued", "faulty"}),
        review=open_proposals(),
        postponed=unpublished[-1].manifest.name if unpublished and owner(places) is None else None,
        is_held=name is not None and held.get("version") == name,
    )


def _freshness(file: Path, settings: Settings) -> Iterator[Freshness]:
    import duckdb

    try:
        opened = duckdb.connect(str(file), read_only=True)
    except duckdb.Error as error:
        # Another program holds it open for writing, or it is no warehouse.
        reason = str(error).strip().partition("\n")[0]
        raise InputFault(say("refresh.cannot_open", file=file.name, error=reason)) from None
    with opened as connection:
        try:
            rows = connection.execute(
                """
                select
                    documents.region_code,
                    any_value(regions.name_zh),
                    any_value(regions.name_en),
                    max_by(documents.document_id, documents.published_on),
                    max(documents.published_on)
                from main.documents as documents
                left join main.regions as regions
                    on documents.region_code = regions.region_code
                where documents.published_on is not null
                group by documents.region_code
                order by documents.region_code
                """
            ).fetchall()
        except duckdb.CatalogException:
            return
    today = clock.now().date()
    for code, name_zh, name_en, document, day in rows:
        age = (today - _day(day)).days
        yield Freshness(
            code, name_zh or code, name_en or code, document, str(day), age,
            age > settings.freshness_days,
        )  # fmt: skip


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def text_of(found: Status) -> str:
    """The status for a person."""
    lines = [
        say("refresh.status_version", version=found.version)
        if found.version
        else say("refresh.status_nothing_published")
    ]
    if found.is_held:
        lines.append(say("refresh.held", version=found.version))
    if found.postponed:
        lines.append(say("refresh.status_postponed", version=found.postponed))
    lines += ["", say("refresh.status_runs"), *(_run(run) for run in reversed(found.runs))]
    lines += ["", say("refresh.status_freshness")]
    lines += [_fresh(entry) for entry in found.freshness]
    lines += ["", say("refresh.status_waiting", count=len(found.waiting) + len(found.review))]
    lines += [
        "  " + one_line(say("refresh.status_review", document=document, count=count))
        for document, count in found.review.items()
    ]
    lines += [_waiting(name, entry) for name, entry in found.waiting]
    return "\n".join(lines)


def _run(run: Run) -> str:
    outcome = say(f"refresh.outcome_{run.outcome}")
    seconds = f"{sum(run.seconds.values()):6.1f} s"
    # The first line only says how many faults there are; the second names one.
    trouble = " ".join(" ".join((run.error or "").splitlines()[:2]).split())[:160]
    parts = (
        f"  {run.started_at[:19]}Z",
        seconds,
        f"{'-' if run.exit_code is None else run.exit_code:>3}",
        outcome,
    )
    return "  ".join([*parts, *filter(None, (run.version, trouble))])


def _fresh(entry: Freshness) -> str:
    name = entry.name_zh if language() == "zh" else entry.name_en
    key = "refresh.status_old" if entry.is_old else "refresh.status_fresh"
    return say(
        key, region=name, age=entry.age_days, document=entry.newest_document, day=entry.published_on
    )


def _waiting(name: str, entry: inbox.Entry) -> str:
    from ingest.privacy import mask

    fields = {"name": name, "count": entry.waiting, "fault": entry.fault}
    return "  " + one_line(mask(say(f"refresh.document_{entry.state}", **fields)))
