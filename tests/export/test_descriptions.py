"""The descriptions of the exports are read by the programs that their standards are for."""

import hashlib
import json
import shutil
from io import BytesIO
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from export import data_package
from tests.export.conftest import Harm

KINDS = ("csv", "parquet")


def test_the_data_package_is_valid_with_its_keys(exports: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the extra dev is not installed")
    report = frictionless.validate(str(exports / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    package = json.loads((exports / "datapackage.json").read_text(encoding="utf-8"))
    keyed = [resource for resource in package["resources"] if resource["schema"]["primaryKey"]]
    assert len(keyed) == len(package["resources"])
    assert any("foreignKeys" in resource["schema"] for resource in package["resources"])


def test_a_number_changed_in_the_csv_makes_the_data_package_invalid(
    exports: Path, tmp_path: Path
) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the extra dev is not installed")
    copy = shutil.copytree(exports, tmp_path / "copy")
    births = frictionless.Package(str(copy / "datapackage.json")).get_resource("births")
    assert births.validate().valid
    file = copy / "csv" / "births.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("31542", "many"), "utf-8-sig")
    assert not births.validate().valid


def test_documents_with_harmful_titles_make_a_valid_resource(harm: Harm) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the extra dev is not installed")
    package = frictionless.Package(str(harm.exported.folder / "datapackage.json"))
    for name in ("documents", "births"):
        report = package.get_resource(name).validate()
        assert report.valid, report.flatten(["type", "message"])


def test_more_documents_than_a_person_reads_are_one_source(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from export.release import build

    monkeypatch.setattr(data_package, "MOST_SOURCES", 3)
    build(warehouse, tmp_path / "exports")
    package = json.loads((tmp_path / "exports" / "datapackage.json").read_text(encoding="utf-8"))
    (source,) = package["sources"]
    assert source["path"] == "csv/documents.csv"
    assert "documents, listed in documents" in source["title"]


def test_sdmx_is_read_back_by_pysdmx_and_by_sdmx1(exports: Path, warehouse: Path) -> None:
    pytest.importorskip("pysdmx", reason="the extra sdmx is not installed")
    sdmx = pytest.importorskip("sdmx", reason="the extra sdmx is not installed")
    from pysdmx.io import get_datasets

    structure, data = exports / "sdmx" / "structure.xml", exports / "sdmx" / "observations.csv"
    with duckdb.connect(warehouse, read_only=True) as connection:
        sql = "select count(*), sum(value) from observations.reconciled_observations"
        ((count, total),) = connection.execute(sql).fetchall()
    (read,) = get_datasets(str(data), str(structure))
    assert len(read.data) == count
    assert float(read.data["OBS_VALUE"].astype(float).sum()) == pytest.approx(float(total))
    message = sdmx.read_sdmx(BytesIO(structure.read_bytes()))
    definition = message.structure["OBSERVATIONS"]
    assert [part.id for part in definition.dimensions.components][-1] == "TIME_PERIOD"
    (again,) = sdmx.read_sdmx(BytesIO(data.read_bytes()), structure=definition, format="CSV").data
    assert len(again.obs) == count
    codes = {item.id for item in message.codelist["CL_AREA"]}
    assert {str(obs.key["REF_AREA"].value) for obs in again.obs} <= codes


def test_web_metadata_names_every_column_in_both_languages(exports: Path) -> None:
    described = json.loads((exports / "csv-metadata.json").read_text(encoding="utf-8"))
    columns = [
        column for table in described["tables"] for column in table["tableSchema"]["columns"]
    ]
    assert all(
        column["dc:description"]["zh"] and column["dc:description"]["en"] for column in columns
    )
    croissant = json.loads((exports / "croissant.json").read_text(encoding="utf-8"))
    assert {entry["@id"] for entry in croissant["distribution"]} == {
        path.name for kind in KINDS for path in (exports / kind).iterdir()
    }
    catalogue = json.loads((exports / "dcat.jsonld").read_text(encoding="utf-8"))
    assert len(catalogue["dcat:dataset"]) == len(described["tables"])


def test_croissant_names_columns_and_digests_of_files_that_are_there(exports: Path) -> None:
    croissant = json.loads((exports / "croissant.json").read_text(encoding="utf-8"))
    assert croissant["@context"]["@language"] == "en"
    files = {entry["@id"]: entry["contentUrl"] for entry in croissant["distribution"]}
    for entry in croissant["distribution"]:
        content = (exports / entry["contentUrl"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    read = 0
    for records in croissant["recordSet"]:
        for field in records["field"]:
            file = exports / files[field["source"]["fileObject"]["@id"]]
            names = pq.read_schema(file).names
            assert field["source"]["extract"]["column"] in names
            read += 1
        assert {key["@id"] for key in records["key"]} <= {f["@id"] for f in records["field"]}
    assert read > 300


def test_columns_of_parquet_carry_their_meaning_in_both_languages(exports: Path) -> None:
    for file in sorted((exports / "parquet").iterdir()):
        for field in pq.read_schema(file):
            assert field.metadata[b"en"] and field.metadata[b"zh"], f"{file.name} {field.name}"
