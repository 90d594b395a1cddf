"""What a seed must look like, read from the YAML that dbt reads: one source of truth."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from project.errors import InputFault
from project.language import say

TYPE_PATTERN = re.compile(r"(varchar|integer|bigint|date|boolean|decimal\((\d+), ?(\d+)\))")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type in the warehouse and what its values must keep to."""

    name: str
    type: str
    required: bool = False
    references: tuple[str, str] | None = None
    values: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    max_length: int | None = None

    @property
    def digits(self) -> tuple[int, int] | None:
        """Digits before and after the point that a decimal can hold; None for other types."""
        match = TYPE_PATTERN.fullmatch(self.type)
        if match is None or match[2] is None:
            return None
        return int(match[2]) - int(match[3]), int(match[3])


@dataclass(frozen=True, slots=True)
class SeedSchema:
    """One seed: its file, its columns in order, the columns that identify a row."""

    name: str
    path: Path
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def load_schemas(seeds_folder: Path) -> dict[str, SeedSchema]:
    """Every seed that a `_*.yml` under the folder describes, in the order of the files.

    Raises InputFault where a description contradicts itself or names an unknown type.
    """
    schemas = {
        schema.name: schema
        for file in sorted(seeds_folder.rglob("_*.yml"))
        for schema in _schemas_in(file)
    }
    for schema in schemas.values():
        for column in schema.columns:
            if column.references and not _exists(column.references, schemas):
                raise _fault(schema, "unknown_reference", column=column.name)
    return schemas


def _schemas_in(file: Path) -> Iterator[SeedSchema]:
    for seed in _parsed(file.read_text(encoding="utf-8")).get("seeds", []):
        config = seed.get("config", {})
        types: Mapping[str, str] = config.get("column_types", {})
        meta = {column["name"]: _meta(column) for column in seed.get("columns", [])}
        schema = SeedSchema(
            name=seed["name"],
            path=file.parent / f"{seed['name']}.csv",
            columns=tuple(_column(name, types[name], meta.get(name, {})) for name in types),
            key=tuple(_meta(seed).get("primary_key", ())),
        )
        _refuse_contradictions(schema, set(meta))
        yield schema


@cache
def _parsed(text: str) -> Mapping[str, Any]:
    """A YAML document, which several checks of one run ask for; nobody changes it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: Mapping[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506
    return document


def _meta(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    meta: Mapping[str, Any] = entry.get("config", {}).get("meta", {})
    return meta


def _column(name: str, type_: str, meta: Mapping[str, Any]) -> Column:
    seed, _, column = meta.get("references", "").partition(".")
    return Column(
        name=name,
        type=type_.lower(),
        required=meta.get("required", False),
        references=(seed, column) if seed else None,
        values=frozenset(map(str, meta.get("values", ()))),
        pattern=re.compile(meta["pattern"]) if "pattern" in meta else None,
        max_length=meta.get("max_length"),
    )


def _refuse_contradictions(schema: SeedSchema, described: set[str]) -> None:
    names = {column.name for column in schema.columns}
    for name in sorted(names ^ described):
        raise _fault(schema, "typed_or_described", column=name)
    for name in schema.key:
        if name not in names:
            raise _fault(schema, "unknown_key", column=name)
    for column in schema.columns:
        if not TYPE_PATTERN.fullmatch(column.type):
            raise _fault(schema, "unknown_type", column=column.name, type=column.type)


def _exists(reference: tuple[str, str], schemas: Mapping[str, SeedSchema]) -> bool:
    seed, name = reference
    return seed in schemas and name in {column.name for column in schemas[seed].columns}


def _fault(schema: SeedSchema, reason: str, **fields: object) -> InputFault:
    return InputFault(say(f"ingest.schema_{reason}", seed=schema.name, **fields))
