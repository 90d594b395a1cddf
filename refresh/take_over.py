"""A build that begins with what is published and builds in it what changed.

The schema `changes` of the side file tells dbt what that is: `changes.regions`, the regions whose
rows are worked out anew (macros/changes.sql), and `changes.models`, the files where it begins.
"""

import shutil
from pathlib import Path

from refresh.changes import Changes


def start_from(published: Path, side: Path, changes: Changes) -> None:
    """Copy a published file to where dbt builds, and name in it what is to be built."""
    import duckdb

    side.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(published, side)
    side.chmod(0o644)
    with duckdb.connect(str(side)) as connection:
        # Else the copy is waited for until all of it is on the disk.
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("create schema changes")
        connection.execute("create table changes.regions (region_code varchar)")
        connection.execute(
            "insert into changes.regions select unnest(?)",
            # Where no region changes, a code that none has.
            [sorted(changes.changed) or [""]],
        )
        connection.execute("create table changes.models (file varchar)")
        connection.execute("insert into changes.models select unnest(?)", [list(changes.models)])


def models(file: Path) -> tuple[str, ...]:
    """Where dbt begins to build that file; empty where it is to be built whole."""
    import duckdb

    if not file.exists():
        return ()
    with duckdb.connect(str(file), read_only=True) as connection:
        [[there]] = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'changes'"
        ).fetchall()
        found = connection.execute("from changes.models").fetchall() if there else []
        return tuple(name for (name,) in found)


def forget(file: Path) -> None:
    """Take those names out again: what is published is whole."""
    import duckdb

    with duckdb.connect(str(file)) as connection:
        connection.execute("drop schema if exists changes cascade")
