"""Writes all exports of a warehouse into a folder: all of them, or the earlier ones stay."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from export.data_package import write_data_package
from export.flat_files import write_flat_files
from export.linked_metadata import write_linked_metadata
from export.statistical_data import write_statistical_data
from export.tables import read_holdings
from export.workbook import write_workbook
from project.errors import InputFault
from project.language import say
from query.connection import Limits, Warehouse, open_warehouse


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: files relative to the folder, bytes, and what was left out and why."""

    folder: Path
    files: tuple[Path, ...]
    size: int
    left_out: tuple[str, ...]


def build(file: Path, into: Path) -> Exported:
    """Write every export of a warehouse aside, then put the folder in the earlier one's place.

    Raises QueryFault where the file is no warehouse, InputFault where the folder can't be written.
    """
    aside = into.with_name(f".{into.name}-new")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        with open_warehouse(file, Limits(seconds=600, memory="2GB")) as warehouse:
            files = tuple(path.relative_to(aside) for path in _write_all(warehouse, aside))
        size = sum((aside / path).stat().st_size for path in files)
        _put_in_place(aside, into)
    except OSError as error:
        raise InputFault(say("export.cannot_write", folder=into, error=error.strerror)) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    left_out = () if find_spec("pysdmx") else (say("export.no_sdmx"),)
    return Exported(into, files, size, left_out)


def _write_all(warehouse: Warehouse, folder: Path) -> Iterator[Path]:
    holdings = read_holdings(warehouse)
    for table in holdings.tables:
        yield from write_flat_files(table, folder)
    yield write_workbook(holdings, folder)
    yield write_data_package(holdings, folder)
    yield from write_linked_metadata(holdings, folder)
    if find_spec("pysdmx"):
        yield from write_statistical_data(warehouse, folder)


def _put_in_place(aside: Path, into: Path) -> None:
    earlier = into.with_name(f".{into.name}-old")
    shutil.rmtree(earlier, ignore_errors=True)
    if into.exists():
        into.rename(earlier)
    aside.rename(into)
    shutil.rmtree(earlier, ignore_errors=True)
