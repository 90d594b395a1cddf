"""The last words of a refresh: what changed, or that nothing had to be done."""

from collections.abc import Iterator, Mapping
from typing import Any

from project.language import say
from refresh.contents import Contents
from refresh.job import Done, differences
from refresh.places import Places
from refresh.versions import Version

FINDINGS_SHOWN = 20


def text_of(done: Done, places: Places, seconds: float) -> str:
    """The summary for a person."""
    lines = [_headline(done, places, seconds)]
    if done.version is not None:
        contents = done.version.manifest.contents
        if done.outcome == "published":
            lines += ["", *_rows(contents, done.before), "", _findings(contents, done.before)]
            lines += _changes(contents, done.before)
        else:
            lines.append(_in_one_line(contents))
        lines.append(_newest(contents))
        lines.append(_expectations(done.version))
    return "\n".join([*lines, *done.notes])


def data_of(done: Done, seconds: float) -> dict[str, Any]:
    """The summary for a machine."""
    data: dict[str, Any] = {
        "event": "summary",
        "outcome": done.outcome,
        "seconds": round(seconds, 3),
        "notes": list(done.notes),
    }
    if done.version is not None:
        contents = done.version.manifest.contents
        data |= {
            "version": done.version.manifest.name,
            "rows": dict(contents.rows),
            "rows_before": dict(done.before.rows) if done.before else None,
            "findings": dict(contents.findings),
            "newest_document": contents.newest_document,
            "expectations": dict(done.version.manifest.expectations),
        }
        if done.outcome == "published":
            changes = differences(contents, done.before)
            data |= {f"findings_{name}": list(ids) for name, ids in changes.items()}
    return data


def _headline(done: Done, places: Places, seconds: float) -> str:
    key = "refresh.published" if done.outcome == "published" else "refresh.nothing_to_do"
    name = done.version.manifest.name if done.version else "-"
    return say(key, version=name, file=places.published.name, seconds=f"{seconds:.1f}")


def _rows(contents: Contents, before: Contents | None) -> Iterator[str]:
    names = sorted(contents.rows.keys() | (before.rows.keys() if before else set()))
    width = max((len(name) for name in names), default=0)
    yield say("refresh.rows_heading")
    for name in names:
        now = contents.rows.get(name, 0)
        line = f"  {name:<{width}}  {now:>9,}"
        change = now - before.rows.get(name, 0) if before else 0
        yield f"{line}  {change:+,}" if change else line


def _findings(contents: Contents, before: Contents | None) -> str:
    earlier: Mapping[str, int] = before.findings if before else {}
    parts = []
    for kind in sorted(contents.findings.keys() | earlier.keys()):
        count = contents.findings.get(kind, 0)
        change = count - earlier.get(kind, 0) if before else 0
        text = say(f"refresh.finding_{kind}", count=f"{count:,}")
        parts.append(f"{text} ({change:+,})" if change else text)
    return say("refresh.findings", findings=say("refresh.comma").join(parts) or "-")


def _changes(contents: Contents, before: Contents | None) -> Iterator[str]:
    if before is None:
        return
    for kind, ids in differences(contents, before).items():
        for finding in ids[:FINDINGS_SHOWN]:
            yield say(f"refresh.finding_{kind}_one", finding=finding)
        if len(ids) > FINDINGS_SHOWN:
            yield say("refresh.more", more=len(ids) - FINDINGS_SHOWN)


def _in_one_line(contents: Contents) -> str:
    rows = f"{sum(contents.rows.values()):,}"
    findings = _findings(contents, None)
    return say("refresh.published_is", marts=len(contents.rows), rows=rows, findings=findings)


def _newest(contents: Contents) -> str:
    newest = contents.newest_document
    if newest is None:
        return say("refresh.no_documents")
    name, day = newest
    return say("refresh.newest_document", document=name, day=day, count=len(contents.documents))


def _expectations(version: Version) -> str:
    said = version.manifest.expectations
    warnings = list(said.get("warnings", ()))
    text = say("expectations.summary", held=said.get("held", 0), all=said.get("expectations", 0))
    return f"{text} ({', '.join(warnings)})" if warnings else text
