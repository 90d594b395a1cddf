"""Publish or nothing: what a refresh does when all goes well, and when a step says no."""

import json
import os
import stat
from pathlib import Path

import pytest

from project.errors import InputFault, RefusedByCheck, SwapPostponed
from refresh import durable, history, inbox, settings, versions
from refresh.places import Places
from refresh.run import Options, refresh
from refresh.status import status, text_of
from tests.refresh import fakes


def outcomes(places: Places) -> list[str]:
    return [run.outcome for run in history.runs(places.history)]


def test_the_first_refresh_publishes(places: Places) -> None:
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "published"
    assert fakes.whole_number(places.published) == 1
    assert outcomes(places) == ["published"]


def test_unchanged_inputs_build_nothing(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    before = places.published.stat()

    def never(_: Places) -> None:
        pytest.fail("it was built again")

    done, _ = refresh(places, Options(), fakes.steps(never))
    assert done.outcome == "nothing_to_do"
    assert places.published.stat().st_ino == before.st_ino


def test_force_builds_again(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    done, _ = refresh(places, Options(force=True), fakes.steps())
    assert done.outcome == "published"
    assert [v.manifest.number for v in versions.versions(places)] == [1, 2]


def test_a_changed_seed_is_published(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    fakes.set_number(places.root, 2)
    refresh(places, Options(), fakes.steps())
    assert fakes.whole_number(places.published) == 2


def test_unit_tests_run_only_after_code_changed(places: Places) -> None:
    asked: list[int] = []

    def note(where: Places) -> None:
        asked.append(fakes.number_of(where.root))

    refresh(places, Options(), fakes.steps(test_code=note))
    fakes.set_number(places.root, 2)
    refresh(places, Options(), fakes.steps(test_code=note))
    (places.root / "models").mkdir()
    (places.root / "models" / "any.sql").write_text("select 1", encoding="utf-8")
    fakes.set_number(places.root, 3)
    refresh(places, Options(), fakes.steps(test_code=note))
    assert asked == [1, 3]


def test_seed_faults_stop_before_the_build(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    fakes.set_number(places.root, 2)

    def never(_: Places) -> None:
        pytest.fail("faulty seeds were built")

    with pytest.raises(InputFault, match=r"figures\.csv row 3") as caught:
        refresh(places, Options(), fakes.steps(never, faults=["figures.csv row 3: mend it"]))
    assert caught.value.exit_code == 3
    assert fakes.whole_number(places.published) == 1


def test_a_critical_expectation_stops_publication(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    fakes.set_number(places.root, 2)
    with pytest.raises(RefusedByCheck, match="finding_id=a") as caught:
        refresh(places, Options(), fakes.steps(verdict=fakes.BROKEN))
    assert caught.value.exit_code == 4
    assert fakes.whole_number(places.published) == 1
    assert "finding_id=a" in (places.checks / "index.html").read_text(encoding="utf-8")
    assert outcomes(places) == ["published", "refused"]
    assert (places.build / "refused.duckdb").exists()


def test_inputs_that_change_during_the_build_are_not_published(places: Places) -> None:
    def build_and_edit(where: Places) -> None:
        fakes.build(where)
        fakes.set_number(where.root, 9)

    with pytest.raises(InputFault, match=r"seeds/number\.csv"):
        refresh(places, Options(), fakes.steps(build_and_edit))
    assert not places.published.exists()


def test_a_crash_of_a_step_is_written_down_and_leaves_nothing(places: Places) -> None:
    def crash(where: Places) -> None:
        where.side.write_bytes(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refresh(places, Options(), fakes.steps(crash))
    [run] = history.runs(places.history)
    assert (run.outcome, run.exit_code) == ("internal_error", 1)
    assert not places.build.exists()


def test_the_published_file_can_be_written_by_nobody(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    assert stat.S_IMODE(places.published.stat().st_mode) == 0o444


def test_nothing_that_is_written_can_be_written_by_others(places: Places) -> None:
    before = os.umask(0)
    try:
        refresh(places, Options(), fakes.steps())
    finally:
        os.umask(before)
    open_to_all = [
        path for path in places.warehouse.rglob("*") if path.stat().st_mode & stat.S_IWOTH
    ]
    assert open_to_all == []


def test_a_file_that_windows_holds_open_is_swapped_by_the_next_run(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(places, Options(), fakes.steps())
    fakes.set_number(places.root, 2)
    move = durable.move

    def held_open(source: Path, target: Path) -> None:
        if target == places.published:
            raise PermissionError(13, "held open", str(target))
        move(source, target)

    monkeypatch.setattr(durable, "move", held_open)
    with pytest.raises(SwapPostponed) as caught:
        refresh(places, Options(), fakes.steps())
    assert caught.value.exit_code == 6
    assert fakes.whole_number(places.published) == 1
    monkeypatch.setattr(durable, "move", move)

    def never(_: Places) -> None:
        pytest.fail("it was built again")

    done, _ = refresh(places, Options(), fakes.steps(never))
    assert done.outcome == "published"
    assert fakes.whole_number(places.published) == 2
    assert outcomes(places) == ["published", "swap_postponed", "published"]


def test_a_torn_line_of_the_history_is_passed_over(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    with places.history.open("ab") as file:
        file.write(b'{"run_id": "torn, "outc')
    refresh(places, Options(), fakes.steps())
    assert outcomes(places) == ["published", "nothing_to_do"]


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "3",
        "{}",
        '{"documents": 3}',
        '{"documents": {"a.txt": 3}}',
        '{"documents": {"a.txt": {"sha256": 1, "state": "lost", "run_id": "x"}}}',
    ],
)
def test_a_register_of_another_shape_is_set_aside_and_rebuilt(places: Places, content: str) -> None:
    refresh(places, Options(), fakes.steps())
    places.register.write_text(content, encoding="utf-8")
    (places.root / "inbox" / "a.txt").write_text("words", encoding="utf-8")
    status(places, settings.load(places.root))
    refresh(places, Options(), fakes.steps())
    assert list(inbox.register(places)) == ["a.txt"]
    aside = places.register.with_name("inbox-not-understood.json")
    assert aside.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    "change",
    [{"contents": 3}, {"contents": {"rows": 3}}, {"inputs": []}, {"number": "7"}, {"tools": None}],
)
def test_a_manifest_of_another_shape_is_set_aside_and_its_version_built_anew(
    places: Places, change: dict[str, object]
) -> None:
    refresh(places, Options(), fakes.steps())
    [version] = versions.versions(places)
    manifest = version.folder / versions.MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **change}))
    text_of(status(places, settings.load(places.root)))
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "published"
    assert (version.folder / "manifest-not-understood.json").exists()
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "nothing_to_do"


@pytest.mark.parametrize(
    "line",
    [
        "3",
        "[]",
        "{}",
        '{"run_id": 3}',
        '{"run_id": "a", "started_at": "b", "ended_at": "c", "outcome": "published", "seconds": 3}',
    ],
)
def test_a_line_of_the_history_of_another_shape_is_passed_over(places: Places, line: str) -> None:
    places.warehouse.mkdir()
    places.history.write_text(f"{line}\n", encoding="utf-8")
    refresh(places, Options(), fakes.steps())
    assert outcomes(places) == ["published"]
    text_of(status(places, settings.load(places.root)))
