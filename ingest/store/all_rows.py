"""Checks everything that staging reads: the seeds, and the figure store where there is one."""

from collections.abc import Collection
from pathlib import Path

from ingest.seeds import Fault, check
from ingest.store.check import check_files, check_rows
from ingest.store.layout import configured_store
from ingest.store.move import documents_of


def check_all(
    seeds: Path, root: Path | None = None, changed: Collection[str] | None = None
) -> list[Fault]:
    """Faults of the seeds and of the configured store; partitions as `check_store` takes them.

    While a file of the store can't be read, or a seed is at fault, the rows of the store are not
    judged. Raises InputFault where the store is configured wrongly.
    """
    store = configured_store(root)
    if store is None:
        return check(seeds)
    return (
        check_files(store, seeds, changed)
        or check(seeds, documents_of(store))
        or check_rows(store, seeds, changed)
    )
