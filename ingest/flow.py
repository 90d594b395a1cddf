"""From files to proposals: read, find, give meaning, and say what is new.

Nothing is stored but what `write` asks for; each document is written whole or not at all.
"""

import errno
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from os.path import normpath
from pathlib import Path
from typing import Final

from ingest.identity import Identity, identify
from ingest.meaning import Extraction, Proposal, extract, load_reference
from ingest.readers import Document, ReaderError, documents_in, read
from project import paths

SURE: Final = 0.95
"""Confidence from which on a proposal needs no review; a draft always needs it."""

_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

_LOSES: Final = frozenset({"docx", "doc", "pdf"})
"""Readers whose remarks tell of parts of running text that could not be carried over."""

SMALL_TEXT: Final = 200_000


@dataclass(frozen=True, slots=True)
class Ingested:
    """One document's outcome.

    state: new, known (its text is in the seeds or waits for review already) or corrected (another
    text of a document in the seeds). sure and queued count its proposals that can be accepted as
    they are and those that need a person. remarks: what of the file is no part of the text.
    """

    path: Path
    identity: Identity
    extraction: Extraction
    text: str
    sha256: str
    reader: str
    is_draft: bool
    remarks: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """new, known or corrected."""
        return self.identity.state

    def is_sure(self, proposal: Proposal) -> bool:
        """Whether a proposal can be accepted unseen; not where a part of the text may be lost."""
        is_whole = not (self.remarks and self.reader in _LOSES)
        return is_whole and not self.is_draft and proposal.confidence >= SURE

    @property
    def sure(self) -> int:
        """Figures that can be accepted as they are."""
        return sum(map(self.is_sure, self.figures))

    @property
    def queued(self) -> int:
        """Proposals that a person must see."""
        return sum(not self.is_sure(one) for one in self.extraction.proposals)

    @property
    def figures(self) -> list[Proposal]:
        """The proposals that state a statistic."""
        return [one for one in self.extraction.proposals if one.kind == "figure"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and the one line that says why."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all files, in the order in which they were given."""

    documents: tuple[Ingested, ...]
    errors: tuple[Failure, ...]

    @property
    def figures_sure(self) -> dict[str, int]:
        """Document -> figures that can be accepted as they are."""
        return {one.identity.document_id: one.sure for one in self.documents}

    @property
    def figures_queued(self) -> dict[str, int]:
        """Document -> proposals that a person must see."""
        return {one.identity.document_id: one.queued for one in self.documents}


def ingest(
    files: Sequence[Path],
    *,
    write: bool = True,
    jobs: int = 1,
    seeds: Path | None = None,
    today: date | None = None,
    progress: Callable[[Path], None] = lambda path: None,
) -> Outcome:
    """Propose what every number of these files states.

    write: keep the proposals for review in `paths.proposals_folder()`. jobs: processes at work at
    a time. seeds: folder of the seeds. today: the day by which undated documents are dated.
    progress is called with each file that is done. A file that can't be read becomes an error of
    the outcome; the others go on. Of an archive of documents each member is a file.
    """
    folder = seeds or paths.seeds_folder()
    day = today or date.today()
    documents: list[Ingested] = []
    errors: list[Failure] = []
    for path, result in _results(list(_opened(files, errors)), folder, day, jobs):
        if isinstance(result, str):
            errors.append(Failure(path, result))
        else:
            document = _ingested(path, *result, folder)
            try:
                documents.append(_kept(document, folder) if write else document)
            except OSError as error:
                errors.append(Failure(path, _unreadable(path, error)))
        progress(path)
    return Outcome(tuple(documents), tuple(errors))


def _opened(files: Sequence[Path], errors: list[Failure]) -> Iterator[Path]:
    """The documents that the files hold: of an archive, each of its members."""
    for path in files:
        try:
            yield from documents_in(path)
        except ReaderError as error:
            errors.append(Failure(path, error.message))


def _kept(document: Ingested, seeds: Path) -> Ingested:
    from ingest.collisions import told_apart
    from ingest.proposals import keep

    document = told_apart(document)
    keep(document, seeds)
    return document


def _ingested(path: Path, document: Document, extraction: Extraction, seeds: Path) -> Ingested:
    return Ingested(
        path,
        identify(path, document.sha256, extraction.header, seeds),
        extraction,
        document.text,
        document.sha256,
        document.reader,
        document.is_draft,
        document.remarks,
    )


Result = tuple[Document, Extraction] | str


def _results(
    files: Sequence[Path], seeds: Path, today: date, jobs: int
) -> Iterator[tuple[Path, Result]]:
    if jobs <= 1 or len(files) <= 1:
        for path in files:
            yield path, _one(path, seeds, today)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, len(files))) as pool:
        waiting = [pool.submit(_one, path, seeds, today) for path in files]
        for path, future in zip(files, waiting, strict=True):
            yield path, future.result()


def _folder_of(path: Path) -> Path:
    """The folder that a file may not leave by a link: that of the documents, else its own."""
    place, documents = Path(normpath(path.absolute())), paths.documents_folder()
    return documents if place.is_relative_to(documents) else place.parent


def _one(path: Path, seeds: Path, today: date) -> Result:
    """One file's text and proposals, or the line that says why it has none."""
    try:
        document = read(path, inside=_folder_of(path))
        return document, extract(document, load_reference(seeds), today)
    except ReaderError as error:
        return error.message
    except Exception as error:
        # Whatever a document holds, the others go on.
        return _unreadable(path, error)


def _unreadable(path: Path, error: Exception) -> str:
    """The line for a file at which the machine failed. Raises the error of a disk that is full."""
    from project.language import say

    if getattr(error, "errno", None) in _DISK:
        raise error
    reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
    return say("ingest_flow.unreadable", file=path.name, reason=" ".join(str(reason).split()))
