"""Spark's tables are DuckDB's, row by row and to the last decimal."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from spark import dbt
from spark.compare import compare
from spark.tables import Table, tables
from tests.spark.conftest import Both


def test_every_table_is_the_same_on_both_engines(both: Both) -> None:
    compared = compare(both.at, both.file)
    different = [
        (found.table.full_name, found.types, found.only_on_duckdb, found.only_on_spark)
        for found in compared
        if not found.is_equal
    ]
    assert different == []
    schemas = {found.table.schema for found in compared if found.rows}
    assert schemas == {"seeds", "staging", "observations", "main"}


def test_every_seed_model_and_data_test_ran_on_spark(both: Both) -> None:
    results = json.loads((both.at.target / "run_results.json").read_text(encoding="utf-8"))
    assert results["args"]["target"] == "spark"
    done = {result["unique_id"]: result["status"] for result in results["results"]}
    expected = {
        name
        for name, node in dbt.nodes(both.at.target).items()
        if node["config"].get("materialized") != "ephemeral" and node["config"]["enabled"]
    }
    assert expected <= set(done)
    assert set(done.values()) <= {"success", "pass"}
    assert sum(name.startswith("test.") for name in done) >= 13


@pytest.mark.parametrize("change", ["value = value + 0.000001", "indicator = indicator || ' '"])
def test_the_smallest_difference_is_found(both: Both, change: str, tmp_path: Path) -> None:
    copy = tmp_path / "changed.duckdb"
    shutil.copy(both.file, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            f"update observations.stated_observations set {change}"  # noqa: S608
            " where figure_id = (select min(figure_id) from observations.stated_observations"
            " where value is not null)"
        )
    (found,) = [table for table in compare(both.at, copy) if not table.is_equal]
    assert found.table.name == "stated_observations"
    assert (found.only_on_duckdb, found.only_on_spark) == (1, 1)


def test_a_doubled_row_and_another_type_are_found(both: Both, tmp_path: Path) -> None:
    copy = tmp_path / "changed.duckdb"
    shutil.copy(both.file, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("insert into main.births from main.births limit 1")
        connection.execute("alter table staging.stg_units alter multiplier type decimal(30, 7)")
    found = {table.table.name: table for table in compare(both.at, copy) if not table.is_equal}
    assert set(found) == {"births", "stg_units"}
    assert (found["births"].only_on_duckdb, found["births"].only_on_spark) == (1, 0)
    assert found["stg_units"].types[0].startswith("multiplier: DECIMAL(30,7) on DuckDB")


def test_every_table_of_the_manifest_has_a_key(both: Both) -> None:
    known = tables(both.at.target)
    assert [table.full_name for table in known if not table.key] == []
    assert Table("main", "births", ("region_code", "year")) in known
    assert len(known) == len({replace(table, key=()) for table in known})
