"""Whether every partition is a whole Parquet file with the columns of its seed."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.seeds.fault import Fault
from ingest.seeds.schema import SeedSchema
from ingest.store.layout import Store

if TYPE_CHECKING:
    import duckdb

RULES: Final = ("not_parquet", "foreign_schema", "foreign_file")
MAGIC: Final = b"PAR1"
_TAIL: Final = 8


def file_faults(
    store: Store,
    connection: "duckdb.DuckDBPyConnection",
    schemas: Mapping[str, SeedSchema],
    changed: Collection[str] | None = None,
) -> Iterator[Fault]:
    """Faults of files; a half-written one is known by its missing end, before it is read.

    Every file is looked at; the columns are asked of those in changed partitions, or of all.
    """
    yield from _strangers(store)
    for table, schema in schemas.items():
        whole = []
        for file in store.files(table):
            if not is_whole(file):
                yield Fault("not_parquet", store.name(file))
            elif changed is None or f"{file.parts[-3]}/{file.parts[-2]}" in changed:
                whole.append(file)
        yield from _schema_faults(store, connection, schema, whole)


def is_whole(file: Path) -> bool:
    """Whether a file begins and ends as Parquet does and holds what its end announces."""
    size = file.stat().st_size
    if size < 2 * _TAIL:
        return False
    with file.open("rb") as content:
        begins = content.read(len(MAGIC)) == MAGIC
        content.seek(size - _TAIL)
        tail = content.read(_TAIL)
    footer = int.from_bytes(tail[:4], "little")
    return begins and tail[4:] == MAGIC and 0 < footer <= size - _TAIL - len(MAGIC)


def _schema_faults(
    store: Store,
    connection: "duckdb.DuckDBPyConnection",
    schema: SeedSchema,
    files: list[Path],
) -> Iterator[Fault]:
    wanted = {column.name: column.type.replace(" ", "") for column in schema.columns}
    for file in files:
        try:
            described = connection.execute(
                "describe from read_parquet(?, hive_partitioning = false)", [file.as_posix()]
            ).fetchall()
        except Exception as error:  # a footer that lies may end in any error of the library
            yield Fault("not_parquet", store.name(file), fields={"error": error})
            continue
        found = {name: type_.lower().replace(" ", "") for name, type_, *_ in described}
        if found != wanted:
            yield Fault(
                "foreign_schema", store.name(file), fields={"what": _difference(found, wanted)}
            )


def _difference(found: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    words = [f"-{name}" for name in wanted if name not in found]
    words += [f"+{name}" for name in found if name not in wanted]
    words += [
        f"{name}: {found[name]} ≠ {wanted[name]}"
        for name in wanted
        if name in found and found[name] != wanted[name]
    ]
    return ", ".join(words)


def _strangers(store: Store) -> Iterator[Fault]:
    """Parquet files that lie where no partition is looked for: staging would not read them."""
    known = {file for _, file in store.all_files()}
    for file in sorted(store.folder.rglob("*.parquet")):
        if file not in known and not any(part.startswith(".") for part in file.parts):
            yield Fault("foreign_file", store.name(file))
