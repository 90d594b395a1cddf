"""The checks are checked: a warehouse built from broken seeds must make every data test fail."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from project import paths

BROKEN = Path(__file__).parent / "warehouse"

PROFILE = """\
xuewei:
  target: broken
  outputs:
    broken: {type: duckdb, path: broken.duckdb, threads: 2}
"""

# One process for all three: dbt takes longer to start than to run.
RUN_ALL = """\
from dbt.cli.main import dbtRunner
runner = dbtRunner()
seeded = runner.invoke(["--quiet", "seed"])
built = runner.invoke(["--quiet", "run"])
runner.invoke(["--quiet", "test", "--exclude-resource-type", "unit_test"])
raise SystemExit(not (seeded.success and built.success))
"""


def lay_out(folder: Path) -> None:
    """The project as it is, but for its seeds, and with one model too many."""
    for name in ("macros", "models", "tests/data"):
        shutil.copytree(paths.root() / name, folder / name)
    shutil.copy(paths.root() / "dbt_project.yml", folder)
    shutil.copytree(BROKEN / "models", folder / "models" / "marts" / "broken")
    (folder / "profiles.yml").write_text(PROFILE, encoding="utf-8")
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
    ended = subprocess.run(
        [sys.executable, "-c", RUN_ALL], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, f"the broken warehouse was not built:\n{ended.stdout[-4000:]}"
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))
    status = {result["unique_id"].split(".")[2]: result["status"] for result in results["results"]}
    assert set(status) == {file.stem for file in (paths.root() / "tests/data").glob("*.sql")}
    errors = [
        f"{result['unique_id']}: {result['message']}"
        for result in results["results"]
        if result["status"] not in ("pass", "fail")
    ]
    assert errors == [], "a check that breaks down says nothing of the data"
    silent = sorted(name for name, said in status.items() if said == "pass")
    assert silent == [], "these checks stay silent: break a seed in tests/broken/warehouse for each"
