"""What the figure store promises: the same rules as the seeds, and no half-written partition."""

import shutil
from pathlib import Path

import duckdb
import pytest

from ingest.seeds import check
from ingest.store import Store
from ingest.store.check import check_store
from ingest.store.layout import TABLES
from ingest.store.move import beyond, documents_of, move
from ingest.store.write import stored_schemas
from project.errors import UsageFault
from tests.ingest.broken_seeds import Case, break_row, cases
from tests.ingest.store.poured import CITY, part, pour, rewrite

# Rules of the files themselves, which a typed column rules out before any row is read.
TYPED = {"wrong_type", "too_many_digits"}
# A rule of the store says the same of several partitions.
ANOTHER_NAME = {"duplicate_key": "twice_in_store"}
# A row without its document can't be put into a partition: a test of its own puts it there.
CASES = [
    case
    for case in cases()
    if case.seed in TABLES and case.rule not in TYPED
    if (case.rule, *case.change) != ("unknown_code", "document_id")
]


def test_the_tiny_seeds_pass_from_the_store_too(store: Store, seeds: Path) -> None:
    pour(store, seeds)
    assert [fault.text() for fault in check_store(store, seeds)] == []
    assert [fault.text() for fault in check(seeds, documents_of(store))] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_row_that_the_seeds_refuse_the_store_refuses(
    case: Case, store: Store, seeds: Path
) -> None:
    break_row(seeds, case.seed, case.row, case.change)
    pour(store, seeds)
    faults = check_store(store, seeds)
    wanted = ANOTHER_NAME.get(case.rule, case.rule)
    assert wanted in {fault.rule for fault in faults}
    assert all("\n" not in fault.text() for fault in faults)


def test_the_project_s_own_documents_pass_from_the_store(store: Store, tmp_path: Path) -> None:
    from project import paths

    seeds = tmp_path / "own"
    shutil.copytree(paths.seeds_folder(), seeds)
    moved = move(store, seeds, ["changsha-2024-2", "moe-2016"])
    assert moved.documents == ("changsha-2024-2", "moe-2016")
    assert check_store(store, seeds) == []
    assert check(seeds, documents_of(store)) == []
    again = stored_schemas(seeds)["figures"].path.read_text(encoding="utf-8")
    assert "changsha-2024-2" not in again
    rows = duckdb.sql(f"from read_parquet('{store.folder}/figures/*/*/*.parquet')").fetchall()
    assert len(rows) == moved.figures > 0


def test_moving_a_document_twice_changes_nothing(store: Store, seeds: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(seeds, before)
    move(store, seeds, [CITY])
    first = {name: file.read_bytes() for name, file in store.all_files()}
    # As after a crash between the store and the seeds.
    shutil.copytree(before, seeds, dirs_exist_ok=True)
    assert {fault.rule for fault in check_store(store, seeds)} == {"in_seed_and_store"}
    move(store, seeds, [CITY])
    assert {name: file.read_bytes() for name, file in store.all_files()} == first
    assert check_store(store, seeds) == []


def test_the_oldest_documents_go_first_and_only_as_many_as_must(seeds: Path) -> None:
    from ingest.store.move import _read

    _, figures = _read(seeds / "figures.csv")
    _, documents = _read(seeds / "documents.csv")
    oldest = min(documents, key=lambda row: row["published_on"])["document_id"]
    assert beyond(seeds, len(figures)) == []
    assert beyond(seeds, len(figures) - 1) == [oldest]
    assert len(beyond(seeds, 0)) == len({row["document_id"] for row in figures})


def test_a_document_that_is_not_there_is_refused(store: Store, seeds: Path) -> None:
    with pytest.raises(UsageFault, match="nowhere-2020-1"):
        move(store, seeds, ["nowhere-2020-1"])


@pytest.mark.parametrize("kept", [0, 0.01, 0.1, 0.5, 0.99])
def test_a_half_written_partition_is_named_with_its_mend(
    kept: float, store: Store, seeds: Path
) -> None:
    pour(store, seeds)
    file = part(store, "figures")
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * kept)])
    [fault] = check_store(store, seeds)
    assert fault.rule == "not_parquet"
    assert store.name(file) in fault.text()
    assert "store add" in fault.text()
    assert "\n" not in fault.text()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("select * exclude (printed) from {rows}", "-printed"),
        ("select *, 1 as page from {rows}", "+page"),
        ("select * replace (cast(value as double) as value) from {rows}", "value: double"),
        ("select * rename (region_code as region) from {rows}", "+region"),
    ],
)
def test_a_partition_of_a_foreign_schema_is_named_with_its_columns(
    query: str, named: str, store: Store, seeds: Path
) -> None:
    pour(store, seeds)
    file = part(store, "figures")
    rewrite(file, query)
    [fault] = check_store(store, seeds)
    assert fault.rule == "foreign_schema"
    assert store.name(file) in fault.text()
    assert named in fault.text()


def test_the_order_of_columns_is_free(store: Store, seeds: Path) -> None:
    pour(store, seeds)
    rewrite(part(store, "figures"), "select value, * exclude (value) from {rows}")
    assert check_store(store, seeds) == []


def test_a_figure_in_two_partitions_is_named_in_both(store: Store, seeds: Path) -> None:
    pour(store, seeds)
    file = part(store, "figures")
    other = store.folder / "figures" / "province=99" / "year=2021" / "part.parquet"
    other.parent.mkdir(parents=True)
    shutil.copy(file, other)
    faults = [fault for fault in check_store(store, seeds) if fault.rule == "twice_in_store"]
    assert faults
    assert all(store.name(file) in fault.text() for fault in faults)
    assert all(store.name(other) in fault.text() for fault in faults)


def test_a_figure_of_the_seeds_may_not_stand_in_the_store(store: Store, seeds: Path) -> None:
    kept = (seeds / "figures.csv").read_text(encoding="utf-8")
    pour(store, seeds)
    (seeds / "figures.csv").write_text(kept, encoding="utf-8")
    assert "in_seed_and_store" in {fault.rule for fault in check_store(store, seeds)}


def test_rows_without_their_document_are_refused(store: Store, seeds: Path) -> None:
    pour(store, seeds)
    place = part(store, "figures").parent.relative_to(store.folder / "figures")
    rewrite(store.folder / "documents" / place / "part.parquet", "from {rows} where false")
    assert "document_elsewhere" in {fault.rule for fault in check_store(store, seeds)}


def test_a_document_in_a_wrong_partition_is_refused(store: Store, seeds: Path) -> None:
    pour(store, seeds)
    place = part(store, "figures").parent.relative_to(store.folder / "figures")
    for table in TABLES:
        folder = store.folder / table
        (folder / "province=98").mkdir()
        (folder / place).rename(folder / "province=98" / "year=1999")
    assert {fault.rule for fault in check_store(store, seeds)} == {"wrong_partition"}


def test_a_parquet_file_outside_the_partitions_is_refused(store: Store, seeds: Path) -> None:
    pour(store, seeds)
    shutil.copy(part(store, "figures"), store.folder / "figures" / "more.parquet")
    [fault] = check_store(store, seeds)
    assert (fault.rule, fault.file) == ("foreign_file", "figures/more.parquet")


def test_only_changed_partitions_are_looked_into_where_the_others_are_known(
    store: Store, seeds: Path
) -> None:
    pour(store, seeds)
    file = part(store, "figures")
    rewrite(file, "select * replace ('real' as status) from {rows}")
    place = file.parent.relative_to(store.folder / "figures").as_posix()
    assert "not_in_list" in {fault.rule for fault in check_store(store, seeds, {place})}
    assert check_store(store, seeds, set()) == []
