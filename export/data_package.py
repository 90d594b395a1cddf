"""The exports as a Frictionless Data Package, version 2, with keys, sources and both languages.

Source of the form: the Data Package standard 2.0 (datapackage.org).
"""

import json
from pathlib import Path
from typing import Final

from export.data_types import words_of
from export.tables import Holdings, Table
from export.texts import text

PACKAGE: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA_PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
LICENCE: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}

# More are a table of their own, not metadata.
MOST_SOURCES: Final = 1_000

Json = dict[str, object]


def write_data_package(holdings: Holdings, folder: Path) -> Path:
    """`datapackage.json` beside the folder `csv` that it describes."""
    file = folder / PACKAGE
    package: Json = {
        "$schema": PROFILE,
        "name": "xuewei",
        "title": text("package.title", "en"),
        "title_zh": text("package.title", "zh"),
        "description": text("package.description", "en"),
        "description_zh": text("package.description", "zh"),
        "version": holdings.as_of.isoformat(),
        "licenses": [LICENCE],
        "sources": _sources(holdings),
        "resources": [_resource(table) for table in holdings.tables],
    }
    file.write_text(as_json(package), encoding="utf-8")
    return file


def _sources(holdings: Holdings) -> list[Json]:
    """The documents, as far as a person reads a list; beyond that the table that holds them."""
    sources = holdings.sources
    if len(sources) > MOST_SOURCES:
        title = text("package.many_sources", "en").format(count=f"{len(sources):,}")
        return [{"title": title, "path": "csv/documents.csv"}]
    return [
        {
            "title": " ".join(filter(None, (source.issuer, source.title, source.number))),
            **({"path": source.address} if source.address else {}),
        }
        for source in sources
    ]


def as_json(value: object) -> str:
    """JSON that a person can read and that is the same each time."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table) -> Json:
    schema: Json = {
        "$schema": SCHEMA_PROFILE,
        "fields": [
            {
                "name": column.name,
                "type": words_of(column.data_type).table_schema,
                "description": column.description.en,
                "description_zh": column.description.zh,
                **({"unit": column.unit_code} if column.unit_code else {}),
                **({"constraints": {"required": True}} if column.key_position else {}),
            }
            for column in table.columns
        ],
        "primaryKey": list(table.mart.key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": [key.column],
                "reference": {"resource": key.table, "fields": [key.table_column]},
            }
            for key in table.foreign_keys
        ]
    return {
        "name": table.name,
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "title": table.description.en,
        "title_zh": table.description.zh,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": schema,
    }
