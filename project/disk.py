"""Forcing what was written to the disk, so that it survives a crash of the machine."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Force a file's data, or a folder's names, to the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
