"""What changes to a store promise: all or nothing, one at a time, and by one configuration."""

import json
from pathlib import Path

import pytest

from ingest.store import Store, configured_store
from ingest.store.all_rows import check_all
from ingest.store.check import check_store
from ingest.store.layout import TABLES, partition
from ingest.store.move import documents_of, move
from ingest.store.write import engine, put, stored_schemas
from project.errors import InputFault, Locked
from project.language import set_language
from tests.ingest.store.poured import CITY, part, pour


def test_a_crash_before_the_decision_leaves_the_store_as_it_was(
    store: Store, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pour(store, seeds)
    before = {name: file.read_bytes() for name, file in store.all_files()}

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with store.changing(), engine() as connection:
        connection.execute(
            f"create temp table new_documents as from read_parquet('{part(store, 'documents')}')"
        )
        for table in ("figures", "non_figures"):
            connection.execute(
                f"create temp table new_{table} as"
                f" from read_parquet('{part(store, table)}') limit 0"
            )
        monkeypatch.setattr(Store, "commit", crash)
        with pytest.raises(KeyboardInterrupt):
            put(store, connection, stored_schemas(seeds))
    monkeypatch.undo()
    with store.changing():
        pass
    assert {name: file.read_bytes() for name, file in store.all_files()} == before
    assert not (store.folder / ".new").exists()


def test_a_crash_after_the_decision_is_finished_by_the_next_one(store: Store, seeds: Path) -> None:
    pour(store, seeds)
    file = part(store, "figures")
    name = store.name(file)
    gone = store.name(part(store, "documents"))
    aside = store.aside(name)
    aside.parent.mkdir(parents=True)
    aside.write_bytes(b"new")
    journal = {"written": [name, "figures/province=01/year=2001/part.parquet"], "removed": [gone]}
    (store.folder / "commit.json").write_text(json.dumps(journal), encoding="utf-8")
    with store.changing():
        pass
    assert file.read_bytes() == b"new"
    assert not (store.folder / gone).exists()
    assert not (store.folder / "commit.json").exists()


def test_two_do_not_change_a_store_at_once(store: Store) -> None:
    with store.changing(), pytest.raises(Locked), Store(store.folder).changing():
        pass


def test_a_document_that_moves_to_another_year_leaves_nothing_behind(
    store: Store, seeds: Path
) -> None:
    pour(store, seeds)
    with store.changing(), engine() as connection:
        everything = {
            table: f"read_parquet({[str(f) for f in store.files(table)]})" for table in TABLES
        }
        connection.execute(
            "create temp table new_documents as"  # noqa: S608 - a test's own
            " select * replace (date '2031-05-01' as published_on)"
            f" from {everything['documents']} where document_id = '{CITY}'"
        )
        for table in ("figures", "non_figures"):
            connection.execute(
                f"create temp table new_{table} as from {everything[table]}"
                f" where document_id = '{CITY}'"
            )
        put(store, connection, stored_schemas(seeds))
    assert check_store(store, seeds) == []
    places = {file.parent.name for file in store.files("figures")}
    assert "year=2031" in places
    assert documents_of(store) >= {CITY}


def test_a_partition_is_the_province_and_the_year_of_the_document() -> None:
    assert partition("430200", 2023) == "province=43/year=2023"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("figure_store: 7", "must be the name of a folder"),
        ("figure_store: void", "no figure store"),
    ],
)
def test_a_wrongly_configured_store_is_refused_before_anything_is_built(
    value: str, words: str, tmp_path: Path, seeds: Path
) -> None:
    (tmp_path / "dbt_project.yml").write_text(f"vars:\n  {value}\n", encoding="utf-8")
    with pytest.raises(InputFault, match=words):
        check_all(seeds, tmp_path)
    set_language("zh")
    with pytest.raises(InputFault, match="请更正"):
        check_all(seeds, tmp_path)


def test_a_project_without_the_variable_reads_no_store(tmp_path: Path, seeds: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text("vars:\n  figure_store: null\n", encoding="utf-8")
    assert configured_store(tmp_path) is None
    assert check_all(seeds, tmp_path) == []


def test_seeds_and_store_are_checked_together(tmp_path: Path, seeds: Path) -> None:
    store = Store(tmp_path / "kept")
    move(store, seeds, [CITY])
    (tmp_path / "dbt_project.yml").write_text("vars: {figure_store: kept}\n", encoding="utf-8")
    assert check_all(seeds, tmp_path) == []
    part(store, "figures").write_bytes(b"PAR1")
    assert [fault.rule for fault in check_all(seeds, tmp_path)] == ["not_parquet"]


def test_the_command_moves_checks_and_names_the_variable(
    tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import xuewei
    from project.errors import ExitCode

    monkeypatch.setenv("XUEWEI_ROOT", str(tmp_path))
    folder = str(tmp_path / "kept")
    assert xuewei.run(["store", "add", CITY, "--store", folder]) == ExitCode.SUCCESS
    assert "figure_store" in capsys.readouterr().out
    assert xuewei.run(["store", "check", "--store", folder]) == ExitCode.SUCCESS
    part(Store(tmp_path / "kept"), "figures").write_bytes(b"PAR1")
    assert xuewei.run(["--lang", "zh", "store", "check", "--store", folder]) == ExitCode.INPUT_FAULT
    assert "不是完整的 Parquet 文件" in capsys.readouterr().out
    assert xuewei.run(["store", "check"]) == ExitCode.USAGE
    assert xuewei.run(["store", "add", CITY, "--beyond", "1"]) == ExitCode.USAGE
