"""What this machine, or the container that we run in, lets a process have: memory and cores."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GROUPS: Final = Path("/sys/fs/cgroup")
OWN_GROUPS: Final = Path("/proc/self/cgroup")
MEBIBYTE: Final = 2**20

# With what dbt and the buffers take beside it, the process stays below four GiB.
MOST_MEBIBYTES: Final = 2816
LEAST_MEBIBYTES: Final = 512

# What a large build works out at a time with the most memory (macros/slices.sql).
MOST_FIGURES_PER_SLICE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Engine:
    """How the database engine is to run: memory in MiB, threads, folder for what spills."""

    memory: int
    threads: int
    temporary: Path

    @property
    def figures_per_slice(self) -> int:
        """Figures of the regions that a large build works out at a time."""
        return min(MOST_FIGURES_PER_SLICE, MOST_FIGURES_PER_SLICE * self.memory // MOST_MEBIBYTES)

    @property
    def environment(self) -> Mapping[str, str]:
        """The same as environment variables, which profiles.yml and the models read."""
        return {
            "XUEWEI_MEMORY_LIMIT": f"{self.memory}MiB",
            "XUEWEI_FIGURES_PER_SLICE": str(self.figures_per_slice),
            "XUEWEI_THREADS": str(self.threads),
            "XUEWEI_TEMPORARY": self.temporary.as_posix(),
        }

    @property
    def settings(self) -> dict[str, str | bool | int | float | list[str]]:
        """The same as the configuration of a DuckDB connection."""
        return {
            "memory_limit": f"{self.memory}MiB",
            "threads": self.threads,
            "temp_directory": self.temporary.as_posix(),
        }


def engine(temporary: Path, memory: int | None = None, threads: int | None = None) -> Engine:
    """Half of the memory, between fixed ends, and every core; given numbers go before."""
    half = memory_of_machine() // 2 // MEBIBYTE
    chosen = max(LEAST_MEBIBYTES, min(half, MOST_MEBIBYTES))
    return Engine(memory or chosen, threads or cores_of_machine(), temporary)


def memory_of_machine(groups: Path = GROUPS, own: Path = OWN_GROUPS) -> int:
    """Bytes that this process may use: the machine's, or the least limit of its control groups."""
    limits = [_physical(), *_limits(groups, own)]
    return min(limit for limit in limits if limit > 0)


def cores_of_machine(groups: Path = GROUPS, own: Path = OWN_GROUPS) -> int:
    """Cores that this process may use, at least one; a part of a core counts as none."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    shares = [
        int(int(quota) / int(period))
        for folder in _groups(groups, own)
        for quota, period in [_words(folder / "cpu.max")]
        if quota.isdigit() and period.isdigit() and int(period) > 0
    ]
    return max(1, min([allowed or 1, *shares]))


def _physical() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        # No such call, as on Windows: a size that every machine of today has.
        return 2 * LEAST_MEBIBYTES * MEBIBYTE


def _limits(groups: Path, own: Path) -> Iterator[int]:
    for folder in _groups(groups, own):
        for name in ("memory.max", "memory.limit_in_bytes"):
            word = _words(folder / name)[0]
            if word.isdigit():
                yield int(word)


def _groups(groups: Path, own: Path) -> Iterator[Path]:
    """Folders of the control groups in which we are, version 2 and 1, and of those above them."""
    yield from (groups, groups / "memory")
    try:
        lines = own.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = (*line.split(":", 2), "", "")[:3]
        if controllers in ("", "memory"):
            below = Path(path.lstrip("/"))
            for part in (below, *below.parents):
                yield groups / controllers / part


def _words(file: Path) -> tuple[str, str]:
    """The first two words of a small file; empty where there are none."""
    try:
        words = file.read_text(encoding="utf-8").split()
    except OSError:
        words = []
    first, second = [*words, "", ""][:2]
    return first, second
