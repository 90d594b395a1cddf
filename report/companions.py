"""Pages of other rooms that the report takes along: dbt's documentation and the last checks."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

PAGE: Final = "index.html"
# Folders beside the report's own, each with one page that needs no other file.
NAMES: Final = ("catalogue", "checks")


def beside(report: Path) -> tuple[str, ...]:
    """Which of them lie beside a report's folder."""
    return tuple(name for name in NAMES if (report.parent / name / PAGE).is_file())


def take_along(names: Iterable[str], report: Path, into: Path) -> None:
    """Copy them into a folder, so that they travel with the report."""
    for name in names:
        (into / name).mkdir()
        shutil.copyfile(report.parent / name / PAGE, into / name / PAGE)
