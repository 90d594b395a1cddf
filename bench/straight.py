"""The SQL that dbt compiled, as one script: what the same tables cost without dbt."""

import json
import shutil
from pathlib import Path
from typing import Any, Final

import duckdb

from project import machine

FOLDER: Final = "straight"


def run(root: Path, database: str, built: Path | None = None) -> Path:
    """Run what dbt built last, in its order, in one connection to a fresh file, which is returned.

    `database` is what the compiled SQL calls the file. Seeds that dbt did not load in that run
    come from the file `built`.
    """
    target = root / "target"
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    file = root / FOLDER / f"{database}.duckdb"
    shutil.rmtree(file.parent, ignore_errors=True)
    file.parent.mkdir()
    with duckdb.connect(str(file), config=machine.engine(file.parent / "spilled").settings) as to:
        if built is not None:
            to.execute(f"attach '{built}' as built (read_only); create schema seeds")
            for node in nodes.values():
                if node["resource_type"] == "seed":
                    to.execute(f"create table seeds.{node['alias']} as from built.{_table(node)}")
            to.execute("detach built")
        for result in results:
            node = nodes.get(result["unique_id"])
            if node is not None:
                to.execute(_statement(root, node, result["compiled_code"]))
    return file


def _table(node: dict[str, Any]) -> str:
    return f'"{node["schema"]}"."{node["alias"]}"'


def _statement(root: Path, node: dict[str, Any], compiled: str | None) -> str:
    if node["resource_type"] == "test":
        return str(compiled)
    schema = f'create schema if not exists "{node["schema"]}";'
    if node["resource_type"] == "model":
        kind = "view" if node["config"]["materialized"] == "view" else "table"
        return f"{schema} create {kind} {_table(node)} as {compiled}"
    types = dict(node["config"]["column_types"])
    file = root / node["original_file_path"]
    columns = ", ".join(f"'{name}': '{type_}'" for name, type_ in types.items())
    rows = f"read_csv('{file}', header = true, columns = {{{columns}}})"
    return f"{schema} create table {_table(node)} as select * from {rows}"  # noqa: S608
