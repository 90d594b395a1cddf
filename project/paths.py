"""Where things lie. Folders can be moved by environment variables, names are fixed."""

import os
from pathlib import Path


def root() -> Path:
    """The project's root: `XUEWEI_ROOT`, else the folder that holds this source tree."""
    moved = os.environ.get("XUEWEI_ROOT")
    return Path(moved).resolve() if moved else Path(__file__).resolve().parent.parent


def seeds_folder() -> Path:
    """Folder of the seed CSV files and their YAML."""
    return root() / "seeds"


def documents_folder() -> Path:
    """Folder of the source documents: `XUEWEI_DOCUMENTS`, else `documents/`; may not exist."""
    moved = os.environ.get("XUEWEI_DOCUMENTS")
    return Path(moved).resolve() if moved else root() / "documents"


def warehouse_folder() -> Path:
    """Folder of everything that is built; may not exist yet."""
    return root() / "warehouse"


def published_file() -> Path:
    """The published warehouse, replaced by one rename and never written to in place."""
    return warehouse_folder() / "xuewei.duckdb"


def logs_folder() -> Path:
    """Folder of the logs; may not exist yet."""
    return root() / "logs"
