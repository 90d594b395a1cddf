"""Every rule of the seeds, in the order in which a fault of one would hide those of the next."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from ingest.seeds import columns, formulas, meaning, spans
from ingest.seeds.fault import Fault
from ingest.seeds.schema import SeedSchema, load_schemas
from ingest.seeds.table import Table, read_table

FILE_RULES: Final = (
    "missing_file",
    "undescribed_file",
    "byte_order_mark",
    "not_utf8",
    "not_csv",
    "missing_column",
    "unknown_column",
    "reordered_columns",
    "repeated_column",
    "field_count",
)

RULES: Final = (
    *FILE_RULES,
    *columns.RULES,
    *spans.RULES,
    *meaning.RULES,
    *formulas.RULES,
)


def check(seeds_folder: Path, stored: Collection[str] = ()) -> list[Fault]:
    """All faults of all seeds under a folder, by file and row; an empty list is a clean bill.

    stored: documents that lie in the figure store, which seeds other than those of figures may
    name. Raises InputFault where the YAML that describes the seeds is itself at fault.
    """
    schemas = load_schemas(seeds_folder)
    tables: dict[str, Table] = {}
    faults = list(_undescribed_files(seeds_folder, schemas))
    for name, schema in schemas.items():
        match read_table(schema):
            case Table() as table:
                tables[name] = table
            case unreadable:
                faults += unreadable
    faults += (fault for fault in faults_in(tables, schemas) if not _is_stored(fault, stored))
    order = {f"{name}.csv": place for place, name in enumerate(schemas)}
    return sorted(faults, key=lambda fault: (order.get(fault.file, -1), fault.row or 0))


def faults_in(tables: Mapping[str, Table], schemas: Mapping[str, SeedSchema]) -> Iterator[Fault]:
    """Faults of the tables that could be read.

    What only all seeds together show is not looked at while one of them can't be read; a cell
    whose type or shape is wrong is not judged a second time for its meaning.
    """
    judged = set()
    for name, table in tables.items():
        for fault in columns.column_faults(schemas[name], table, tables):
            judged.add((fault.file, fault.row, fault.fields.get("column")))
            yield fault
    if tables.keys() == schemas.keys():
        for fault in chain(
            spans.span_faults(tables),
            meaning.meaning_faults(tables),
            formulas.formula_faults(tables),
        ):
            if (fault.file, fault.row, fault.fields.get("column", "")) not in judged:
                yield fault


def _is_stored(fault: Fault, stored: Collection[str]) -> bool:
    """Whether what a row names lies in the store: a document, or a figure that was judged."""
    if fault.rule == "finding_key":
        rule, _, figure = str(fault.fields["finding"]).partition(":")
        return rule == "repeat_statement" and figure.rpartition("-")[0] in stored
    return (
        fault.rule == "unknown_code"
        and fault.fields["target"] == "documents.csv"
        and fault.file not in ("figures.csv", "non_figures.csv")
        and fault.fields["value"] in stored
    )


def _undescribed_files(folder: Path, schemas: Mapping[str, SeedSchema]) -> Iterator[Fault]:
    described = {schema.path for schema in schemas.values()}
    for file in sorted(folder.rglob("*.csv")):
        if file not in described:
            yield Fault("undescribed_file", file.name)
