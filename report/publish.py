"""Writing the report aside and swapping it in whole."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from project.errors import InputFault
from project.language import say


def publish(fill: Callable[[Path], int], into: Path) -> int:
    """Let a folder be filled that then replaces `into`; gives back what `fill` counted.

    Whatever fails on the way, the earlier folder stays as it was. Raises InputFault where the
    folder can't be written, or holds something that is no report.
    """
    into = into.absolute()
    if into.exists() and not is_report(into):
        raise InputFault(say("report.not_a_report", folder=into))
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
    except OSError as error:
        raise InputFault(say("report.unwritable", folder=into, reason=error.strerror)) from error
    try:
        count = fill(aside)
        # mkdtemp makes a folder for its owner alone; a report is there to be read.
        aside.chmod(0o755)
        _swap(aside, into)
    except OSError as error:
        raise InputFault(say("report.unwritable", folder=into, reason=error.strerror)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return count


def is_report(folder: Path) -> bool:
    """Whether a folder is empty or holds a report, so that it may be replaced."""
    if not folder.is_dir():
        return False
    return not any(folder.iterdir()) or all(
        (folder / name).exists() for name in ("index.html", "report.css", "zh", "en")
    )


def write(files: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write files by their paths in a folder; gives back how many of them are pages."""
    pages = 0
    made: set[Path] = set()
    for name, content in files:
        file = folder / name
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_text(content, encoding="utf-8", newline="\n")
        pages += file.suffix == ".html"
    return pages


def _swap(aside: Path, into: Path) -> None:
    """Two renames; if the second fails, the first is taken back."""
    if not into.exists():
        aside.rename(into)
        return
    earlier = aside.with_name(f"{aside.name}-earlier")
    into.rename(earlier)
    try:
        aside.rename(into)
    except OSError:
        earlier.rename(into)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
