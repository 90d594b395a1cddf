"""A DuckDB file made of Spark's tables, like the one that dbt builds on DuckDB.

dbt builds every table on DuckDB without a row, which gives the schemas, the types, the comments
and the table macros; Spark's rows are then put into them. So nothing about a table is said twice.
"""

import os
from pathlib import Path

from project.errors import InputFault
from project.language import say
from spark.places import Places
from spark.tables import (
    Table,
    build_on_duckdb,
    build_views_on_duckdb,
    has_views,
    rows_on_spark,
    tables,
)


def publish(at: Places, file: Path) -> int:
    """Put Spark's rows into a new DuckDB file and move it to `file`; gives the number of rows.

    A file that is there stays until the new one is whole; who has it open keeps the old one.
    Raises InputFault where Spark has built nothing or a value does not fit its column.
    """
    if not (at.target / "manifest.json").exists():
        raise InputFault(say("spark.nothing_built"))
    known = tables(at.target)
    for table in known:
        rows_on_spark(at, table)
    # Its name becomes that of the database inside.
    made = file.parent / f".new-spark-{os.getpid()}" / file.name
    made.parent.mkdir(parents=True)
    try:
        build_on_duckdb(at, made, empty=True)
        rows = _fill(at, made, known)
        if has_views(at.target):
            build_views_on_duckdb(at, made)
        made.replace(file)
    finally:
        made.unlink(missing_ok=True)
        made.parent.rmdir()
    return rows


def _fill(at: Places, file: Path, known: tuple[Table, ...]) -> int:
    import duckdb

    rows = 0
    with duckdb.connect(str(file)) as connection:
        for table in known:
            # dbt fills seeds even where it leaves models empty.
            connection.execute(f"delete from {table.full_name}")  # noqa: S608
            order = f" order by {', '.join(table.key)}" if table.key else ""
            try:
                added = connection.execute(
                    f"insert into {table.full_name} by name"  # noqa: S608 - the manifest's names
                    f" select * from {rows_on_spark(at, table)}{order}"
                ).fetchone()
            except duckdb.Error as error:
                said = " ".join(str(error).split())
                raise InputFault(
                    say("spark.does_not_fit", table=table.full_name, error=said)
                ) from None
            rows += added[0] if added else 0
        connection.execute("checkpoint")
    return rows
