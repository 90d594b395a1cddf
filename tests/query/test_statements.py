"""What the locked-down connection refuses and allows: whoever writes the SQL, it only reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from project.errors import ExitCode
from query.connection import Limits, Warehouse, open_warehouse
from query.faults import QueryFault

# Each must be stopped by the settings alone, even if our own code ran it.
STOPPED_BY_SETTINGS = [
    "copy (select 1) to 'out.csv'",
    "copy births to 'out.parquet'",
    "copy births from 'in.csv'",
    "export database 'out'",
    "import database 'out'",
    "select * from read_csv('/etc/passwd')",
    "select * from read_csv_auto('/etc/passwd')",
    "select * from read_json('/etc/passwd')",
    "select * from read_parquet('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from glob('/*')",
    "select * from '/etc/passwd'",
    "select * from 'https://example.org/x.csv'",
    "select getenv('HOME')",
    "attach 'other.duckdb'",
    "attach ':memory:' as other",
    "install httpfs",
    "load httpfs",
    "load '/tmp/evil.duckdb_extension'",
    "set memory_limit = '64GB'",
    "set enable_external_access = true",
    "set temp_directory = '/tmp'",
    "reset lock_configuration",
    "pragma memory_limit = '64GB'",
    "create table mine as select 1",
    "create or replace view births as select 1",
    "insert into births select * from births",
    "update births set births = 0",
    "delete from births",
    "drop table births",
    "alter table births rename to deaths",
    "comment on table births is 'mine'",
]

# What the settings let through, and what ends the process or waits unasked: refused before it runs.
STOPPED_BY_STATEMENT = [
    "select 1; select 2",
    "",
    "pragma enable_profiling",
    "call enable_logging(storage = 'file', storage_config = {'path': 'logs'})",
    "from enable_logging(storage = 'file', storage_config = {'path': 'logs'})",
    "select 1 in (from enable_logging())",
    "with logged as materialized (from enable_logging()) from logged",
    "from pandas_scan(1, 2, 3)",
    "from arrow_scan(1, 2, 3)",
    "from query('select 1')",
    "from query_table('births')",
    "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "from duckdb_settings()",
    "from duckdb_secrets()",
    "from duckdb_databases",
    "from system.main.DuckDB_Databases",
    "select (select path from duckdb_databases limit 1)",
    "from pragma_database_list",
    "pragma database_list",
    "from duckdb_logs",
    "from checkpoint()",
    "from force_checkpoint()",
    "select sleep_ms(1)",
    "select write_log('x')",
    "create temp table mine as select 1",
    "explain analyze copy (select 1) to 'out.csv'",
    "prepare mine as select 1",
    "begin transaction",
    "use memory",
    "load icu",
]

READING = [
    "select count(*) from births",
    "from births order by year",
    "with newest as (select max(year) as year from births) from newest",
    "describe births",
    "summarize births",
    "show tables",
    "pragma table_info('births')",
    "pivot births on year in (2020, 2021) using max(births)",
    "select comment from duckdb_tables() where table_name = 'births'",
    "select unnest([1, 2]) as number",
    "from range(3)",
    "values (1)",
]


@pytest.fixture(scope="module")
def opened(warehouse: Path) -> Iterator[Warehouse]:
    """One connection for all that must be stopped: none of it may leave a trace for the next."""
    with open_warehouse(warehouse, Limits(seconds=20)) as connection:
        yield connection


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("sql", STOPPED_BY_SETTINGS)
def test_the_settings_alone_stop_it(sql: str, opened: Warehouse, empty_folder: Path) -> None:
    with pytest.raises(QueryFault):
        opened.rows(sql)
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize("sql", [*STOPPED_BY_SETTINGS, *STOPPED_BY_STATEMENT])
def test_what_does_more_than_read_is_refused(
    sql: str, opened: Warehouse, empty_folder: Path
) -> None:
    with pytest.raises(QueryFault) as refused:
        opened.ask(sql)
    assert refused.value.exit_code is ExitCode.USAGE
    assert list(empty_folder.iterdir()) == []
    assert opened.ask("select 1").rows == ((1,),)


@pytest.mark.parametrize("sql", READING)
def test_what_only_reads_is_allowed(sql: str, opened: Warehouse) -> None:
    assert opened.ask(sql).rows
