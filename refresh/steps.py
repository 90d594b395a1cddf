"""The heavy steps of a refresh as functions, so that tests can put small ones in their place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from expectations.verdict import Verdict
from refresh.extractor import Ingest, extractor
from refresh.places import Places


def _check_seeds(folder: Path) -> list[str]:
    from ingest.seeds import check

    return [fault.text() for fault in check(folder)]


def _build(places: Places) -> None:
    from refresh.build import build

    build(places)


def _test_code(places: Places) -> None:
    from refresh.build import test_code

    test_code(places)


def _expect(file: Path) -> Verdict:
    import expectations

    return expectations.run(file)


def _make_outputs(places: Places, file: Path) -> tuple[str, ...]:
    from refresh.outputs import make

    return make(places, file)


@dataclass(frozen=True, slots=True)
class Steps:
    """What a refresh calls; each imports its heavy library only when it is called.

    check_seeds: sentences about faults, none for clean seeds.
    build: writes the side file or raises RefusedByCheck.
    test_code: raises RefusedByCheck where a model is wrong in itself; asked after code changed.
    expect: judges a file.
    make_outputs: gives back what it left out.
    ingest: takes documents in; None while there is no extractor.
    """

    check_seeds: Callable[[Path], list[str]] = _check_seeds
    build: Callable[[Places], None] = _build
    test_code: Callable[[Places], None] = _test_code
    expect: Callable[[Path], Verdict] = _expect
    make_outputs: Callable[[Places, Path], tuple[str, ...]] = _make_outputs
    ingest: Ingest | None = field(default_factory=extractor)
