"""The published file opens wherever an analyst may want to open it, and only to be read."""

import importlib
import importlib.util
import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from query.shell import HARLEQUIN_LOCK, SETTINGS
from refresh.places import Places
from refresh.run import Options, refresh
from tests.refresh import fakes

COUNT = """\
import sys
import duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.sql("from stamps").df().shape)
"""


@pytest.fixture
def published(places: Places) -> Places:
    refresh(places, Options(), fakes.steps())
    return places


def test_any_duckdb_from_one_point_zero_on_can_read_the_format(published: Places) -> None:
    with duckdb.connect(str(published.published), read_only=True) as connection:
        row = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()
    assert row is not None
    assert str(row[0]).startswith("v1.0.0")


def test_many_processes_read_at_once_while_it_is_replaced(published: Places) -> None:
    """As JDBC drivers and notebooks open it: read-only, one connection in each process."""
    with duckdb.connect(str(published.published), read_only=True) as first:
        fakes.set_number(published.root, 2)
        refresh(published, Options(), fakes.steps())
        others = [
            subprocess.run(
                [sys.executable, "-c", COUNT, str(published.published)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.strip()
            for _ in range(2)
        ]
        assert first.execute("select max(number) from stamps").fetchone() == (1,)
    assert others == [f"({fakes.ROWS}, 2)"] * 2


def test_the_file_can_not_be_written_even_where_somebody_forgets_read_only(
    published: Places,
) -> None:
    if os.name != "nt" and os.geteuid() == 0:
        # Root may write everything; the file's mode is what keeps others out.
        assert stat.S_IMODE(published.published.stat().st_mode) & 0o222 == 0
        return
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(published.published)).execute("create table x as select 1")


@pytest.mark.filterwarnings("default")
def test_harlequin_opens_it_read_only_and_locked(published: Places, tmp_path: Path) -> None:
    if importlib.util.find_spec("harlequin_duckdb") is None:
        pytest.skip("harlequin, an optional program, is not installed")
    adapter = importlib.import_module("harlequin_duckdb.adapter").DuckDbAdapter
    lock = tmp_path / "lock.sql"
    lock.write_text("\n".join((*SETTINGS, *HARLEQUIN_LOCK)) + "\n", encoding="utf-8")
    connection = adapter((str(published.published),), read_only=True, init_path=str(lock)).connect()
    [[rows]] = [
        list(row.values())
        for row in connection.execute("select count(*) as n from stamps").fetchall().to_pylist()
    ]
    assert rows == fakes.ROWS
    for refused in (
        f"copy stamps to '{tmp_path / 'out.csv'}'",
        "select * from read_csv('/etc/passwd')",
        "set memory_limit = '9GB'",
        "create table mine as select 1",
    ):
        with pytest.raises(Exception, match=r"Permission Error|Invalid Input Error"):
            connection.execute(refused)
