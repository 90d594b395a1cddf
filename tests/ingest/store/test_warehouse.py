"""A warehouse of seeds and store, built slice by slice and in two steps, is that of the seeds."""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from ingest.store import Store
from ingest.store.move import move
from project import paths
from refresh import changes, fingerprint, take_over
from refresh.build import only_changed
from tests.in_dbt import ONLY_TABLES, dbt, lay_out_profile, must

# A library of dbt's may warn of what the next release of Python brings.
pytestmark = pytest.mark.filterwarnings("default")
MOVED = ("changsha-2024-2", "moe-2016", "zhuzhou-2023-27")
LATE = "xiangtan-2020-34"
CORRECTED = "zhuzhou-2023-27-001"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with three of its documents in a store.

    Built whole, in slices of a few regions, while a document was not there yet and a figure of the
    store was wrong, then built where these change it, as a refresh does.
    """
    folder = tmp_path_factory.mktemp("stored")
    for name in ("models", "macros"):
        (folder / name).symlink_to(paths.root() / name)
    words = (paths.root() / "dbt_project.yml").read_text(encoding="utf-8")
    words = words.replace("figure_store: null", "figure_store: kept")
    words = words.replace("figures_per_slice: 1000000", "figures_per_slice: 100")
    (folder / "dbt_project.yml").write_text(words, encoding="utf-8")
    lay_out_profile(folder, folder / "xuewei.duckdb")
    _lay_in(folder, early=True)
    _build(folder)
    early = folder / "early.duckdb"
    (folder / "xuewei.duckdb").rename(early)
    inputs = fingerprint.take(folder)
    _lay_in(folder, early=False)
    names = fingerprint.take(folder).changed(inputs.files)
    found = changes.find(folder, early, names)
    assert found is not None
    assert found.documents == (LATE, CORRECTED.rpartition("-")[0])
    assert {"430300", "430200", "430000"} <= found.changed
    assert "430100" not in found.changed
    take_over.start_from(early, folder / "xuewei.duckdb", found)
    _build(folder)
    take_over.forget(folder / "xuewei.duckdb")
    return folder / "xuewei.duckdb"


def _lay_in(folder: Path, *, early: bool) -> None:
    for name in ("seeds", "kept"):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(paths.seeds_folder(), folder / "seeds")
    if early:
        for file in (folder / "seeds" / "documents").glob("*.csv"):
            _rewrite(file)
    move(Store(folder / "kept"), folder / "seeds", MOVED)


def _rewrite(file: Path) -> None:
    """Leave the late document out, and get a figure wrong."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = [row for row in reader if not next(iter(row.values())).startswith(LATE)]
    for row in rows:
        if row.get("figure_id") == CORRECTED:
            row |= {name: str(int(row[name]) + 9) for name in ("value", "value_low", "value_high")}
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, reader.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _build(folder: Path) -> None:
    chosen = only_changed(folder / "xuewei.duckdb")
    must(dbt(folder, folder, "build", *ONLY_TABLES, *chosen))


def test_every_table_is_the_same_row_by_row(warehouse: Path, stored: Path) -> None:
    differing = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as alone (read_only)")
        connection.execute(f"attach '{stored}' as xuewei (read_only)")
        # The seeds differ: three documents are not in them; so do the slices, by intent.
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where database_name = 'alone' and schema_name <> 'seeds'"
            " and table_name <> 'region_slices'"
            " union select 'main.lineage'"
        ).fetchall()
        for (table,) in tables:
            for one, other in (("alone", "xuewei"), ("xuewei", "alone")):
                [(rows,)] = connection.execute(
                    f"select count(*) from (from {one}.{table} except all from {other}.{table})"  # noqa: S608
                ).fetchall()
                if rows:
                    differing.append((table, one, rows))
    assert len(tables) > 60
    assert differing == []


def test_it_was_built_in_several_slices(stored: Path) -> None:
    with duckdb.connect(str(stored), read_only=True) as connection:
        [(slices,)] = connection.execute(
            "select count(distinct slice) from observations.region_slices"
        ).fetchall()
    assert slices >= 3


def test_the_published_file_does_not_say_how_it_was_built(stored: Path) -> None:
    with duckdb.connect(str(stored), read_only=True) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
    assert "changes" not in {name for (name,) in schemas}


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
