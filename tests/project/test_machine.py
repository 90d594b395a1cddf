"""What the engine may use: the machine's memory and cores, or less where a container says so."""

from pathlib import Path

import pytest
import yaml

from project import machine, paths

GIBIBYTE = 2**30


def group(folder: Path, name: str, **files: str) -> Path:
    """A control group below a folder, and the file that says we are in it."""
    (folder / name.lstrip("/")).mkdir(parents=True, exist_ok=True)
    for file, words in files.items():
        (folder / name.lstrip("/") / file.replace("_", ".", 1)).write_text(words, encoding="utf-8")
    own = folder / "own"
    own.write_text(f"0::{name}\n", encoding="utf-8")
    return own


def test_a_limit_of_a_group_goes_before_the_memory_of_the_machine(tmp_path: Path) -> None:
    own = group(tmp_path, "/jobs", memory_max=f"{GIBIBYTE // 2}\n")
    assert machine.memory_of_machine(tmp_path, own) == GIBIBYTE // 2


def test_the_least_limit_of_the_groups_above_counts(tmp_path: Path) -> None:
    group(tmp_path, "/jobs", memory_max=str(GIBIBYTE // 4))
    own = group(tmp_path, "/jobs/nightly", memory_max="max")
    assert machine.memory_of_machine(tmp_path, own) == GIBIBYTE // 4


def test_groups_of_version_1_are_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "memory" / "docker"
    folder.mkdir(parents=True)
    (folder / "memory.limit_in_bytes").write_text(str(GIBIBYTE // 2), encoding="utf-8")
    own = tmp_path / "own"
    own.write_text("5:memory:/docker\n", encoding="utf-8")
    assert machine.memory_of_machine(tmp_path, own) == GIBIBYTE // 2


def test_without_groups_the_machine_s_own_memory_counts(tmp_path: Path) -> None:
    found = machine.memory_of_machine(tmp_path, tmp_path / "none")
    assert found >= GIBIBYTE


@pytest.mark.parametrize(("quota", "cores"), [("50000 100000", 1), ("max 100000", None)])
def test_a_quota_of_cores_counts(quota: str, cores: int | None, tmp_path: Path) -> None:
    own = group(tmp_path, "/jobs", cpu_max=quota)
    expected = cores or machine.cores_of_machine(tmp_path, tmp_path / "none")
    assert machine.cores_of_machine(tmp_path, own) == expected


@pytest.mark.parametrize(
    ("gibibytes", "mebibytes"), [(0.25, 512), (2, 1024), (4, 2048), (500, machine.MOST_MEBIBYTES)]
)
def test_the_engine_gets_half_of_the_memory_between_fixed_ends(
    gibibytes: float, mebibytes: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "memory_of_machine", lambda: int(gibibytes * GIBIBYTE))
    assert machine.engine(tmp_path).memory == mebibytes


@pytest.mark.parametrize(
    ("mebibytes", "figures"),
    [(512, 181_818), (1408, 500_000), (2816, 1_000_000), (9000, 1_000_000)],
)
def test_a_slice_is_as_large_as_the_memory_allows(
    mebibytes: int, figures: int, tmp_path: Path
) -> None:
    chosen = machine.engine(tmp_path, memory=mebibytes)
    assert chosen.figures_per_slice == figures
    assert chosen.environment["XUEWEI_FIGURES_PER_SLICE"] == str(figures)


def test_a_slice_of_a_large_machine_is_that_of_the_project(tmp_path: Path) -> None:
    words = (paths.root() / "dbt_project.yml").read_text(encoding="utf-8")
    project = yaml.safe_load(words)["vars"]["figures_per_slice"]
    assert project == machine.MOST_FIGURES_PER_SLICE


def test_the_engine_runs_with_what_is_chosen(tmp_path: Path) -> None:
    import duckdb

    chosen = machine.engine(tmp_path / "spilled", memory=700, threads=1)
    with duckdb.connect(config=chosen.settings) as connection:
        found = connection.execute(
            "select current_setting('memory_limit'), current_setting('threads'),"
            " current_setting('temp_directory')"
        ).fetchone()
    assert found == ("700.0 MiB", 1, (tmp_path / "spilled").as_posix())
    assert chosen.environment["XUEWEI_MEMORY_LIMIT"] == "700MiB"
