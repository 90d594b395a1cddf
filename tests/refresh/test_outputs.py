"""Report and exports are made from the file that is being judged, and shown only with it."""

from pathlib import Path

import pytest

from project.errors import RefusedByCheck, XueweiError
from refresh import outputs, workers
from refresh.places import Places
from refresh.rollback import rollback
from refresh.run import Options, refresh
from tests.refresh import fakes


def make(places: Places, file: Path) -> tuple[str, ...]:
    """A report that holds the number of the warehouse that it was made from."""
    folder = places.build / "report"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(str(fakes.whole_number(file)), encoding="utf-8")
    return ()


def shown(places: Places) -> int:
    return int((places.warehouse / "report" / "index.html").read_text(encoding="utf-8"))


def test_the_report_is_that_of_the_published_file(places: Places) -> None:
    for number in (1, 2):
        fakes.set_number(places.root, number)
        refresh(places, Options(), fakes.steps(outputs=make))
        assert (shown(places), fakes.whole_number(places.published)) == (number, number)
    rollback(places, None, fakes.steps(outputs=make))
    assert (shown(places), fakes.whole_number(places.published)) == (1, 1)
    assert not places.build.exists()


def test_the_report_of_a_refused_file_is_shown_to_nobody(places: Places) -> None:
    refresh(places, Options(), fakes.steps(outputs=make))
    fakes.set_number(places.root, 2)
    with pytest.raises(RefusedByCheck):
        refresh(places, Options(), fakes.steps(verdict=fakes.BROKEN, outputs=make))
    assert shown(places) == 1


def test_a_report_that_fails_leaves_the_earlier_one_until_the_next_run(
    places: Places,
) -> None:
    refresh(places, Options(), fakes.steps(outputs=make))
    fakes.set_number(places.root, 2)

    def fail(_places: Places, _file: Path) -> tuple[str, ...]:
        raise ValueError("no font")

    with pytest.raises(XueweiError, match="no font"):
        refresh(places, Options(), fakes.steps(outputs=fail))
    assert (shown(places), fakes.whole_number(places.published)) == (1, 2)
    refresh(places, Options(), fakes.steps(outputs=make))
    assert shown(places) == 2


def test_a_room_whose_packages_are_missing_is_left_out_and_named(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(function: str, *_: object) -> None:
        if function.startswith("export"):
            raise ModuleNotFoundError("none", name="xlsxwriter")

    monkeypatch.setattr(workers, "call", call)
    said = outputs.make(places, places.published)
    assert said == ("exports left out: the package xlsxwriter is not installed.",)
