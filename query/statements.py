"""Lets through one statement that reads tables of the file, and nothing else.

DuckDB's settings stop files, networks and extensions, but not every function: one starts a log
that ends the process, others read memory by address. So a statement is parsed by DuckDB itself
and its functions are held against a list of those that only read the file.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from project.language import say
from query.faults import QueryFault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Statement

# Functions in the place of a table.
TABLE_FUNCTIONS: Final = frozenset(
    {
        "duckdb_columns",
        "duckdb_constraints",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_schemas",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
        "generate_series",
        "histogram",
        "histogram_values",
        "json_each",
        "json_tree",
        "pragma_show",
        "pragma_table_info",
        "pragma_version",
        "range",
        "unnest",
    }
)

# Views of DuckDB's own that tell where the file lies, or what was asked.
BARRED_VIEWS: Final = frozenset({"duckdb_databases", "duckdb_logs", "pragma_database_list"})

# Functions in the place of a value that do more than compute one.
BARRED_FUNCTIONS: Final = frozenset({"getenv", "sleep_ms", "write_log"})


def checked(connection: "DuckDBPyConnection", sql: str) -> "Statement":
    """The one statement of `sql`. Raises QueryFault, naming what is not allowed."""
    import duckdb

    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise QueryFault(say("query.one_statement", count=len(statements)))
    statement = statements[0]
    if statement.type != duckdb.StatementType.SELECT:
        raise QueryFault(say("query.only_select", kind=statement.type.name))
    barred = sorted(_functions_used(connection, statement.query) - _allowed(connection))
    if barred:
        raise QueryFault(say("query.function_barred", function=barred[0]))
    return statement


def _functions_used(connection: "DuckDBPyConnection", sql: str) -> set[str]:
    """Names of table functions, barred functions and barred views, wherever they stand."""
    row = connection.execute("select json_serialize_sql($1::varchar)", [sql]).fetchone()
    tree = json.loads(row[0]) if row else {"error": True}
    if tree.get("error"):
        raise QueryFault(say("query.sql_error", error=tree.get("error_message", "")))
    used = set()
    for node in _nodes(tree):
        name = str(node.get("function_name", "")).lower()
        if name in BARRED_FUNCTIONS:
            used.add(name)
        table = str(node.get("table_name", "")).lower()
        if node.get("type") == "BASE_TABLE" and table in BARRED_VIEWS:
            used.add(table)
        if node.get("type") == "TABLE_FUNCTION":
            used.add(_called(node))
    return used


def _called(node: dict[str, object]) -> str:
    function = node.get("function")
    name = function.get("function_name") if isinstance(function, dict) else None
    return str(name).lower()


def _allowed(connection: "DuckDBPyConnection") -> frozenset[str]:
    """The table functions of the list, and the table macros that the file itself brings."""
    own = connection.execute(
        "select function_name from duckdb_functions()"
        " where function_type = 'table_macro' and not internal"
    ).fetchall()
    return TABLE_FUNCTIONS | {str(name).lower() for (name,) in own}


def _nodes(tree: object) -> Iterator[dict[str, object]]:
    if isinstance(tree, dict):
        yield tree
        for branch in tree.values():
            yield from _nodes(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from _nodes(branch)
