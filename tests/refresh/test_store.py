"""What a refresh makes of the figure store: an input like the seeds, judged before dbt runs."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.store import Store
from ingest.store.layout import TABLES
from ingest.store.move import move
from project.errors import InputFault
from refresh import fingerprint
from refresh.fingerprint import Inputs
from refresh.places import Places
from refresh.run import Options, refresh
from refresh.steps import Steps
from tests.ingest import broken_seeds
from tests.refresh import fakes

CITY = "sometown-2020-1"


@dataclass(frozen=True, slots=True)
class Remembered:
    inputs: dict[str, str]
    tools: dict[str, str]


@pytest.fixture
def stored(places: Places) -> Store:
    """A project whose figures lie in a store."""
    shutil.rmtree(places.root / "seeds")
    seeds = broken_seeds.lay_out(places.root / "seeds")
    store = Store(places.root / "kept")
    move(store, seeds, [CITY])
    project = places.root / "dbt_project.yml"
    project.write_text("vars: {figure_store: kept}\n", encoding="utf-8")
    return store


def damage(store: Store) -> Path:
    """Cut the largest partition of figures in half."""
    file = max(store.files("figures"), key=lambda file: file.stat().st_size)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    return file


def test_a_partition_is_an_input(places: Places, stored: Store) -> None:
    before = fingerprint.take(places.root)
    names = {name for name in before.files if name.startswith("figure_store/")}
    assert {name.split("/")[1] for name in names} == set(TABLES)
    file = damage(stored)
    assert fingerprint.take(places.root).changed(before.files) == (
        f"figure_store/{stored.name(file)}",
    )


def test_a_half_written_partition_stops_a_refresh_before_dbt_runs(
    places: Places, stored: Store
) -> None:
    def never(_: Places) -> None:
        raise AssertionError("dbt ran")

    file = damage(stored)
    real = Steps()
    steps = Steps(
        check_seeds=real.check_seeds,
        build=never,
        test_code=never,
        expect=lambda *_: fakes.HELD,
        make_outputs=lambda *_: (),
        ingest=None,
    )
    with pytest.raises(InputFault, match="half written") as refused:
        refresh(places, Options(), steps)
    assert stored.name(file) in refused.value.message


def test_only_changed_partitions_are_looked_into_after_a_publication() -> None:
    tools = {"python": "3"}
    before = Remembered({"seeds/documents/figures.csv": "a", "models/a.sql": "a"}, tools)
    part = "figure_store/figures/province=43/year=2023/part.parquet"
    files = {**before.inputs, "seeds/documents/figures.csv": "b", part: "c"}
    place = "province=43/year=2023"
    assert fingerprint.changed_partitions(Inputs(files, tools), before) == frozenset({place})


@pytest.mark.parametrize(
    "other", ["seeds/reference/regions.csv", "seeds/documents/_documents.yml", "models/a.sql"]
)
def test_all_partitions_are_looked_into_where_a_rule_may_have_changed(other: str) -> None:
    tools = {"python": "3"}
    before = Remembered({}, tools)
    assert fingerprint.changed_partitions(Inputs({other: "a"}, tools), before) is None
    assert fingerprint.changed_partitions(Inputs({}, {"python": "4"}), before) is None
    assert fingerprint.changed_partitions(Inputs({}, tools), None) is None


def test_every_setting_that_a_refresh_chooses_is_read(places: Places) -> None:
    from project import machine, paths

    readers = "".join(
        (paths.root() / name).read_text(encoding="utf-8")
        for name in ("profiles.yml", "macros/slices.sql")
    )
    for name in machine.engine(places.build / "spilled").environment:
        assert f"env_var('{name}'" in readers
