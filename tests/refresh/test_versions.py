"""Versions of the warehouse: which are kept, how one comes back, and how two differ."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from project.errors import RefusedByCheck, UsageFault
from refresh import clock, versions
from refresh.differences import differences
from refresh.places import Places
from refresh.rollback import rollback
from refresh.run import Options, refresh
from tests.refresh import fakes


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


def test_differences_name_rows_by_key_and_the_document_behind_them(tmp_path: Path) -> None:
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
