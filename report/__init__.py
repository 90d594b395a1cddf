"""The static report: two editions, Chinese and English, that open without a network."""

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from report.options import BoundaryFile

if TYPE_CHECKING:
    from report.shares import Share
    from report.words import Language

# From here on each edition gets a process of its own: reading twice then costs less than waiting.
MANY_FIGURES: Final = 4_000


def build(
    warehouse: Path,
    into: Path,
    boundaries: BoundaryFile | None = None,
    promised: Sequence[str] = (),
) -> int:
    """Build the report of a warehouse file into a folder; gives back how many pages it has.

    dbt's documentation and the page of checks are taken along where they lie beside the folder;
    promised ones are linked too, and whoever promises puts them into the folder.
    The folder is built aside and swapped in, so that the earlier report stays until the new one
    is whole. Raises InputFault where the warehouse can't be read or the folder not be written.
    """
    from report.companions import beside, take_along
    from report.publish import publish
    from report.warehouse import count_figures
    from report.words import LANGUAGES

    found = [name for name in beside(into.absolute()) if name not in promised]
    companions = (*found, *promised)

    def fill(folder: Path) -> int:
        work = (warehouse, folder, boundaries, companions)
        is_large = count_figures(warehouse) >= MANY_FIGURES
        count = _fill_in_parallel(*work) if is_large else write_editions(*work, LANGUAGES)
        take_along(found, into.absolute(), folder)
        return count

    return publish(fill, into)


def write_editions(
    warehouse: Path,
    folder: Path,
    boundaries: BoundaryFile | None,
    companions: Sequence[str],
    languages: Sequence["Language"],
    share: "Share | None" = None,
) -> int:
    """Write the pages of some languages into a folder; gives back how many."""
    from report.publish import write
    from report.site import pages
    from report.warehouse import read

    try:
        return write(pages(read(warehouse), boundaries, languages, companions, share), folder)
    finally:
        gc.unfreeze()


def _fill_in_parallel(
    warehouse: Path,
    folder: Path,
    boundaries: BoundaryFile | None,
    companions: Sequence[str],
) -> int:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context
    from tempfile import TemporaryDirectory

    from report.shares import Share
    from report.words import LANGUAGES

    # A forked process would inherit locks of the database's and the renderer's threads.
    processes = ProcessPoolExecutor(len(LANGUAGES), mp_context=get_context("spawn"))
    with TemporaryDirectory() as exchange, processes as pool:
        shares = (Share(part, len(LANGUAGES), Path(exchange)) for part in range(len(LANGUAGES)))
        common = (warehouse, folder, boundaries, companions)
        work = [
            pool.submit(write_editions, *common, (language,), share)
            for language, share in zip(LANGUAGES, shares, strict=True)
        ]
        try:
            return sum(part.result() for part in work)
        except BrokenProcessPool:
            # Where no second process can be had, as in an interactive session, one does it all.
            return write_editions(*common, LANGUAGES)
