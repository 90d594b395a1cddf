"""The static report: two editions, Chinese and English, that open without a network."""

import gc
from pathlib import Path

from report.options import BoundaryFile


def build(warehouse: Path, into: Path, boundaries: BoundaryFile | None = None) -> int:
    """Build the report of a warehouse file into a folder; gives back how many pages it has.

    The folder is built aside and swapped in, so that the earlier report stays until the new one
    is whole. Raises InputFault where the warehouse can't be read or the folder not be written.
    """
    from report.publish import publish
    from report.site import pages
    from report.warehouse import read

    try:
        return publish(pages(read(warehouse), boundaries), into)
    finally:
        gc.unfreeze()
