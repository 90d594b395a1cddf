"""Marts and their columns as the file itself describes them, in both languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from project.language import language, say
from query.connection import Warehouse
from query.faults import QueryFault, did_you_mean

BETWEEN_LANGUAGES: Final = " ｜ "
RELATIONS: Final = """
    select table_name, 'table', comment from duckdb_tables() where schema_name = 'main'
    union all
    select view_name, 'view', comment from duckdb_views()
    where schema_name = 'main' and not internal
"""
NUMERIC_TYPE: Final = re.compile(r"(tiny|small|big|huge)?int(eger)?|decimal.*|double|float|real")


@dataclass(frozen=True, slots=True)
class Described:
    """A description in English and in Chinese."""

    en: str
    zh: str

    def __str__(self) -> str:
        """The description in the chosen language."""
        return self.zh if language() == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a mart; `key_position` counts from 1 and is None outside the primary key."""

    name: str
    data_type: str
    description: Described
    indicator: str | None
    unit_code: str | None
    sector: str | None
    measure: str | None
    counts: str | None
    key_position: int | None
    is_about_warehouse: bool

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds numbers."""
        return NUMERIC_TYPE.fullmatch(self.data_type) is not None


@dataclass(frozen=True, slots=True)
class Mart:
    """A mart with its columns in their order.

    kind: `table`, `view` where the file only computes it, `missing` where the file lacks it.
    """

    name: str
    topic: str
    description: Described
    columns: Mapping[str, Column]
    kind: str = "table"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key in the order of the key."""
        keys = [column for column in self.columns.values() if column.key_position]
        return tuple(column.name for column in sorted(keys, key=lambda key: key.key_position or 0))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that state numbers: numeric and not part of the key."""
        return tuple(
            column.name
            for column in self.columns.values()
            if column.is_numeric and not column.key_position
        )

    def column(self, name: str) -> Column:
        """A column by name. Raises QueryFault, naming the nearest ones."""
        if name not in self.columns:
            hint = did_you_mean(name, self.columns)
            raise QueryFault(say("query.no_column", mart=self.name, column=name, hint=hint))
        return self.columns[name]


def in_both_languages(text: str | None) -> Described:
    """A description as the file holds it: English, ' ｜ ', Chinese; one language serves as both."""
    en, _, zh = (text or "").partition(BETWEEN_LANGUAGES)
    return Described(en.strip(), (zh or en).strip())


def read_dictionary(warehouse: Warehouse) -> dict[str, Mart]:
    """The marts of a file by name, in the order of their names.

    Raises QueryFault where the file has no table `data_dictionary`.
    """
    relations = {name: (kind, comment) for name, kind, comment in warehouse.rows(RELATIONS)}
    if "data_dictionary" not in relations:
        raise QueryFault(say("query.no_dictionary", file=warehouse.file))
    rows = warehouse.records("select * from data_dictionary order by mart, position")
    columns: dict[str, dict[str, Column]] = {}
    topics: dict[str, str] = {}
    for row in rows:
        columns.setdefault(row["mart"], {})[row["column_name"]] = _column(row)
        topics[row["mart"]] = row["topic"]
    marts = {}
    for name, described in columns.items():
        kind, comment = relations.get(name, ("missing", None))
        marts[name] = Mart(name, topics[name], in_both_languages(comment), described, kind)
    return marts


def mart_of(dictionary: Mapping[str, Mart], name: str) -> Mart:
    """A mart by name. Raises QueryFault, naming the nearest ones."""
    if name not in dictionary:
        raise QueryFault(say("query.no_mart", mart=name, hint=did_you_mean(name, dictionary)))
    return dictionary[name]


def _column(row: Mapping[str, object]) -> Column:
    return Column(
        name=str(row["column_name"]),
        data_type=str(row["data_type"]),
        description=Described(str(row["description_en"]), str(row["description_zh"])),
        indicator=_text(row["indicator"]),
        unit_code=_text(row["unit_code"]),
        sector=_text(row["sector"]),
        measure=_text(row["measure"]),
        counts=_text(row["counts"]),
        key_position=int(str(row["key_position"])) if row["key_position"] else None,
        is_about_warehouse=bool(row["is_about_warehouse"]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
