"""Report and exports are made from the file that is being judged, and shown only with it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from project import paths
from project.at_work import STAMP, stamped
from project.errors import Locked, RefusedByCheck, XueweiError
from refresh import lock, outputs, versions, workers
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


def test_outputs_that_fail_leave_the_version_published_and_are_made_next_time(
    places: Places,
) -> None:
    made: list[Path] = []

    def fail(_places: Places, _file: Path) -> tuple[str, ...]:
        raise ValueError("no font")

    def make(_places: Places, file: Path) -> tuple[str, ...]:
        made.append(file)
        return ()

    with pytest.raises(XueweiError, match="no font"):
        refresh(places, Options(), fakes.steps(outputs=fail))
    assert fakes.whole_number(places.published) == 1
    done, _ = refresh(places, Options(), fakes.steps(outputs=make))
    assert (done.outcome, len(made)) == ("nothing_to_do", 1)
    refresh(places, Options(), fakes.steps(outputs=make))
    assert len(made) == 1


def test_the_report_holds_the_checks_of_its_own_version(places: Places) -> None:
    """Not those of a file that was judged later and refused, nor after a rollback."""
    page = places.warehouse / "report" / "checks" / "index.html"
    shown_after = []
    for number in (1, 2):
        fakes.set_number(places.root, number)
        refresh(places, Options(), fakes.steps(outputs=make))
        assert page.read_bytes() == places.checks_page.read_bytes()
        shown_after.append(page.read_bytes())
    fakes.set_number(places.root, 3)
    with pytest.raises(RefusedByCheck):
        refresh(places, Options(), fakes.steps(verdict=fakes.BROKEN, outputs=make))
    assert page.read_bytes() == shown_after[1] != places.checks_page.read_bytes()
    rollback(places, None, fakes.steps(outputs=make))
    assert page.read_bytes() == shown_after[0] != shown_after[1]


def test_checks_are_linked_only_where_there_will_be_some(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []

    def call(function: str, *arguments: object) -> None:
        if function == "report:build":
            told.extend(arguments[3:])

    monkeypatch.setattr(workers, "call", call)
    for file in (places.side, places.published):
        outputs.make(places, file)
    assert told == [("checks",), ()]


def test_a_large_warehouse_keeps_its_earlier_outputs_and_says_how_to_make_them(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(workers, "call", lambda function, *_: called.append(function))
    file = places.root / "three_figures.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table figures as select range as figure_id from range(3)")
    assert outputs.make_up_to(3, places, file) == ()
    assert sorted(called) == ["export.release:build", "report.catalogue:build", "report:build"]
    [said] = outputs.make_up_to(2, places, file)
    assert len(called) == 3
    assert said.startswith("3 figures are more than outputs_up_to (2)")
    assert "xuewei report and xuewei export" in said


def test_what_a_room_left_out_is_told(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def call(function: str, *_: object) -> object:
        left_out = ("lineage is a view",) if function.startswith("export") else ()
        return SimpleNamespace(left_out=left_out)

    monkeypatch.setattr(workers, "call", call)
    assert outputs.make(places, places.published) == ("lineage is a view",)


def test_a_room_whose_packages_are_missing_is_left_out_and_named(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(function: str, *_: object) -> None:
        if function.startswith("export"):
            raise ModuleNotFoundError("none", name="xlsxwriter")

    monkeypatch.setattr(workers, "call", call)
    said = outputs.make(places, places.published)
    assert said == ("exports left out: the package xlsxwriter is not installed.",)


@pytest.mark.skipif(os.name == "nt", reason="the runs that are killed are forked")
@pytest.mark.parametrize("act", ["refresh", "rollback"])
def test_killed_at_any_change_of_the_disk_all_parts_are_of_one_version_after_the_next_run(
    tmp_path: Path, act: str
) -> None:
    """XUEWEI_SLOW=1 kills at every change of the disk; the ordinary suite at every eleventh."""
    step = "1" if os.environ.get("XUEWEI_SLOW") else "11"
    done = subprocess.run(
        [sys.executable, "-m", "tests.refresh.kills", str(tmp_path), act, step],
        cwd=paths.root(),
        env={**os.environ, "XUEWEI_LANG": "en", "PYTHONPATH": str(paths.root())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30


@pytest.mark.parametrize("harm", ["other version", "no stamp", "gone"])
def test_outputs_of_another_version_are_made_again_though_nothing_changed(
    places: Places, harm: str
) -> None:
    refresh(places, Options(), fakes.steps(outputs=make))
    report = places.warehouse / "report"
    assert outputs.belong(places, current(places))
    if harm == "gone":
        shutil.rmtree(report)
    elif harm == "no stamp":
        (report / STAMP).unlink()
    else:
        (report / STAMP).write_text("0007-2026-11-22T0230Z\n", encoding="utf-8")
    done, _ = refresh(places, Options(), fakes.steps(outputs=make))
    assert done.outcome == "nothing_to_do"
    assert outputs.belong(places, current(places))
    assert shown(places) == 1


def test_what_is_made_by_hand_waits_for_no_refresh_and_names_its_version(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUEWEI_ROOT", str(places.root))
    refresh(places, Options(), fakes.steps(outputs=make))
    report = places.warehouse / "report"
    (report / STAMP).unlink()
    with stamped(places.published, report), pytest.raises(Locked):
        refresh(places, Options(), fakes.steps(outputs=make))
    assert outputs.belong(places, current(places))
    with lock.hold(places, "1"), pytest.raises(Locked, match="wait until it has ended"):
        stamped(places.published, report).__enter__()
    with lock.hold(places, "1"), stamped(places.root / "other.duckdb", places.root / "report"):
        pass


def test_what_a_killed_report_or_export_left_is_cleared_away(places: Places) -> None:
    refresh(places, Options(), fakes.steps(outputs=make))
    for name in (".report-x1y2", ".exports-new", ".catalogue-a"):
        (places.warehouse / name).mkdir()
    refresh(places, Options(), fakes.steps(outputs=make))
    assert not [
        path.name
        for path in places.warehouse.iterdir()
        if path.name[:3] in {".re", ".ex"} and path.is_dir()
    ]


def current(places: Places) -> versions.Version:
    live = versions.current(places)
    assert live is not None
    return live
