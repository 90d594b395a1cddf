"""A warehouse built from seeds and store is the warehouse that the seeds alone give."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from ingest.store import Store
from ingest.store.move import move
from project import paths

PROFILE = """\
xuewei:
  target: test
  outputs:
    test: {type: duckdb, path: xuewei.duckdb, threads: 2}
"""
LEFT_OUT = [word for kind in ("unit_test", "test") for word in ("--exclude-resource-type", kind)]
MOVED = ("changsha-2024-2", "moe-2016", "zhuzhou-2023-27")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with three of its documents in a store, built."""
    folder = tmp_path_factory.mktemp("stored")
    shutil.copytree(paths.seeds_folder(), folder / "seeds")
    for name in ("models", "macros"):
        (folder / name).symlink_to(paths.root() / name)
    words = (paths.root() / "dbt_project.yml").read_text(encoding="utf-8")
    words = words.replace("figure_store: null", "figure_store: kept")
    (folder / "dbt_project.yml").write_text(words, encoding="utf-8")
    (folder / "profiles.yml").write_text(PROFILE, encoding="utf-8")
    move(Store(folder / "kept"), folder / "seeds", MOVED)
    dbt = Path(sys.executable).with_name("dbt")
    ended = subprocess.run(
        [dbt, "--quiet", "build", *LEFT_OUT],
        cwd=folder,
        env={**os.environ, "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]
    return folder / "xuewei.duckdb"


def test_every_mart_is_the_same_row_by_row(warehouse: Path, stored: Path) -> None:
    differing = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as alone (read_only)")
        connection.execute(f"attach '{stored}' as xuewei (read_only)")
        marts = connection.execute(
            "select distinct table_name from information_schema.tables"
            " where table_schema = 'main' and table_catalog = 'alone'"
        ).fetchall()
        for (mart,) in marts:
            for one, other in (("alone", "xuewei"), ("xuewei", "alone")):
                [(rows,)] = connection.execute(
                    f'select count(*) from (from {one}.main."{mart}"'  # noqa: S608
                    f' except all from {other}.main."{mart}")'
                ).fetchall()
                if rows:
                    differing.append((mart, one, rows))
    assert len(marts) > 20
    assert differing == []


def test_lineage_is_worked_out_when_asked_beside_a_store(stored: Path) -> None:
    with duckdb.connect(str(stored), read_only=True) as connection:
        kinds = connection.execute(
            "select table_type from information_schema.tables where table_name = 'lineage'"
        ).fetchall()
        [(rows,)] = connection.execute(
            "select count(*) from main.lineage where mart = 'kindergarten_places'"
        ).fetchall()
    assert kinds == [("VIEW",)]
    assert rows > 0


def test_a_figure_of_the_store_can_be_read_through_the_marts(stored: Path) -> None:
    with duckdb.connect(str(stored), read_only=True) as connection:
        [(kept,)] = connection.execute("select count(*) from seeds.figures").fetchall()
        [(shown,)] = connection.execute("select count(*) from main.figures").fetchall()
        found = connection.execute(
            "select distinct document_id from main.figures order by all"
        ).fetchall()
    assert kept < shown
    assert {name for (name,) in found} >= set(MOVED)
