"""What the metrics of models/marts/_semantic_models.yml give is what the marts hold."""

import csv
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from project import paths
from query.connection import open_warehouse

METRICS = {
    "surplus_places": "kindergarten_places.surplus_derived",
    "utilisation_pct": "kindergarten_places.utilisation_pct",
    "amount_waived_yuan": "fee_waivers.amount_waived_yuan",
    "amount_per_pupil_yuan": "fee_waivers.amount_per_pupil_yuan",
    "pupils_per_post": "teacher_posts.pupils_per_post",
    "posts_vacant": "teacher_posts.posts_vacant",
    "participation_pct": "after_school_service.pupil_participation_pct",
}
PROFILE = """\
xuewei:
  target: test
  outputs:
    test: {type: duckdb, path: FILE, threads: 1}
"""

Metrics = dict[tuple[str, str], dict[str, str]]


def program() -> Path:
    """MetricFlow's program; `XUEWEI_MF` names one of another environment."""
    found = os.environ.get("XUEWEI_MF") or shutil.which("mf", path=Path(sys.executable).parent)
    if not found:
        pytest.skip("dbt-metricflow is not installed (extra metrics)")
    return Path(found)


@pytest.fixture(scope="module")
def project(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the built file and of the manifest that dbt wrote beside it."""
    program()
    manifest = warehouse.with_name("semantic_manifest.json")
    if not manifest.exists():
        pytest.skip(f"dbt wrote no {manifest.name} beside {warehouse}")
    models = json.loads(manifest.read_text(encoding="utf-8"))["semantic_models"]
    folder = tmp_path_factory.mktemp("metrics")
    (folder / "target").mkdir()
    shutil.copyfile(manifest, folder / "target" / manifest.name)
    shutil.copyfile(paths.root() / "dbt_project.yml", folder / "dbt_project.yml")
    # The manifest's names begin with the name that the file had when it was built.
    file = folder / f"{models[0]['node_relation']['database']}.duckdb"
    shutil.copyfile(warehouse, file)
    (folder / "profiles.yml").write_text(PROFILE.replace("FILE", f"'{file}'"), encoding="utf-8")
    return folder


def metricflow(project: Path, *arguments: str) -> str:
    """What MetricFlow prints."""
    ended = subprocess.run(
        [program(), *arguments],
        cwd=project,
        env={**os.environ, "DBT_PROFILES_DIR": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def queried(project: Path) -> Metrics:
    """The metrics by region and year of one query for all of them."""
    file = project / "metrics.csv"
    metricflow(
        project,
        "query",
        *("--metrics", ",".join(METRICS)),
        *("--group-by", "region,metric_time__year"),
        *("--csv", str(file)),
    )
    with file.open(encoding="utf-8", newline="") as lines:
        return {(row["region"], row["metric_time__year"][:4]): row for row in csv.DictReader(lines)}


def test_the_semantic_layer_is_valid_and_fits_the_file(project: Path) -> None:
    said = metricflow(project, "validate-configs")
    assert "validated metrics against data warehouse (ERRORS: 0" in said


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_of_a_region_and_year_is_the_number_of_the_mart(
    metric: str, queried: Metrics, warehouse: Path
) -> None:
    mart, _, column = METRICS[metric].partition(".")
    only_total = "and sector = 'total'" if mart == "kindergarten_places" else ""
    with open_warehouse(warehouse) as opened:
        rows = opened.rows(
            f"select region_code, left(period, 4), {column} from {mart}"  # noqa: S608 - names are ours
            f" where {column} is not null {only_total}"
        )
    assert rows
    for region, year, value in rows:
        found = Decimal(queried[region, year][metric])
        # The marts cut money to its cents, and keep four decimals of a percentage as printed.
        assert abs(found - Decimal(value)) < Decimal("0.01"), (region, year)
    with_value = {key for key, row in queried.items() if row[metric]}
    assert with_value == {(region, year) for region, year, _ in rows}
