"""A seed cell that is not of its type stops the build on Spark, as it does on DuckDB."""

import shutil
from pathlib import Path

import pytest

from project import paths
from project.errors import RefusedByCheck
from spark import dbt
from spark.build import environment
from spark.places import Places


def test_a_wrong_cell_is_named_with_its_file_column_and_type(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="the extra spark is not installed (pyspark)")
    for name in ("seeds", "macros"):
        shutil.copytree(paths.root() / name, tmp_path / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(paths.root() / name, tmp_path)
    # What stands in the seeds' YAML for staging has no models here.
    for described in (tmp_path / "seeds").rglob("_*.yml"):
        text = described.read_text(encoding="utf-8").partition("\n# Staging says")[0]
        described.write_text(text.partition("\nmodels:\n")[0] + "\n", encoding="utf-8")
    seed = tmp_path / "seeds" / "reference" / "sectors.csv"
    lines = seed.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("sort_order")
    cells = lines[1].split(",")
    cells[place] = "first"
    seed.write_text("\n".join([lines[0], ",".join(cells)]) + "\n", encoding="utf-8")
    at = Places(tmp_path, tmp_path / "warehouse", tmp_path / "cache")
    words = ["seed", "--select", "sectors", "--target", "spark", "--profiles-dir", str(tmp_path)]
    with pytest.raises(RefusedByCheck) as refused:
        dbt.run(at.root, at.target, at.logs, words, environment(at))
    said = "seeds/reference/sectors.csv: 'first' in column sort_order is no integer"
    assert said in refused.value.message
