"""Publish or nothing: what a refresh does when all goes well, and when a step says no."""

import os
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from project.errors import InputFault, RefusedByCheck, SwapPostponed, UsageFault, XueweiError
from refresh import clock, durable, history, runs_table, versions, workers
from refresh.differences import differences
from refresh.places import Places
from refresh.rollback import rollback
from refresh.run import Options, refresh
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


def test_keep_drops_the_oldest_versions(places: Places) -> None:
    for number in range(1, 6):
        fakes.set_number(places.root, number)
        refresh(places, Options(keep=2), fakes.steps())
    assert [v.manifest.number for v in versions.versions(places)] == [3, 4, 5]


def test_rollback_puts_the_version_before_back_and_refresh_leaves_it(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    fakes.set_number(places.root, 2)
    refresh(places, Options(), fakes.steps())
    rollback(places, None, fakes.steps())
    assert fakes.whole_number(places.published) == 1
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "nothing_to_do"
    assert fakes.whole_number(places.published) == 1
    fakes.set_number(places.root, 3)
    refresh(places, Options(), fakes.steps())
    assert fakes.whole_number(places.published) == 3


def test_rollback_takes_a_version_by_name_or_number(places: Places) -> None:
    for number in (1, 2, 3):
        fakes.set_number(places.root, number)
        refresh(places, Options(), fakes.steps())
    name = versions.versions(places)[0].manifest.name
    assert rollback(places, name, fakes.steps()).manifest.number == 1
    assert rollback(places, "2", fakes.steps()).manifest.number == 2
    with pytest.raises(UsageFault, match="there is no version 77"):
        rollback(places, "77", fakes.steps())


def test_rollback_refuses_a_damaged_version(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    fakes.set_number(places.root, 2)
    refresh(places, Options(), fakes.steps())
    damage(versions.versions(places)[0].file)
    with pytest.raises(RefusedByCheck, match="damaged"):
        rollback(places, None, fakes.steps())
    assert fakes.whole_number(places.published) == 2


def test_a_damaged_earlier_version_does_not_stop_a_refresh(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    damage(places.published)
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.outcome == "published"
    assert fakes.whole_number(places.published) == 1
    assert (places.warehouse / "replaced.duckdb").exists()


def test_a_clock_set_back_does_not_confuse_the_order(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(places, Options(), fakes.steps())
    monkeypatch.setattr(clock, "now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    fakes.set_number(places.root, 2)
    refresh(places, Options(), fakes.steps())
    assert fakes.whole_number(places.published) == 2
    assert [v.manifest.number for v in versions.versions(places)] == [1, 2]
    rollback(places, None, fakes.steps())
    assert fakes.whole_number(places.published) == 1


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


def test_data_reach_the_disk_before_the_name_does(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, str]] = []
    sync_file, sync_folder, move = durable.sync_file, durable.sync_folder, durable.move

    def note_file(path: Path) -> None:
        calls.append(("sync", path.name))
        sync_file(path)

    def note_folder(path: Path) -> None:
        calls.append(("sync", path.name))
        sync_folder(path)

    def note_move(source: Path, target: Path) -> None:
        calls.append(("rename", target.name))
        move(source, target)

    monkeypatch.setattr(durable, "sync_file", note_file)
    monkeypatch.setattr(durable, "sync_folder", note_folder)
    monkeypatch.setattr(durable, "move", note_move)
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.version is not None
    name = done.version.manifest.name
    data = calls.index(("sync", "xuewei.duckdb"))
    kept = calls.index(("rename", name))
    published = max(n for n, call in enumerate(calls) if call == ("rename", "xuewei.duckdb"))
    assert data < kept < published
    assert ("sync", "versions") in calls[kept:published]
    assert calls[published + 1] == ("sync", "warehouse")


def test_every_file_is_synced_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(descriptor: int) -> None:
        calls.append("fsync")
        fsync(descriptor)

    def note_replace(path: Path, target: Path) -> Path:
        calls.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    durable.write(tmp_path / "a.json", b"{}")
    assert calls == ["fsync", "rename", "fsync"]


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


def test_a_history_with_every_outcome_keeps_no_later_version_from_being_published(
    warehouse: Path, tmp_path: Path
) -> None:
    """The expectations look at the table of the runs too, and at its numbers."""
    file = tmp_path / "xuewei.duckdb"
    shutil.copyfile(warehouse, file)
    at = "2026-11-22T02:30:15+00:00"
    runs = [
        history.Run(f"20261122T023015Z-{number:04}", at, at, outcome, code, error="it failed")
        for number, (outcome, code) in enumerate(
            zip(get_args(history.Outcome), (0, 0, 4, 3, 5, 6, 1, None, 0), strict=True)
        )
    ]
    runs_table.add(file, runs)
    verdict = workers.call("expectations:run", file)
    assert not [result.name for result in verdict.failed if "refresh_runs" in str(result.rows)]


def test_a_torn_line_of_the_history_is_passed_over(places: Places) -> None:
    refresh(places, Options(), fakes.steps())
    with places.history.open("ab") as file:
        file.write(b'{"run_id": "torn, "outc')
    refresh(places, Options(), fakes.steps())
    assert outcomes(places) == ["published", "nothing_to_do"]


def test_differences_name_rows_by_key_and_the_document_behind_them(
    places: Places, tmp_path: Path
) -> None:
    files = [warehouse_with_lineage(tmp_path / f"{value}.duckdb", value) for value in (1, 2)]
    found = {entry.mart: entry for entry in differences(files[0], files[1], 10)}
    assert set(found) == {"figures", "places", "unkeyed"}
    assert [(c.kind, c.key, c.columns) for c in found["places"].rows] == [
        ("added", "region_code=c", ()),
        ("changed", "region_code=a", ("places",)),
        ("removed", "region_code=b", ()),
    ]
    assert found["places"].documents == ("letter",)
    assert (found["unkeyed"].is_keyed, found["unkeyed"].added, found["unkeyed"].removed) == (
        False,
        1,
        1,
    )


def warehouse_with_lineage(file: Path, value: int) -> Path:
    import duckdb

    other = {1: "b", 2: "c"}[value]
    with duckdb.connect(str(file)) as connection:
        for statement in (
            "create table figures as select 'letter-1' as figure_id, 'letter' as document_id, "
            f"{value} as value",
            f"create table places as select 'a' as region_code, {value} as places "
            f"union all select '{other}', 5",
            f"create table unkeyed as select {value} as anything",
            "create table alike as select 1 as number",
            "create table lineage as select 'places' as mart, 'region_code=a' as row_key, "
            "'letter-1' as input_figure_id",
            "create table data_dictionary as select * from (values "
            "('figures', 'figure_id', 1, true), ('places', 'region_code', 1, true), "
            "('figures', 'value', null, false)) as t (mart, column_name, key_position, is_key)",
        ):
            connection.execute(statement)
    return file


def damage(file: Path) -> None:
    """Spoil bytes in place, as a failing disk would."""
    file.chmod(0o644)
    with file.open("r+b") as content:
        content.seek(4096)
        content.write(b"\xff" * 4096)
