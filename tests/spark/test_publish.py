"""A DuckDB file made of Spark's tables serves everybody who reads the one that dbt builds."""

import shutil
from pathlib import Path

import duckdb
import pytest

from project.errors import InputFault
from spark.places import Places
from spark.publish import publish
from tests.spark.conftest import Both
from xuewei import run


@pytest.fixture(scope="module")
def published(both: Both, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, made once."""
    file = tmp_path_factory.mktemp("published") / "xuewei.duckdb"
    assert publish(both.at, file) > 10_000
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]
    return file


def asked(file: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "select schema_name, table_name, column_index, column_name, data_type, comment"
        " from duckdb_columns() where not internal order by all",
        "select schema_name, table_name, comment from duckdb_tables() order by all",
        "select schema_name, function_name, parameters, comment from duckdb_functions()"
        " where not internal order by all",
    ],
    ids=["columns", "tables", "macros"],
)
def test_schemas_types_comments_and_macros_are_those_of_duckdb(
    both: Both, published: Path, sql: str
) -> None:
    made = asked(published, sql)
    assert made == asked(both.file, sql)
    assert made
    assert any(row[-1] for row in made), "there are comments to compare"


def test_the_rows_are_those_of_duckdb_and_in_the_order_of_the_key(
    both: Both, published: Path
) -> None:
    names = asked(both.file, "select schema_name, table_name from duckdb_tables() order by all")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{both.file}' as known (read_only)")
        connection.execute(f"attach '{published}' as made (read_only)")
        for schema, table in names:
            for one, other in (("known", "made"), ("made", "known")):
                left_over = connection.execute(
                    f"from {one}.{schema}.{table} except all from {other}.{schema}.{table}"
                ).fetchall()
                assert left_over == [], f"{schema}.{table}"
    order = asked(published, "select region_code, year from births")
    assert order == sorted(order, key=str)


def test_the_table_macros_answer_for_a_day(both: Both, published: Path) -> None:
    sql = "select count(*) from observations_as_of(date '2023-12-31')"
    assert asked(published, sql) == asked(both.file, sql)
    assert asked(published, sql) != [(0,)]


@pytest.mark.parametrize(
    "words",
    [
        "explain kindergarten_places surplus_derived --region 430200 --period 2022",
        "explain zhuzhou-2023-27-013",
        "search births",
    ],
)
def test_the_commands_read_it(
    words: str, published: Path, both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for file in (published, both.file):
        assert run([*words.split(), "--file", str(file)]) == 0
        said.append(capsys.readouterr().out.replace(str(file), "FILE"))
    assert said[0] == said[1]
    assert said[0].strip()


def test_the_exports_are_made_of_it(published: Path, tmp_path: Path) -> None:
    assert run(["export", "--file", str(published), "--into", str(tmp_path / "exports")]) == 0
    assert any((tmp_path / "exports").rglob("*.csv"))


def test_the_report_is_made_of_it(published: Path, tmp_path: Path) -> None:
    assert run(["report", "--file", str(published), "--into", str(tmp_path / "report")]) == 0
    assert (tmp_path / "report" / "index.html").exists()


def test_a_value_that_does_not_fit_is_told_and_the_old_file_stays(
    both: Both, tmp_path: Path
) -> None:
    at = Places(tmp_path, tmp_path / "warehouse", tmp_path / "cache")
    for folder in ("seeds", "models", "macros", "tests"):
        shutil.copytree(both.at.root / folder, tmp_path / folder)
    shutil.copy(both.at.root / "dbt_project.yml", tmp_path)
    shutil.copytree(both.at.tables, at.tables)
    at.target.mkdir(parents=True)
    shutil.copy(both.at.target / "manifest.json", at.target)
    old = tmp_path / "xuewei.duckdb"
    old.write_bytes(b"the old one")
    (part,) = (at.tables / "staging.db" / "stg_sectors").glob("*.parquet")
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * replace ('first' as sort_order) from '{part}')"  # noqa: S608
            f" to '{part}.new' (format parquet)"
        )
    Path(f"{part}.new").replace(part)
    with pytest.raises(InputFault, match=r"stg_sectors. does not take"):
        publish(at, old)
    shutil.rmtree(at.tables / "main.db" / "births")
    with pytest.raises(InputFault, match=r"births. \(no Parquet file"):
        publish(at, old)
    assert old.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".new-*"))


def test_without_a_build_on_spark_nothing_is_published(tmp_path: Path) -> None:
    at = Places(tmp_path, tmp_path / "warehouse", tmp_path / "cache")
    with pytest.raises(InputFault, match="Nothing is built on Spark yet"):
        publish(at, tmp_path / "xuewei.duckdb")
    assert list(tmp_path.iterdir()) == []
