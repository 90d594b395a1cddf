"""The same dictionary for the web of data: CSVW, DCAT 3 and Croissant 1.1, as JSON-LD."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from export.data_package import LICENCE, Json, as_json
from export.data_types import words_of
from export.tables import Holdings, Table
from export.texts import text

CROISSANT_CONTEXT: Final[Json] = {
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "recordSet": "cr:recordSet",
    "field": "cr:field",
    "key": {"@id": "cr:key", "@type": "@id"},
    "source": "cr:source",
    "extract": "cr:extract",
    "column": "cr:column",
    "fileObject": {"@id": "cr:fileObject", "@type": "@id"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "references": "cr:references",
}


def write_linked_metadata(holdings: Holdings, folder: Path) -> Iterator[Path]:
    """`csv-metadata.json` (CSVW), `dcat.jsonld` and `croissant.json`; needs the CSV files."""
    for name, content in (
        ("csv-metadata.json", _csvw(holdings)),
        ("dcat.jsonld", _dcat(holdings)),
        ("croissant.json", _croissant(holdings, folder)),
    ):
        file = folder / name
        file.write_text(as_json(content), encoding="utf-8")
        yield file


def _in_both(table: Table) -> list[Json]:
    return [
        {"@value": table.description.zh, "@language": "zh"},
        {"@value": table.description.en, "@language": "en"},
    ]


def _csvw(holdings: Holdings) -> Json:
    """W3C, Metadata Vocabulary for Tabular Data."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [
            {
                "url": f"csv/{table.name}.csv",
                "dc:title": _in_both(table),
                "tableSchema": {
                    "columns": [
                        {
                            "name": column.name,
                            "titles": column.name,
                            "datatype": words_of(column.data_type).csvw,
                            "dc:description": {
                                "zh": column.description.zh,
                                "en": column.description.en,
                            },
                        }
                        for column in table.columns
                    ],
                    "primaryKey": list(table.mart.key),
                    "foreignKeys": [
                        {
                            "columnReference": key.column,
                            "reference": {
                                "resource": f"csv/{key.table}.csv",
                                "columnReference": key.table_column,
                            },
                        }
                        for key in table.foreign_keys
                    ],
                },
            }
            for table in holdings.tables
        ],
    }


def _dcat(holdings: Holdings) -> Json:
    """W3C, Data Catalog Vocabulary, version 3."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog",
        "dct:title": [
            {"@value": text("package.title", "zh"), "@language": "zh"},
            {"@value": text("package.title", "en"), "@language": "en"},
        ],
        "dct:modified": {"@value": holdings.as_of.isoformat(), "@type": "xsd:date"},
        "dct:license": {"@id": LICENCE["path"]},
        "dcat:dataset": [
            {
                "@type": "dcat:Dataset",
                "dct:identifier": table.name,
                "dct:title": _in_both(table),
                "dct:source": [source.document_id for source in holdings.sources],
                "dcat:distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "dcat:downloadURL": {"@id": f"{kind}/{table.name}.{kind}"},
                        "dcat:mediaType": media_type,
                    }
                    for kind, media_type in (
                        ("csv", "text/csv"),
                        ("parquet", "application/vnd.apache.parquet"),
                    )
                ],
            }
            for table in holdings.tables
        ],
    }


def _croissant(holdings: Holdings, folder: Path) -> Json:
    """MLCommons, Croissant format specification."""
    return {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "xuewei",
        "description": text("package.description", "en"),
        "inLanguage": ["zh", "en"],
        "license": LICENCE["path"],
        "datePublished": holdings.as_of.isoformat(),
        "version": holdings.as_of.strftime("%Y.%-m.%-d"),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{table.name}.csv",
                "name": f"{table.name}.csv",
                "contentUrl": f"csv/{table.name}.csv",
                "encodingFormat": "text/csv",
                "sha256": hashlib.sha256(
                    (folder / "csv" / f"{table.name}.csv").read_bytes()
                ).hexdigest(),
            }
            for table in holdings.tables
        ],
        "recordSet": [_record_set(table) for table in holdings.tables],
    }


def _record_set(table: Table) -> Json:
    references = {key.column: f"{key.table}/{key.table_column}" for key in table.foreign_keys}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description.en,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.mart.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": f"{column.description.en} / {column.description.zh}",
                "dataType": words_of(column.data_type).croissant,
                "source": {
                    "fileObject": {"@id": f"{table.name}.csv"},
                    "extract": {"column": column.name},
                },
                **(
                    {"references": {"field": {"@id": references[column.name]}}}
                    if column.name in references
                    else {}
                ),
            }
            for column in table.columns
        ],
    }
