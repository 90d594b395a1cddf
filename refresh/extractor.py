"""The extractor as the refresh calls it: everything is queued for a person, unless a site says
that what is wholly sure may be accepted."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from project.errors import InputFault
from refresh import workers
from refresh.workers import WorkerEnded


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the extractor says of the documents that it was given, by path.

    waiting: proposals of the document that a person must see; faults: why it was not taken in;
    remarks: what a person should know of it.
    """

    waiting: Mapping[Path, int] = field(default_factory=dict)
    faults: Mapping[Path, str] = field(default_factory=dict)
    remarks: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)


# Takes documents under their own file names; taking the same one twice changes nothing.
Ingest = Callable[[Sequence[Path]], Ingested]


def extractor() -> Ingest | None:
    """The flow of `ingest`; None where this installation has none."""
    return _ingest if find_spec("ingest.flow") else None


def _ingest(files: Sequence[Path]) -> Ingested:
    """In a worker: the processes that the extractor starts must die with a killed refresh.

    Where one ends in the middle, each document has a worker to itself: one holds up no other.
    """
    try:
        return _in_a_worker(files)
    except (WorkerEnded, BrokenProcessPool):
        alone = [_alone(file) for file in files]
    return Ingested(
        {path: count for one in alone for path, count in one.waiting.items()},
        {path: fault for one in alone for path, fault in one.faults.items()},
        {path: said for one in alone for path, said in one.remarks.items()},
    )


def _alone(file: Path) -> Ingested:
    try:
        return _in_a_worker((file,))
    except WorkerEnded as ended:
        return Ingested(faults={file: ended.message})


def _in_a_worker(files: Sequence[Path]) -> Ingested:
    ingested: Ingested = workers.call("refresh.extractor:take_in", tuple(files))
    return ingested


def open_proposals() -> dict[str, int]:
    """Documents that wait for review now, each with the number of open proposals.

    Of a document whose proposals are all settled, all wait for `xuewei accept`.
    """
    if find_spec("ingest.flow") is None:
        return {}
    from ingest.proposals import load, waiting

    counts = {}
    for document in waiting():
        try:
            queue = load(document)
            counts[document] = len(queue.open_rows) or len(queue.rows)
        except InputFault:
            # `xuewei review` names the row; until then nobody knows how many.
            counts[document] = 0
    return counts


def sources_in_review() -> set[Path] | None:
    """Files that a review still shows to a person; None where some proposals can't be read."""
    if find_spec("ingest.flow") is None:
        return set()
    from ingest.proposals import load, waiting

    try:
        return {Path(load(document).source) for document in waiting()}
    except InputFault:
        return None


def take_in(files: Sequence[Path]) -> Ingested:
    """Hand documents to the extractor; accept those of which everything is sure, where the site
    has set accept_sure."""
    from ingest.accept import accept
    from ingest.flow import ingest
    from ingest.proposals import load
    from project import paths
    from refresh import settings

    accept_sure = settings.load(paths.root()).accept_sure
    outcome = ingest(files, jobs=min(len(files), os.cpu_count() or 1))
    waiting: dict[Path, int] = {}
    faults = {failure.path: failure.message for failure in outcome.errors}
    remarks = {document.path: document.remarks for document in outcome.documents}
    for document in outcome.documents:
        if document.state == "known":
            continue
        name = document.identity.document_id
        try:
            queue = load(name)
            if queue.open_rows or not accept_sure:
                waiting[document.path] = len(queue.open_rows) or len(queue.rows)
            else:
                accept(name, paths.seeds_folder())
        except InputFault as fault:
            faults[document.path] = fault.message
    return Ingested(waiting, faults, remarks)
