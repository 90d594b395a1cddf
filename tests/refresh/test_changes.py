"""Which regions a changed document changes, and a refresh that builds no others."""

import csv
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ingest.store import Store
from ingest.store.move import move
from project import paths
from refresh import changes, take_over, versions
from refresh.build import only_changed
from refresh.changes import Changes
from refresh.fingerprint import Inputs
from refresh.places import Places
from refresh.run import Options, refresh
from tests.refresh import fakes

FIGURES = "seeds/documents/figures.csv"
INPUTS = (FIGURES, "seeds/documents/documents.csv")
FEW = Changes(("late",), frozenset({"430300"}), 10, (FIGURES,))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(paths.seeds_folder(), tmp_path / "seeds")
    shutil.copyfile(paths.root() / "dbt_project.yml", tmp_path / "dbt_project.yml")
    return tmp_path


def rewrite(project: Path, table: str, change: Callable[[dict[str, str]], Sequence[str]]) -> None:
    """Put each row of a seed through `change`, which leaves it out by returning nothing."""
    file = project / "seeds" / "documents" / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = list(reader.fieldnames or ())
        rows = [tuple(kept) for row in reader if (kept := change(row))]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([columns, *rows])


def without(document: str) -> Callable[[dict[str, str]], Sequence[str]]:
    return lambda row: () if row["document_id"] == document else tuple(row.values())


def test_nothing_changed_changes_no_region(project: Path, warehouse: Path) -> None:
    found = changes.find(project, warehouse, INPUTS)
    assert found is not None
    assert (found.documents, found.changed) == ((), frozenset())


def test_a_city_reaches_its_counties_and_what_lies_above_it(project: Path, warehouse: Path) -> None:
    for table in ("documents", "figures", "document_relations"):
        rewrite(project, table, without("xiangtan-2020-34"))
    found = changes.find(project, warehouse, INPUTS)
    assert found is not None
    assert found.documents == ("xiangtan-2020-34",)
    assert {"430300", "430302", "430000", "100000"} <= found.changed
    assert not {"430200", "430100"} & found.changed


def test_a_corrected_number_is_seen(project: Path, warehouse: Path) -> None:
    def correct(row: dict[str, str]) -> Sequence[str]:
        if row["figure_id"] == "changsha-2024-2-001":
            row["value"] = "7"
        return tuple(row.values())

    rewrite(project, "figures", correct)
    found = changes.find(project, warehouse, INPUTS)
    assert found is not None
    assert found.documents == ("changsha-2024-2",)
    assert "430100" in found.changed


def test_a_relation_concerns_both_documents(project: Path, warehouse: Path) -> None:
    file = project / "seeds" / "documents" / "document_relations.csv"
    row = "zhuzhou-2023-6,supersedes,,,zhuzhou-2023-8,,\n"
    file.write_text(file.read_text(encoding="utf-8") + row, encoding="utf-8")
    found = changes.find(project, warehouse, INPUTS)
    assert found is not None
    assert found.documents == ("zhuzhou-2023-6", "zhuzhou-2023-8")


def test_a_relation_concerns_documents_of_the_store(project: Path, warehouse: Path) -> None:
    described = project / "dbt_project.yml"
    words = described.read_text(encoding="utf-8").replace(
        "figure_store: null", "figure_store: kept"
    )
    described.write_text(words, encoding="utf-8")
    move(Store(project / "kept"), project / "seeds", ("zhuzhou-2023-6", "zhuzhou-2023-8"))
    file = project / "seeds" / "documents" / "document_relations.csv"
    row = "zhuzhou-2023-6,supersedes,,,zhuzhou-2023-8,,\n"
    file.write_text(file.read_text(encoding="utf-8") + row, encoding="utf-8")
    # Nothing else changed: the store is that of the published file.
    found = changes.find(project, warehouse, ("seeds/documents/document_relations.csv",))
    assert found is not None
    assert found.documents == ("zhuzhou-2023-6", "zhuzhou-2023-8")
    assert "430200" in found.changed


def test_a_document_of_the_nation_that_reaches_every_region_changes_everything(
    project: Path, warehouse: Path
) -> None:
    for table in ("documents", "figures", "document_relations"):
        rewrite(project, table, without("moe-2016"))
    assert changes.find(project, warehouse, INPUTS) is None


def test_a_build_begins_where_a_changed_input_is_read(project: Path, warehouse: Path) -> None:
    part = "figure_store/figures/province=43/year=2023/part.parquet"
    found = changes.find(project, warehouse, (FIGURES, part))
    assert found is not None
    assert found.models == (
        "models/staging/stg_documents.sql",
        "models/staging/stg_figures.sql",
        "models/staging/stg_non_figures.sql",
        FIGURES,
    )


def test_dbt_is_told_where_to_begin(warehouse: Path, tmp_path: Path) -> None:
    side = tmp_path / "side" / "xuewei.duckdb"
    assert only_changed(side) == []
    take_over.start_from(warehouse, side, FEW)
    assert only_changed(side) == ["--select", f"path:{FIGURES}+"]
    take_over.forget(side)
    assert only_changed(side) == []


def test_where_no_region_changes_none_is_built_anew(warehouse: Path, tmp_path: Path) -> None:
    side = tmp_path / "xuewei.duckdb"
    take_over.start_from(warehouse, side, replace(FEW, changed=frozenset()))
    with duckdb.connect(str(side)) as connection:
        assert connection.execute("from changes.regions").fetchall() == [("",)]


@pytest.mark.parametrize(("share", "few"), [(0.1, True), (0.4, False)])
def test_where_much_is_dead_everything_is_built_anew(
    project: Path, warehouse: Path, tmp_path: Path, share: float, *, few: bool
) -> None:
    worn = tmp_path / "worn.duckdb"
    shutil.copyfile(warehouse, worn)
    with duckdb.connect(str(worn), config={"max_vacuum_tasks": 0}) as connection:
        [[count]] = connection.execute("select count(*) from staging.stg_figures").fetchall()
        connection.execute(
            "create temp table dead as from staging.stg_figures order by figure_id limit ?",
            [int(share * count)],
        )
        connection.execute(
            "delete from staging.stg_figures where figure_id in (select figure_id from dead)"
        )
        connection.execute("insert into staging.stg_figures from dead")
    assert (changes.find(project, worn, INPUTS) is not None) is few


@pytest.mark.parametrize(
    ("changed", "few"),
    [
        ((FIGURES,), True),
        (("figure_store/figures/province=43/year=2023/part.parquet",), True),
        ((FIGURES, "seeds/reference/indicators.csv"), False),
        (("seeds/documents/series_breaks.csv",), False),
        (("models/observations/findings.sql",), False),
    ],
)
def test_only_documents_change_few_regions(
    places: Places, changed: Sequence[str], *, few: bool
) -> None:
    done, _ = refresh(places, Options(), fakes.steps())
    assert done.version is not None
    inputs = Inputs(
        {**done.version.manifest.inputs, **dict.fromkeys(changed, "another content")},
        done.version.manifest.tools,
    )
    assert changes.may_be_few(inputs, done.version, fewest=0) is few
    assert not changes.may_be_few(inputs, done.version, fewest=1)
    assert not changes.may_be_few(replace(inputs, tools={"duckdb": "0"}), done.version, fewest=0)


def put_figures(places: Places, content: str) -> None:
    file = places.root / FIGURES
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, encoding="utf-8")


def test_a_refresh_begins_with_what_is_published(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    (places.root / "xuewei.toml").write_text("[refresh]\nincremental_from = 0\n", encoding="utf-8")
    monkeypatch.setattr(changes, "find", lambda *_: FEW)
    first, _ = refresh(places, Options(), fakes.steps())
    put_figures(places, "first")
    seen = []

    def build(where: Places) -> None:
        with duckdb.connect(str(where.side)) as connection:
            seen.extend(connection.execute("from changes.regions order by all").fetchall())

    done, _ = refresh(places, Options(), fakes.steps(build))
    assert seen == [("430300",)]
    assert first.version is not None
    assert done.version is not None
    assert done.version.manifest.built_from == first.version.manifest.name
    assert any(
        "documents that changed: 1; regions that they change: 1 of 10" in note
        for note in done.notes
    )
    with duckdb.connect(str(places.published), read_only=True) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
    assert ("changes",) not in schemas
    assert fakes.whole_number(places.published) == 1


@pytest.mark.parametrize("reason", ["forced", "too few figures", "too much changes"])
def test_else_everything_is_built_anew(
    places: Places, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    fewest = 1 if reason == "too few figures" else 0
    (places.root / "xuewei.toml").write_text(
        f"[refresh]\nincremental_from = {fewest}\n", encoding="utf-8"
    )
    found = None if reason == "too much changes" else FEW
    monkeypatch.setattr(changes, "find", lambda *_: found)
    refresh(places, Options(), fakes.steps())
    put_figures(places, "first")
    # The small build fails where a table is there already.
    done, _ = refresh(places, Options(force=reason == "forced"), fakes.steps())
    assert done.version is not None
    assert done.version.manifest.built_from is None
    assert len(versions.versions(places)) == 2
