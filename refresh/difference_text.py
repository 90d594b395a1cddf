"""Shows what `xuewei diff` found, as text or as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from project.language import say
from refresh import versions
from refresh.differences import MartDifference, differences
from refresh.places import Places
from refresh.rollback import file_of
from refresh.versions import Version

FILES_SHOWN = 20

# It says of other marts' rows where they come from, and changes whenever they do.
TRACES = frozenset({"lineage"})


def show(places: Places, old: str, new: str, rows: int, format_: str) -> str:
    """Compare two warehouses, each a version, `published`, or a file; raises UsageFault."""
    found = differences(file_of(places, old), file_of(places, new), rows)
    files = _changed_inputs(_version(places, old), _version(places, new))
    if format_ == "json":
        content = {"old": old, "new": new, "marts": [asdict(m) for m in found], "inputs": files}
        return json.dumps(content, ensure_ascii=False)
    return "\n".join(_lines(found, files))


def _lines(found: tuple[MartDifference, ...], files: tuple[str, ...]) -> Iterator[str]:
    if not found:
        yield say("refresh.diff_same")
    for mart in found:
        yield say(
            "refresh.diff_mart",
            mart=mart.mart,
            added=mart.added,
            removed=mart.removed,
            changed=mart.changed,
            documents=", ".join(mart.documents) or say("refresh.diff_no_document"),
        )
        if mart.mart in TRACES:
            continue
        for change in mart.rows:
            sign = {"added": "+", "removed": "-", "changed": "~"}[change.kind]
            columns = f"  ({', '.join(change.columns)})" if change.columns else ""
            yield f"  {sign} {change.key}{columns}"
        unseen = mart.added + mart.removed + mart.changed - len(mart.rows)
        if unseen > 0:
            yield "  " + say("refresh.more", more=unseen)
    if files:
        yield say("refresh.diff_inputs", files=", ".join(files[:FILES_SHOWN]))
        if len(files) > FILES_SHOWN:
            yield say("refresh.more", more=len(files) - FILES_SHOWN)


def _version(places: Places, name: str) -> Version | None:
    if name == "published":
        return versions.current(places)
    path = file_of(places, name)
    return next((v for v in versions.versions(places) if v.file == path), None)


def _changed_inputs(old: Version | None, new: Version | None) -> tuple[str, ...]:
    """Input files that differ between two versions; none where either is no version."""
    if old is None or new is None:
        return ()
    before, after = old.manifest.inputs, new.manifest.inputs
    return tuple(sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n)))
