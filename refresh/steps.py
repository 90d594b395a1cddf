"""The heavy steps of a refresh as functions, so that tests can put small ones in their place."""

import gc
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from expectations.verdict import Verdict
from refresh import workers
from refresh.extractor import Ingest, extractor
from refresh.places import Places


def _check_seeds(root: Path, changed: Collection[str] | None) -> list[str]:
    from ingest.store.all_rows import check_all

    return [fault.text() for fault in check_all(root / "seeds", root, changed)]


def _build(places: Places) -> None:
    from refresh.build import build

    # What dbt parses stays to the end; looking through it for garbage is made rare.
    gc.set_threshold(100_000, 50, 100)
    build(places)


def _test_code(places: Places) -> None:
    from refresh.build import test_code

    test_code(places)


def _expect(file: Path, changed: frozenset[str] | None) -> Verdict:
    verdict: Verdict = workers.call("expectations:run", file, frozenset(), changed)
    return verdict


def _make_outputs(places: Places, file: Path) -> tuple[str, ...]:
    from refresh import settings
    from refresh.outputs import make_up_to

    return make_up_to(settings.load(places.root).outputs_up_to, places, file)


@dataclass(frozen=True, slots=True)
class Steps:
    """What a refresh calls; each imports its heavy library only when it is called.

    check_seeds: sentences about faults in the seeds and the store of a project, none for clean
    ones; of the store, only the changed partitions are looked into, or all where they are None.
    build: writes the side file or raises RefusedByCheck.
    test_code: raises RefusedByCheck where a model is wrong in itself; asked after code changed.
    expect: judges a file, of which only the rows of some regions are new, or all (None).
    make_outputs: makes report and exports in the build folder; gives back what it left out.
    at_hand: held while a version is made, so that late steps can import what they need early.
    ingest: takes documents in; None while there is no extractor.
    """

    check_seeds: Callable[[Path, Collection[str] | None], list[str]] = _check_seeds
    build: Callable[[Places], None] = _build
    test_code: Callable[[Places], None] = _test_code
    expect: Callable[[Path, frozenset[str] | None], Verdict] = _expect
    make_outputs: Callable[[Places, Path], tuple[str, ...]] = _make_outputs
    ingest: Ingest | None = field(default_factory=extractor)
    at_hand: Callable[[], AbstractContextManager[None]] = workers.at_hand
