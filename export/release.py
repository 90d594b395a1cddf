"""Writes all exports of a warehouse into a folder: all of them, or the earlier ones stay."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from export.data_package import PACKAGE, write_data_package
from export.flat_files import write_flat_files
from export.linked_metadata import write_linked_metadata
from export.statistical_data import write_statistical_data
from export.tables import Holdings, read_holdings
from export.workbook import write_workbook
from project.errors import InputFault
from project.language import say
from query.connection import Limits, Warehouse, open_warehouse

# The engine's share, for one thread: two would share it, and a large sort fail for want of it.
# What does not fit is spilled into a folder beside the new files.
MEMORY: Final = "300MB"
SPILLED: Final = ".spilled"
# A nation's largest table takes minutes; nobody waits who would want to be told sooner.
SECONDS: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: files relative to the folder, bytes, and what was left out and why."""

    folder: Path
    files: tuple[Path, ...]
    size: int
    left_out: tuple[str, ...]


def build(file: Path, into: Path) -> Exported:
    """Write every export of a warehouse aside, then put the folder in the earlier one's place.

    Raises QueryFault where the file is no warehouse, InputFault where the folder can't be written
    or holds something else than exports.
    """
    try:
        _refuse_another_folder(into)
        files, size, left_out = _build(file, into.absolute())
    except OSError as error:
        # Arrow puts the system's words behind its own.
        trouble = (error.strerror or str(error)).rpartition("] ")[2]
        raise InputFault(say("export.cannot_write", folder=into, error=trouble)) from None
    no_sdmx = () if find_spec("pysdmx") else (say("export.no_sdmx"),)
    return Exported(into, files, size, (*left_out, *no_sdmx))


def _build(file: Path, into: Path) -> tuple[tuple[Path, ...], int, Sequence[str]]:
    """The files, how many bytes they have, and a sentence for each mart that is left out."""
    aside = into.with_name(f".{into.name}-new")
    limits = Limits(seconds=SECONDS, memory=MEMORY, threads=1, spill=aside / SPILLED)
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        with open_warehouse(file, limits) as warehouse:
            holdings = read_holdings(warehouse)
            written = tuple(_write_all(warehouse, holdings, aside))
        size = sum(path.stat().st_size for path in written)
        files = tuple(path.relative_to(aside) for path in written)
        _put_in_place(aside, into)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return files, size, holdings.left_out


def _write_all(warehouse: Warehouse, holdings: Holdings, folder: Path) -> Iterator[Path]:
    for table in holdings.tables:
        yield from write_flat_files(table, folder)
    yield write_workbook(holdings, folder)
    yield write_data_package(holdings, folder)
    yield from write_linked_metadata(holdings, folder)
    if find_spec("pysdmx"):
        yield from write_statistical_data(warehouse, folder)
    shutil.rmtree(folder / SPILLED, ignore_errors=True)


def _refuse_another_folder(into: Path) -> None:
    """What lies in the folder will be replaced: it must be exports, or nothing."""
    if not into.exists() or (into / PACKAGE).is_file():
        return
    if not into.is_dir() or any(into.iterdir()):
        raise InputFault(say("export.another_folder", folder=into))


def _put_in_place(aside: Path, into: Path) -> None:
    """Two renames; where the second fails, the earlier exports come back."""
    earlier = into.with_name(f".{into.name}-old")
    shutil.rmtree(earlier, ignore_errors=True)
    if into.exists():
        into.rename(earlier)
    try:
        aside.rename(into)
    except OSError:
        if earlier.exists():
            earlier.rename(into)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
