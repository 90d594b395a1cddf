"""The inbox: new and changed documents are found, copied while they hold still, and handed on.

What the extractor has taken in is remembered by content, so that no document is lost and none is
counted twice.
"""

import errno
import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal, TypeVar

from project.language import say
from refresh import durable
from refresh.arrivals import Document, PassedOver, look
from refresh.extractor import Ingest, Ingested, sources_in_review
from refresh.places import HALF_MADE, Places
from refresh.shapes import fits

# queued: there was no extractor yet. waiting: figures of it wait for review.
State = Literal["queued", "ingested", "waiting", "faulty"]

T = TypeVar("T")

# Troubles of the disk are not those of a document.
DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of a document."""

    sha256: str
    state: State
    run_id: str
    waiting: int = 0
    fault: str = ""


def register(places: Places) -> dict[str, Entry]:
    """What is remembered, by name; what has not the shape of it is passed over."""
    content = (durable.read_json(places.register) or {}).get("documents")
    entries = content.items() if isinstance(content, dict) else ()
    found = ((name, _remembered(entry)) for name, entry in entries)
    return {name: entry for name, entry in found if entry is not None}


def is_understood(places: Places) -> bool:
    """Whether everything that is remembered can be read."""
    content = (durable.read_json(places.register) or {}).get("documents")
    return isinstance(content, dict) and len(content) == len(register(places))


def _remembered(entry: object) -> Entry | None:
    if not isinstance(entry, dict) or not fits(Entry, entry):
        return None
    try:
        return Entry(**entry)
    except TypeError:
        return None


def changed(
    places: Places, inbox: Path, ingest: Ingest | None
) -> tuple[tuple[Document, ...], tuple[PassedOver, ...]]:
    """Documents that are new or differ from what is remembered, by name; and what is no document.

    Those that were queued count as new once there is an extractor.
    """
    known = register(places)

    def is_new(document: Document) -> bool:
        entry = known.get(document.name)
        if entry is None or entry.sha256 != document.sha256:
            return True
        return entry.state == "queued" and ingest is not None

    seen = tuple(look(inbox))
    passed_over = tuple(one for one in seen if isinstance(one, PassedOver))
    return tuple(d for d in seen if isinstance(d, Document) and is_new(d)), passed_over


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of documents: what is remembered of each now, what a person should know of it,
    and the names of those that changed while they were read and are left for the next run."""

    entries: Mapping[str, Entry]
    remarks: Mapping[str, tuple[str, ...]]
    unsteady: tuple[str, ...]


def take_in(
    places: Places, documents: Sequence[Document], ingest: Ingest | None, run_id: str
) -> TakenIn:
    """Copy the documents, hand the copies to the extractor, and remember what came of them.

    Without an extractor they are queued.
    """
    copied = {document: _copy(places, document) for document in documents}
    copies = {document: copy for document, copy in copied.items() if isinstance(copy, Path)}
    said = ingest(tuple(copies.values())) if ingest and copies else Ingested()
    entries = {
        document.name: Entry(document.sha256, "faulty", run_id, fault=fault)
        for document, fault in copied.items()
        if isinstance(fault, str)
    }
    for document, copy in copies.items():
        queued = Entry(document.sha256, "queued", run_id)
        entries[document.name] = _entry(document, said, copy, run_id) if ingest else queued
    remembered = {**register(places), **entries}
    content = {name: asdict(entry) for name, entry in sorted(remembered.items())}
    durable.write_json(places.register, {"documents": content})
    _forget(places, remembered)
    remarks = {
        document.name: tuple(r for _, some in _of(said.remarks, copy) for r in some)
        for document, copy in copies.items()
    }
    return TakenIn(entries, remarks, tuple(d.name for d in documents if d.name not in entries))


def forget_reviewed(places: Places) -> None:
    """Remove the copies of documents whose proposals a person has settled, where that is known."""
    _forget(places, {})


def _folder(places: Places, name: str, sha256: str) -> Path:
    """Where the copy of a document lies: no two share one, whether they share name or content."""
    return places.taken_in / hashlib.sha256(f"{name}\0{sha256}".encode()).hexdigest()[:16]


def _copy(places: Places, document: Document) -> Path | str | None:
    """A copy for the extractor, and later for the review, under the document's own file name.

    None where the document is not what it was when the inbox was looked through; a sentence where
    it can't be copied. Raises OSError where the disk is full.
    """
    folder = _folder(places, document.name, document.sha256)
    copy = folder / document.file_name
    aside = folder / f"{HALF_MADE}copy"
    # What came in is not masked yet: nobody else may read it.
    places.taken_in.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)
    trouble: str | None = None
    try:
        shutil.copyfile(document.path, aside)
        if durable.sha256(aside) == document.sha256 == durable.sha256(document.path):
            durable.move(aside, copy)
            return copy
    except FileNotFoundError:
        # It was taken away again.
        pass
    except OSError as error:
        if error.errno in DISK:
            raise
        trouble = say("refresh.document_unreadable", error=error.strerror or error)
    shutil.rmtree(folder, ignore_errors=True)
    return trouble


def _entry(document: Document, said: Ingested, copy: Path, run_id: str) -> Entry:
    waiting = sum(count for _, count in _of(said.waiting, copy))
    if waiting:
        return Entry(document.sha256, "waiting", run_id, waiting=waiting)
    if faults := [fault for _, fault in _of(said.faults, copy)]:
        return Entry(document.sha256, "faulty", run_id, fault="; ".join(faults))
    return Entry(document.sha256, "ingested", run_id)


def _of(said: Mapping[Path, T], copy: Path) -> Iterator[tuple[Path, T]]:
    """What was said of a copy or, where it is an archive, of what it holds."""
    return ((path, one) for path, one in said.items() if copy in (path, *path.parents))


def _forget(places: Places, remembered: Mapping[str, Entry]) -> None:
    """Remove the copies that no review needs; none while it is not known which those are."""
    folders = tuple(places.taken_in.iterdir()) if places.taken_in.is_dir() else ()
    waiting = {
        _folder(places, name, entry.sha256)
        for name, entry in remembered.items()
        if entry.state == "waiting"
    }
    doubtful = [folder for folder in folders if folder not in waiting]
    sources = sources_in_review() if doubtful else set()
    if sources is None:
        return
    wanted = {folder for source in sources for folder in source.parents}
    for folder in doubtful:
        if folder.resolve() not in wanted:
            shutil.rmtree(folder, ignore_errors=True)
