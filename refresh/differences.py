"""What differs between two warehouses: rows of each mart by key, and the documents behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from refresh.contents import NOT_COUNTED

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was added, removed or changed; `columns` are those whose values differ."""

    kind: str
    key: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MartDifference:
    """What differs in one mart.

    is_keyed: whether rows were matched by key; else a changed one counts as removed and added.
    documents: documents that caused it, as far as the data show.
    """

    mart: str
    added: int
    removed: int
    changed: int
    rows: tuple[Change, ...]
    documents: tuple[str, ...]
    is_keyed: bool


@dataclass(frozen=True, slots=True)
class _Table:
    columns: Mapping[str, str]
    key: tuple[str, ...]


def differences(old: Path, new: Path, rows_shown: int) -> tuple[MartDifference, ...]:
    """Compare two files mart by mart; marts without a difference are left out."""
    import duckdb

    with duckdb.connect() as connection:
        for name, path in (("old", old), ("new", new)):
            quoted = str(path.resolve()).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name}_file (read_only)")
        before, after = _tables(connection, "old_file"), _tables(connection, "new_file")
        _note_changed_figures(connection, before, after)
        found = [
            _compare(connection, mart, (before.get(mart), after.get(mart)), rows_shown)
            for mart in sorted(before.keys() | after.keys())
            if mart not in NOT_COUNTED
        ]
        return tuple(entry for entry in found if entry is not None)


def _tables(connection: "duckdb.DuckDBPyConnection", file: str) -> dict[str, _Table]:
    columns: dict[str, dict[str, str]] = {}
    for mart, column, type_ in connection.execute(
        """
        select table_name, column_name, data_type
        from duckdb_columns()
        where database_name = ? and schema_name = 'main' and not internal
        order by table_name, column_index
        """,
        [file],
    ).fetchall():
        columns.setdefault(mart, {})[column] = type_
    keys: dict[str, tuple[str, ...]] = {}
    if "data_dictionary" in columns:
        for mart, column in connection.execute(
            f"select mart, column_name from {file}.main.data_dictionary "  # noqa: S608
            "where is_key order by mart, key_position"
        ).fetchall():
            keys[mart] = (*keys.get(mart, ()), column)
    return {mart: _Table(columns[mart], keys.get(mart, ())) for mart in columns}


def _compare(
    connection: "duckdb.DuckDBPyConnection",
    mart: str,
    tables: tuple[_Table | None, _Table | None],
    rows_shown: int,
) -> MartDifference | None:
    comparison = _Comparison(mart, *tables)
    connection.execute(comparison.sql())
    counts: dict[str, int] = dict(
        connection.execute("select kind, count(*) from compared group by kind").fetchall()
    )
    if not counts:
        return None
    rows = connection.execute(
        "select kind, row_key, columns from compared order by kind, row_key limit ?", [rows_shown]
    ).fetchall()
    return MartDifference(
        mart=mart,
        added=counts.get("added", 0),
        removed=counts.get("removed", 0),
        changed=counts.get("changed", 0),
        rows=tuple(Change(kind, key, tuple(columns or ())) for kind, key, columns in rows),
        documents=_causes(connection, mart),
        is_keyed=comparison.is_keyed,
    )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The SQL that writes what differs in a mart into the table `compared`."""

    mart: str
    old: _Table | None
    new: _Table | None

    @property
    def shared(self) -> tuple[str, ...]:
        """Columns that both files have; those of the one file where the other lacks the mart."""
        sides = [table for table in (self.old, self.new) if table is not None]
        return tuple(c for c in sides[-1].columns if all(c in side.columns for side in sides))

    @property
    def is_keyed(self) -> bool:
        """Whether rows can be matched by a key that both files have."""
        return bool(self._known_key) and set(self._known_key) <= set(self.shared)

    @property
    def _known_key(self) -> tuple[str, ...]:
        keys = [table.key for table in (self.new, self.old) if table is not None and table.key]
        return keys[0] if keys else ()

    def sql(self) -> str:
        """One statement; rows that are alike on both sides are not written."""
        key = self._known_key if self.is_keyed else self.shared
        rest = [column for column in self.shared if column not in key]
        match = " and ".join(f'a."{c}" is not distinct from b."{c}"' for c in key)
        same = " and ".join(f'a."{c}" is not distinct from b."{c}"' for c in rest) or "true"
        differing = ", ".join(
            f'case when a."{c}" is distinct from b."{c}" then \'{c}\' end' for c in rest
        )
        document = "document_id" if "document_id" in self.shared else None
        return f"""
            create or replace temp table compared as
            select
                case
                    when not coalesce(a.is_there, false) then 'added'
                    when not coalesce(b.is_there, false) then 'removed'
                    else 'changed'
                end as kind,
                {self._row_key(key)} as row_key,
                case
                    when a.is_there and b.is_there
                        then list_filter([{differing}], lambda name: name is not null)
                end as columns,
                {f'coalesce(b."{document}", a."{document}")' if document else "null"} as document_id
            from ({self._side("old_file", self.old)}) as a
            full join ({self._side("new_file", self.new)}) as b on {match}
            where (a.is_there and b.is_there and {same}) is not true
        """  # noqa: S608

    def _side(self, file: str, table: _Table | None) -> str:
        columns = ", ".join(f'"{column}"' for column in self.shared)
        if table is None:
            other = "new_file" if file == "old_file" else "old_file"
            return f'select {columns}, true as is_there from {other}.main."{self.mart}" where false'  # noqa: S608
        return f'select {columns}, true as is_there from {file}.main."{self.mart}"'  # noqa: S608

    def _row_key(self, key: tuple[str, ...]) -> str:
        return " || ".join(
            f"'{';' if place else ''}{c}=' || "
            f'coalesce(cast(coalesce(b."{c}", a."{c}") as varchar), \'\')'
            for place, c in enumerate(key)
        )


def _note_changed_figures(
    connection: "duckdb.DuckDBPyConnection",
    before: Mapping[str, _Table],
    after: Mapping[str, _Table],
) -> None:
    """Write the figures that differ, and what they flow into, into temporary tables."""
    connection.execute("create temp table changed_figures (figure_id varchar, document_id varchar)")
    connection.execute(
        "create temp table reached (mart varchar, row_key varchar, document_id varchar)"
    )
    if "figures" in before and "figures" in after:
        connection.execute(_Comparison("figures", before["figures"], after["figures"]).sql())
        connection.execute(
            "insert into changed_figures "
            "select distinct replace(row_key, 'figure_id=', ''), document_id from compared"
        )
    for file, tables in (("old_file", before), ("new_file", after)):
        if "lineage" in tables:
            connection.execute(
                f"""
                insert into reached
                select distinct lineage.mart, lineage.row_key, changed_figures.document_id
                from {file}.main.lineage as lineage
                inner join changed_figures
                    on lineage.input_figure_id = changed_figures.figure_id
                """  # noqa: S608
            )


def _causes(connection: "duckdb.DuckDBPyConnection", mart: str) -> tuple[str, ...]:
    """Documents whose changed figures reach a differing row, else those that the rows name."""
    rows = connection.execute(
        """
        select reached.document_id
        from compared
        inner join reached on compared.row_key = reached.row_key and reached.mart = ?
        union
        select document_id from compared where document_id is not null
        order by document_id
        """,
        [mart],
    ).fetchall()
    return tuple(str(document) for (document,) in rows)
