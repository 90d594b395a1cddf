"""The static report: two editions, Chinese and English, that open without a network."""

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from report.options import BoundaryFile

# What is read stays to the end: looking through it for garbage would take a tenth of the time.
RARELY: Final = (100_000, 50, 100)


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

    found = [name for name in beside(into.absolute()) if name not in promised]
    companions = (*found, *promised)

    def fill(folder: Path) -> int:
        count = _write(warehouse, folder, boundaries, companions)
        take_along(found, into.absolute(), folder)
        return count

    return publish(fill, into)


def _write(
    warehouse: Path,
    folder: Path,
    boundaries: BoundaryFile | None,
    companions: Sequence[str],
) -> int:
    """Write all pages into a folder; gives back how many."""
    from report.publish import write
    from report.site import pages
    from report.warehouse import read

    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        return write(pages(read(warehouse), boundaries, companions=companions), folder)
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
