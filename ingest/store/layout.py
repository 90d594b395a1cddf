"""Where the store keeps its rows, and how several files change all together or not at all.

    <store>/<table>/province=43/year=2023/part.parquet

A document belongs to one province and one year of publication, so all of its rows lie in one
folder of each table: taking a document in rewrites three small files and no other, however many
years and provinces there are, and a partition of one province and year stays small for ever.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from project import paths
from project.disk import sync
from project.errors import InputFault, Locked
from project.language import say

VARIABLE: Final = "figure_store"
TABLES: Final = ("documents", "figures", "non_figures")
PART: Final = "part.parquet"
# Holds no rows: a table that is still empty can be read like any other.
EMPTY: Final = f"province=00/year=0000/{PART}"

_ASIDE: Final = ".new"
_JOURNAL: Final = "commit.json"
_LOCK: Final = ".lock"


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of partitions."""

    folder: Path

    @property
    def exists(self) -> bool:
        """Whether it has been laid out."""
        return all((self.folder / table).is_dir() for table in TABLES)

    def files(self, table: str) -> tuple[Path, ...]:
        """The partitions of a table, by name."""
        return tuple(sorted((self.folder / table).glob("province=*/year=*/*.parquet")))

    def all_files(self) -> Iterator[tuple[str, Path]]:
        """Every partition with its name below the store, with slashes."""
        for table in TABLES:
            for file in self.files(table):
                yield self.name(file), file

    def name(self, file: Path) -> str:
        """`figures/province=43/year=2023/part.parquet`, as faults give it."""
        return file.relative_to(self.folder).as_posix()

    def aside(self, name: str) -> Path:
        """Where a partition is written before it gets its name."""
        return self.folder / _ASIDE / name

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the store alone while it changes; what a crash left half done is done first.

        Raises Locked where another process changes it.
        """
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / _LOCK, timeout=0):
                self.recover()
                yield
        except Timeout:
            raise Locked(say("ingest_store.locked", folder=self.folder)) from None

    def recover(self) -> None:
        """Finish the change that a crash interrupted after it was decided; drop what was not."""
        journal = self.folder / _JOURNAL
        if journal.exists():
            decided = json.loads(journal.read_text(encoding="utf-8"))
            self._carry_out(decided["written"], decided["removed"])
            journal.unlink()
        shutil.rmtree(self.folder / _ASIDE, ignore_errors=True)

    def commit(self, written: Sequence[str], removed: Iterable[str] = ()) -> None:
        """Give the partitions written aside their names, and remove others, all or none."""
        for name in written:
            sync(self.aside(name))
        decision = {"written": list(written), "removed": sorted(set(removed) - set(written))}
        aside = self.folder / _ASIDE / _JOURNAL
        aside.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(decision), encoding="utf-8")
        sync(aside)
        aside.replace(self.folder / _JOURNAL)
        sync(self.folder)
        self.recover()

    def _carry_out(self, written: Iterable[str], removed: Iterable[str]) -> None:
        for name in written:
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            # A rename that is missing its source was carried out before the crash.
            if self.aside(name).exists():
                self.aside(name).replace(target)
                sync(target.parent)
        for name in removed:
            (self.folder / name).unlink(missing_ok=True)


def configured_store(root: Path | None = None) -> Store | None:
    """The store that the var `figure_store` of dbt_project.yml names; None where it names none.

    Raises InputFault where the var is no text or its folder is no store.
    """
    import yaml

    root = root or paths.root()
    project = root / "dbt_project.yml"
    if not project.exists():
        return None
    settings = yaml.safe_load(project.read_text(encoding="utf-8")) or {}
    named = (settings.get("vars") or {}).get(VARIABLE)
    if named is None:
        return None
    if not isinstance(named, str) or not named:
        raise InputFault(say("ingest_store.not_a_folder", variable=VARIABLE))
    store = Store(root / named)
    if not store.exists:
        raise InputFault(say("ingest_store.no_store", variable=VARIABLE, folder=named))
    return store


def partition(region_code: str, year: int) -> str:
    """Folder of a document: the province of its region and the year of its publication."""
    return f"province={region_code[:2]}/year={year:04d}"
