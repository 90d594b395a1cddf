"""What lies in the inbox: documents, and what is none and is named instead of passed over."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from refresh import durable

# What editors and browsers leave while they are still writing.
UNFINISHED: Final = frozenset({".part", ".crdownload", ".tmp", ".swp", ".download", ".lock"})
LONGEST_NAME: Final = 120

Reason = Literal["link_out", "link_folder", "no_file", "unreadable"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it lay in the inbox; `name` is its path below the inbox, with slashes."""

    name: str
    path: Path
    sha256: str

    @property
    def file_name(self) -> str:
        """The name for a copy of it: its own, or the beginning of one that is too long."""
        name = Path(self.name).name
        if len(name.encode()) <= LONGEST_NAME:
            return name
        return f"{name[: LONGEST_NAME // 4]}-{self.sha256[:8]}{Path(name).suffix[:8]}"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What lies in the inbox and can't be taken in, and why."""

    name: str
    reason: Reason


def look(inbox: Path) -> Iterator[Document | PassedOver]:
    """Everything below the inbox but hidden and unfinished files, sorted by name."""
    if not inbox.is_dir():
        return
    home = inbox.resolve()
    for path in sorted(inbox.rglob("*")):
        below = path.relative_to(inbox)
        hidden = any(part.startswith((".", "~")) for part in below.parts)
        if not hidden and path.suffix.lower() not in UNFINISHED:
            yield from _seen(path, spelled(below), home)


def spelled(below: Path) -> str:
    """A path as text that can be written down; bytes that are no UTF-8 are spelled out."""
    return os.fsencode(below.as_posix()).decode("utf-8", "backslashreplace")


def _seen(path: Path, name: str, home: Path) -> Iterator[Document | PassedOver]:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            yield PassedOver(name, "link_out")
        elif path.is_symlink() and path.is_dir():
            yield PassedOver(name, "link_folder")
        elif path.is_file():
            yield Document(name, path, durable.sha256(path))
        elif not path.is_dir():
            yield PassedOver(name, "no_file")
    except FileNotFoundError:
        # It went away: the next run looks again.
        return
    except (OSError, RuntimeError):
        # Not ours to read, or a link that leads round in a circle.
        yield PassedOver(name, "unreadable")
