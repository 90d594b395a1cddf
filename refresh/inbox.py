"""The inbox: new and changed documents are found, copied while they hold still, and handed on.

What the extractor has taken in is remembered by content, so that no document is lost and none is
counted twice.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from refresh import durable
from refresh.extractor import Ingest, Ingested, sources_in_review
from refresh.places import HALF_MADE, Places

# queued: there was no extractor yet. waiting: figures of it wait for review.
State = Literal["queued", "ingested", "waiting", "faulty"]

# What editors and browsers leave while they are still writing.
UNFINISHED: Final = frozenset({".part", ".crdownload", ".tmp", ".swp", ".download", ".lock"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it lay in the inbox; `name` is its path below the inbox, with slashes."""

    name: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of a document."""

    sha256: str
    state: State
    run_id: str
    waiting: int = 0
    fault: str = ""


def register(places: Places) -> dict[str, Entry]:
    """What is remembered, by name."""
    content = (durable.read_json(places.register) or {}).get("documents", {})
    return {name: Entry(**entry) for name, entry in content.items()}


def changed(places: Places, inbox: Path, ingest: Ingest | None) -> tuple[Document, ...]:
    """Documents that are new or differ from what is remembered, by name.

    Those that were queued count as new once there is an extractor.
    """
    known = register(places)

    def is_new(document: Document) -> bool:
        entry = known.get(document.name)
        if entry is None or entry.sha256 != document.sha256:
            return True
        return entry.state == "queued" and ingest is not None

    return tuple(document for document in _documents(inbox) if is_new(document))


def take_in(
    places: Places, documents: Sequence[Document], ingest: Ingest | None, run_id: str
) -> tuple[dict[str, Entry], tuple[str, ...]]:
    """Copy the documents, hand the copies to the extractor, and remember what came of them.

    Without an extractor they are queued. Gives back what is remembered of each now, and the names
    of documents that changed while they were read: those are left for the next run.
    """
    copies = {document: copy for document in documents if (copy := _copy(places, document))}
    said = ingest(tuple(copies.values())) if ingest and copies else Ingested()
    entries = {
        document.name: _entry(document, said, copy, run_id)
        if ingest
        else Entry(document.sha256, "queued", run_id)
        for document, copy in copies.items()
    }
    remembered = {**register(places), **entries}
    content = {name: asdict(entry) for name, entry in sorted(remembered.items())}
    durable.write_json(places.register, {"documents": content})
    _forget(places, remembered)
    return entries, tuple(d.name for d in documents if d.name not in entries)


def forget_reviewed(places: Places) -> None:
    """Remove the copies of documents whose proposals a person has settled, where that is known."""
    folders = tuple(places.taken_in.iterdir()) if places.taken_in.is_dir() else ()
    if folders:
        sources = sources_in_review()
        if sources is None:
            return
        wanted = {source.parent for source in sources}
        for folder in folders:
            if folder.resolve() not in wanted:
                shutil.rmtree(folder, ignore_errors=True)


def _documents(inbox: Path) -> Iterator[Document]:
    """Plain files below the inbox; links that lead out of it are not followed."""
    if not inbox.is_dir():
        return
    home = inbox.resolve()
    for path in sorted(inbox.rglob("*")):
        name = path.relative_to(inbox)
        hidden = any(part.startswith((".", "~")) for part in name.parts)
        if hidden or path.suffix.lower() in UNFINISHED or not path.is_file():
            continue
        if path.resolve().is_relative_to(home):
            try:
                yield Document(name.as_posix(), path, durable.sha256(path))
            except OSError:
                # It went away, or is not ours to read yet: the next run looks again.
                continue


def _copy(places: Places, document: Document) -> Path | None:
    """A copy for the extractor, and later for the review, under the document's own file name.

    None where the document is not what it was when the inbox was looked through.
    """
    folder = places.taken_in / document.sha256[:16]
    copy = folder / document.path.name
    aside = folder / f"{HALF_MADE}copy"
    # What came in is not masked yet: nobody else may read it.
    places.taken_in.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)
    try:
        shutil.copyfile(document.path, aside)
        if durable.sha256(aside) == document.sha256 == durable.sha256(document.path):
            durable.move(aside, copy)
            return copy
    except FileNotFoundError:
        # It was taken away again.
        pass
    shutil.rmtree(folder, ignore_errors=True)
    return None


def _entry(document: Document, said: Ingested, copy: Path, run_id: str) -> Entry:
    if fault := said.faults.get(copy):
        return Entry(document.sha256, "faulty", run_id, fault=fault)
    if waiting := said.waiting.get(copy, 0):
        return Entry(document.sha256, "waiting", run_id, waiting=waiting)
    return Entry(document.sha256, "ingested", run_id)


def _forget(places: Places, remembered: Mapping[str, Entry]) -> None:
    """Remove the copies that no review needs."""
    wanted = {entry.sha256[:16] for entry in remembered.values() if entry.state == "waiting"}
    for folder in places.taken_in.iterdir() if places.taken_in.is_dir() else ():
        if folder.name not in wanted:
            shutil.rmtree(folder, ignore_errors=True)
