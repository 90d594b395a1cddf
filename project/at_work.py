"""What is made by hand beside the published file keeps out of the way of a refresh."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

from project import paths
from project.errors import Locked
from project.language import say

LOCK: Final = ".refresh.lock"
STAMP: Final = "version.txt"
"""File in every output: the name of the version from which it was made."""


@contextmanager
def stamped(source: Path, *folders: Path) -> Iterator[None]:
    """Let folders be made from the warehouse `source`; each then names its version.

    Where one of them belongs to the warehouse, no refresh works meanwhile: neither does a new
    version come between, nor do two write the same. Raises Locked where one is at work already.
    """
    home = paths.warehouse_folder().resolve()
    with _alone(home) if _is_of(home, (source, *folders)) else nullcontext():
        name = version_of(source)
        yield
        for folder in folders if name else ():
            (folder / STAMP).write_text(f"{name}\n", encoding="utf-8")


def _is_of(home: Path, places: Sequence[Path]) -> bool:
    found = any(place.absolute().resolve().is_relative_to(home) for place in places)
    return found and os.access(home, os.W_OK)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(home / LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise Locked(say("xuewei.locked")) from None
    try:
        yield
    finally:
        lock.release()


def version_of(file: Path) -> str | None:
    """The version whose file this is; None where it is of none, or only equal to one."""
    if not file.is_file():
        return None
    kept = (paths.warehouse_folder() / "versions").glob(f"[0-9]*/{file.name}")
    return next((one.parent.name for one in sorted(kept) if one.samefile(file)), None)
