"""What was known on a day stays what it was, whatever is published later."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


@pytest.fixture
def opened(warehouse: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy under another name than the one under which it was built."""
    copy = tmp_path / "renamed.duckdb"
    shutil.copy(warehouse, copy)
    with duckdb.connect(copy) as connection:
        yield connection


def one(connection: duckdb.DuckDBPyConnection, query: str) -> object:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_a_day_knows_only_the_documents_published_by_then(
    opened: duckdb.DuckDBPyConnection,
) -> None:
    known = "from observations_as_of(date '2023-06-01')"
    assert one(opened, f"{known} select count(*) > 0 and max(published_on) <= '2023-06-01'")
    known = "from documents_as_of(date '2023-06-01')"
    assert one(opened, f"{known} select max(published_on) <= '2023-06-01'")
    known = "from figures_as_of(date '2023-06-01') join documents using (document_id)"
    assert one(opened, f"{known} select max(published_on) <= '2023-06-01'")


def test_in_the_end_all_is_known(opened: duckdb.DuckDBPyConnection) -> None:
    everything = "from observations_as_of(date '9999-12-31')"
    assert opened.sql(f"{everything} except from observations.observations").fetchall() == []
    assert opened.sql(f"from observations.observations except {everything}").fetchall() == []
    everything = "from figures_as_of(date '9999-12-31')"
    assert opened.sql(f"from figures except {everything}").fetchall() == []


def test_a_later_correction_does_not_rewrite_the_earlier_view(
    opened: duckdb.DuckDBPyConnection,
) -> None:
    known = "from observations_as_of(date '2023-06-01') order by all"
    before = opened.execute(known).fetchall()
    opened.execute(
        """
        insert into observations.stated_observations by name
        select * replace (
            figure_id || '-corrected' as figure_id, value + 1 as value, value_low + 1 as value_low,
            value_high + 1 as value_high, date '2023-06-02' as published_on
        )
        from observations.stated_observations
        where published_on <= date '2023-06-01'
        """
    )
    assert opened.execute(known).fetchall() == before
    next_day = "from observations_as_of(date '2023-06-02')"
    assert one(opened, f"{next_day} select count(*) > 0 and bool_and(figure_id like '%-corrected')")


def test_only_marts_are_tables_of_main(opened: duckdb.DuckDBPyConnection) -> None:
    macros = {
        name
        for (name,) in opened.execute(
            "select function_name from duckdb_functions() where schema_name = 'main'"
            " and function_type = 'table_macro' and not internal and comment is not null"
        ).fetchall()
    }
    assert macros == {"observations_as_of", "figures_as_of", "documents_as_of"}
    assert one(opened, "select count(*) from duckdb_views() where not internal") == 0
