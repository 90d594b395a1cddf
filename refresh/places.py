"""Where a refresh keeps its things, all inside the warehouse folder and on its filesystem."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from project import paths
from project.at_work import LOCK

# Whatever begins so is half-made: the next refresh removes it.
HALF_MADE: Final = ".new-"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one warehouse."""

    root: Path
    warehouse: Path

    @property
    def published(self) -> Path:
        """What readers open."""
        return self.warehouse / "xuewei.duckdb"

    @property
    def build(self) -> Path:
        """Folder of what is being built; emptied by every refresh."""
        return self.warehouse / ".build"

    @property
    def side(self) -> Path:
        """The file that dbt writes; its stem is that of the published file."""
        return self.build / "xuewei.duckdb"

    @property
    def versions(self) -> Path:
        """Folder with one folder per version."""
        return self.warehouse / "versions"

    @property
    def checks(self) -> Path:
        """Folder of the validation page."""
        return self.warehouse / "checks"

    @property
    def checks_page(self) -> Path:
        """The validation page of the last file that was judged, published or refused."""
        return self.checks / "index.html"

    @property
    def history(self) -> Path:
        """The run history, one JSON object a line."""
        return self.warehouse / "runs.jsonl"

    @property
    def taken_in(self) -> Path:
        """Folder of the copies of documents that wait for review."""
        return self.warehouse / "taken_in"

    @property
    def register(self) -> Path:
        """Which documents of the inbox were seen, and what became of them."""
        return self.warehouse / "inbox.json"

    @property
    def hold(self) -> Path:
        """Says that a person rolled back, and on which inputs."""
        return self.warehouse / "held.json"

    @property
    def lock(self) -> Path:
        """Locked by the operating system while a refresh is at work."""
        return self.warehouse / LOCK

    @property
    def owner(self) -> Path:
        """Who holds the lock."""
        return self.warehouse / ".refresh-owner.json"


def places() -> Places:
    """The places of this project."""
    return Places(paths.root(), paths.warehouse_folder())
