"""The checks are checked: a warehouse built from broken seeds must make every data test fail."""

import csv
import shutil
from pathlib import Path

import pytest
import yaml

from project import paths
from tests.in_dbt import ONLY_TABLES, dbt, lay_out_profile, must

BROKEN = Path(__file__).parent / "warehouse"

# A library of dbt's may warn of what the next release of Python brings.
pytestmark = pytest.mark.filterwarnings("default")


def lay_out(folder: Path) -> None:
    """The project as it is, but for its seeds, and with one model too many."""
    for name in ("macros", "models", "tests/data"):
        shutil.copytree(paths.root() / name, folder / name)
    shutil.copy(paths.root() / "dbt_project.yml", folder)
    shutil.copytree(BROKEN / "models", folder / "models" / "marts" / "broken")
    lay_out_profile(folder, folder / "broken.duckdb")
    for described in sorted(paths.seeds_folder().rglob("_*.yml")):
        place = folder / "seeds" / described.parent.name
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(described, place)
        for seed in yaml.safe_load(described.read_text(encoding="utf-8"))["seeds"]:
            lay_out_seed(place / f"{seed['name']}.csv", list(seed["config"]["column_types"]))


def lay_out_seed(file: Path, columns: list[str]) -> None:
    """The broken seed of that name, or an empty one where nothing is broken in it."""
    if (BROKEN / "seeds" / file.name).exists():
        shutil.copy(BROKEN / "seeds" / file.name, file)
        return
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerow(columns)


def test_every_check_fires_on_broken_seeds(tmp_path: Path) -> None:
    lay_out(tmp_path)
    parsed = dbt(tmp_path, tmp_path, "parse").result
    must(dbt(tmp_path, tmp_path, "build", *ONLY_TABLES, manifest=parsed))
    words = ("test", "--exclude-resource-type", "unit_test")
    results = dbt(tmp_path, tmp_path, *words, manifest=parsed).result.results
    status = {result.node.name: str(result.status) for result in results}
    assert set(status) == {file.stem for file in (paths.root() / "tests/data").glob("*.sql")}
    errors = [
        f"{result.node.name}: {result.message}"
        for result in results
        if str(result.status) not in ("pass", "fail")
    ]
    assert errors == [], "a check that breaks down says nothing of the data"
    silent = sorted(name for name, said in status.items() if said == "pass")
    assert silent == [], "these checks stay silent: break a seed in tests/broken/warehouse for each"
