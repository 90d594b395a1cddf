"""Writing that survives a crash: data first, then the name, each forced to the disk.

Every order that matters lies in this module, so that a test can watch it.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from project.disk import sync
from refresh.places import HALF_MADE


def sync_file(path: Path) -> None:
    """Force a file's data to the disk."""
    # Windows forces only what is open for writing.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Force a folder's names to the disk; Windows has no such call and needs none."""
    sync(path)


def move(source: Path, target: Path) -> None:
    """Give a file or folder another name, over an earlier file, in one step that lasts.

    Raises PermissionError where Windows keeps the earlier file open.
    """
    source.replace(target)
    sync_folder(target.parent)


def second_name(source: Path, target: Path) -> None:
    """A hard link; where the filesystem has none, a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        sync_file(target)
        shutil.copymode(source, target)


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f"{HALF_MADE}{path.name}")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    move(aside, path)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write an object as readable JSON, whole or not at all."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    write(path, f"{text}\n".encode())


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a JSON file; None where it is missing, torn or no object."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def append_line(path: Path, line: str) -> None:
    """Add a line to a file; a line that a crash tore off is closed first."""
    with path.open("ab+") as file:
        if file.tell() > 0:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                line = f"\n{line}"
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
