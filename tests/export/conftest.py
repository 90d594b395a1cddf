"""Exports of the built warehouse, made once, and of one that means harm."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from export.release import Exported, build
from tests.conftest import Once

# What a spreadsheet, a parser of CSV and one of XML may stumble over.
HARMFUL = ("=1+1", "@SUM(A1)", "＝1+1", '<b>&amp;"x",y</b>', "two\nlines", "\x0b_x000B_ bell\x07")


@pytest.fixture(scope="session")
def exports(warehouse: Path, once: Once) -> Path:
    """The folder of exports of the built warehouse; nobody writes to it."""
    return once("exports", lambda folder: build(warehouse, folder / "exports")) / "exports"


@pytest.fixture(scope="module")
def marts(warehouse: Path) -> list[str]:
    """The names of all marts."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        rows = connection.execute("select distinct mart from data_dictionary").fetchall()
    return sorted(name for (name,) in rows)


@dataclass(frozen=True, slots=True)
class Harm:
    """A warehouse that means harm, and what became of it."""

    warehouse: Path
    exported: Exported


@pytest.fixture(scope="session")
def harm(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Harm:
    """Harmful titles, an empty mart, one that is missing, one that is a view, one oddly named."""
    folder = tmp_path_factory.mktemp("harm")
    file = folder / "harm.duckdb"
    shutil.copyfile(warehouse, file)
    with duckdb.connect(file) as connection:
        for number, title in enumerate(HARMFUL):
            connection.execute(
                "insert into documents by name select * replace ($1 as title_zh, $2 as document_id)"
                " from documents where document_id = 'zhuzhou-2023-27'",
                [title, f"harm-{number}"],
            )
        connection.execute("delete from births")
        connection.execute("drop table digital_resources")
        connection.execute("alter table fee_waivers rename to stored_waivers")
        connection.execute("create view fee_waivers as select * from stored_waivers")
        connection.execute('create table "../../away" as select 1 as one')
        connection.execute(
            "insert into data_dictionary by name select * replace ('../../away' as mart,"
            " 'one' as column_name, 'integer' as data_type) from data_dictionary limit 1"
        )
    return Harm(file, build(file, folder / "exports"))
