"""Opens a built file so that nothing can be written, read from disk, or run for ever.

The settings follow DuckDB's "Securing DuckDB" page: read-only, no external access, no extensions,
configuration locked. What they let through, `query.statements` refuses.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from project import paths
from project.language import say
from query.faults import QueryFault

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection, Statement

Row = tuple[Any, ...]
Setting = str | bool | int | float | list[str]
Parameters = Mapping[str, object] | Sequence[object]

SETTINGS: Final[Mapping[str, Setting]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    # Otherwise a table name that is not in the file reads Python's own variables.
    "python_enable_replacements": "false",
}
# What can be set for a connection only; a slow query would draw its progress into the output.
AFTERWARDS: Final = "set enable_progress_bar = false; set lock_configuration = true"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one statement may take: rows handed over, seconds, memory as DuckDB writes it.

    threads: how many work on it, each with a share of the memory.
    spill: a folder to make for what does not fit into the memory; None stops such a statement.
    """

    rows: int = 10_000
    seconds: float = 30.0
    memory: str = "1GB"
    threads: int = 2
    spill: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a statement gave, in the order of its columns; `is_cut` where the cap left rows off."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[Row, ...]
    is_cut: bool

    def records(self) -> list[dict[str, Any]]:
        """The rows as one mapping from column to value each."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Warehouse:
    """An open, locked-down warehouse; made by `open_warehouse`."""

    def __init__(self, connection: "DuckDBPyConnection", file: Path, limits: Limits) -> None:
        self._connection = connection
        self.file = file
        self.limits = limits

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of one of our own statements. Raises QueryFault where it takes too long."""
        with self._limited():
            return self._connection.execute(sql, parameters).fetchall()

    def batches(self, sql: str, size: int) -> Iterator[list[Row]]:
        """The rows of one of our own statements, so many at a time. Raises like `rows`."""
        with self._limited():
            cursor = self._connection.execute(sql)
            while some := cursor.fetchmany(size):
                yield some

    def arrow(self, sql: str, size: int) -> "Iterator[pa.RecordBatch]":
        """The same as batches of Arrow, for millions of rows. Raises like `rows`."""
        with self._limited():
            reader = self._connection.execute(sql).to_arrow_reader(size)
            while (batch := _next_of(reader)) is not None:
                yield batch

    def records(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """The same as one mapping from column to value each."""
        with self._limited():
            cursor = self._connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def ask(self, sql: str, parameters: Parameters = ()) -> Result:
        """What a person's or an assistant's SQL gives, under all limits.

        Raises QueryFault for anything but one statement that only reads this file, for an error
        in it, and for one that takes more time or memory than the limits allow.
        """
        from query.statements import checked

        with self._limited():
            statement = checked(self._connection, sql)
            return self._run(statement, parameters)

    def _run(self, statement: "Statement", parameters: Parameters) -> Result:
        cursor = self._connection.execute(statement, parameters or None)
        rows = cursor.fetchmany(self.limits.rows + 1)
        described = cursor.description or ()
        return Result(
            columns=tuple(column[0] for column in described),
            types=tuple(str(column[1]) for column in described),
            rows=tuple(rows[: self.limits.rows]),
            is_cut=len(rows) > self.limits.rows,
        )

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Interrupt what runs too long, and say in one sentence what DuckDB says in many."""
        import duckdb

        timer = Timer(self.limits.seconds, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.InterruptException:
            raise QueryFault(say("query.too_slow", seconds=self.limits.seconds)) from None
        except duckdb.OutOfMemoryException:
            spill = self.limits.spill
            key = "query.too_large" if spill is None else "query.no_room"
            raise QueryFault(say(key, memory=self.limits.memory, folder=spill)) from None
        except duckdb.PermissionException as error:
            raise QueryFault(say("query.not_permitted", error=_first_line(error))) from None
        except duckdb.Error as error:
            raise QueryFault(say("query.sql_error", error=_message(error))) from None
        finally:
            timer.cancel()


@contextmanager
def open_warehouse(file: Path | None = None, limits: Limits | None = None) -> Iterator[Warehouse]:
    """A built file, read-only and locked down; the published one where none is named.

    Raises QueryFault where the file is missing, is no warehouse, or is being written to.
    """
    import duckdb

    file = file or paths.published_file()
    limits = limits or Limits()
    if not file.is_file():
        raise QueryFault(say("query.no_file", file=file))
    # Unless told where, a large sort would spill into a folder beside the file.
    spill = str(limits.spill or "")
    settings: dict[str, Setting] = {
        **SETTINGS,
        "memory_limit": limits.memory,
        "threads": str(limits.threads),
        "temp_directory": spill,
    }
    try:
        connection = duckdb.connect(file, read_only=True, config=settings)
        connection.execute(AFTERWARDS)
    except duckdb.Error as error:
        raise QueryFault(say("query.cannot_open", file=file, error=_first_line(error))) from None
    try:
        yield Warehouse(connection, file, limits)
    finally:
        connection.close()


def _next_of(reader: "pa.RecordBatchReader") -> "pa.RecordBatch | None":
    """The next batch, None after the last; once rows flow, Arrow reports what DuckDB says."""
    import duckdb

    try:
        return reader.read_next_batch()
    except StopIteration:
        return None
    except OSError as error:
        if str(error).startswith("INTERRUPT"):
            raise duckdb.InterruptException(str(error)) from None
        raise duckdb.Error(str(error)) from None


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _message(error: Exception) -> str:
    """DuckDB's message up to the piece of SQL that it repeats, in one line."""
    return " ".join(str(error).strip().split("\n\nLINE ")[0].split())
