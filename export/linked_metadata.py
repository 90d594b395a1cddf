"""The same dictionary for the web of data: CSVW, DCAT 3 and Croissant 1.1, as JSON-LD."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from export.data_package import LICENCE, Json, as_json
from export.data_types import words_of
from export.flat_files import file_of
from export.tables import Holdings, Table
from export.texts import text

CROISSANT_WORDS: Final = (
    "arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty"
    " fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet"
    " references regex repeated replace samplingRate separator source subField transform"
)
# The context that the specification prescribes; readers refuse a description without its parts.
CROISSANT_CONTEXT: Final[Json] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in CROISSANT_WORDS.split()},
}

MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
# Records are read from Parquet, which keeps the types: in CSV a code could pass for a number.
FILE_FORMS: Final = {"csv": "text/csv", "parquet": "application/x-parquet"}


def write_linked_metadata(holdings: Holdings, folder: Path) -> Iterator[Path]:
    """`csv-metadata.json` (CSVW), `dcat.jsonld` and `croissant.json`; needs the flat files."""
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
        "dct:source": [source.document_id for source in holdings.sources],
        "dcat:dataset": [
            {
                "@type": "dcat:Dataset",
                "dct:identifier": table.name,
                "dct:title": _in_both(table),
                "dcat:distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "dcat:downloadURL": {"@id": f"{kind}/{table.name}.{kind}"},
                        "dcat:mediaType": {"@id": f"{MEDIA_TYPES}{media_type}"},
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
        "citeAs": text("package.title", "en"),
        "distribution": [
            _file_object(table, kind, form, folder)
            for table in holdings.tables
            for kind, form in FILE_FORMS.items()
        ],
        "recordSet": [_record_set(table) for table in holdings.tables],
    }


def _file_object(table: Table, kind: str, form: str, folder: Path) -> Json:
    name = f"{table.name}.{kind}"
    with file_of(table, kind, folder).open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": f"{kind}/{name}",
        "encodingFormat": form,
        "sha256": digest,
    }


def _record_set(table: Table) -> Json:
    # Foreign keys stand in the other descriptions: readers of this one join by them and lose rows.
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
                    "fileObject": {"@id": f"{table.name}.parquet"},
                    "extract": {"column": column.name},
                },
            }
            for column in table.columns
        ],
    }
