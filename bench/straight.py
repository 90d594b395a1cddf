"""The SQL that dbt compiled, as one script: what the same tables cost without dbt.

`run` makes all of them, one after the other. `run_lean` makes the marts alone, as somebody would
who wants nothing else: what no mart reads is left out, and what is read in one place only is worked
out there and not kept.
"""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any, Final

import duckdb

from project import machine

FOLDER: Final = "straight"
MARTS: Final = "main"


def run(root: Path, database: str, built: Path | None = None) -> Path:
    """Run what dbt built last, in its order, in one connection to a fresh file, which is returned.

    `database` is what the compiled SQL calls the file. Seeds that dbt did not load in that run
    come from the file `built`.
    """
    return _run(root, database, built, _results(root), frozenset())


def run_lean(root: Path, database: str, built: Path | None = None) -> Path:
    """As `run`, but for the marts alone: views where a table would be read once, or never."""
    results = _results(root)
    nodes = _nodes(root)
    needed = _behind_marts(nodes)
    chosen = [result for result in results if result["unique_id"] in needed]
    sql = "\n".join(str(result["compiled_code"]) for result in chosen)
    mentions = Counter({name: sql.count(f".{_table(nodes[name])}") for name in needed})
    passing = frozenset(
        name for name in needed if nodes[name]["schema"] != MARTS and mentions[name] < 2
    )
    return _run(root, database, built, chosen, passing)


def _run(
    root: Path,
    database: str,
    built: Path | None,
    results: list[dict[str, Any]],
    passing: frozenset[str],
) -> Path:
    nodes = _nodes(root)
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
            name = str(result["unique_id"])
            if name in nodes:
                kept = name not in passing
                to.execute(_statement(root, nodes[name], result["compiled_code"], kept=kept))
    return file


def _nodes(root: Path) -> dict[str, dict[str, Any]]:
    manifest = json.loads((root / "target" / "manifest.json").read_text(encoding="utf-8"))
    return dict(manifest["nodes"])


def _results(root: Path) -> list[dict[str, Any]]:
    results = json.loads((root / "target" / "run_results.json").read_text(encoding="utf-8"))
    return list(results["results"])


def _behind_marts(nodes: dict[str, dict[str, Any]]) -> set[str]:
    """The marts, and every model that they read."""
    waiting = [
        name
        for name, node in nodes.items()
        if node["resource_type"] == "model" and node["schema"] == MARTS
    ]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name.startswith("model.") and name not in found:
            found.add(name)
            waiting += _read_by(nodes, name)
    return found


def _read_by(nodes: dict[str, dict[str, Any]], name: str) -> list[str]:
    """What a model reads; that it asks for slices is of no use to a script."""
    return [
        other
        for other in nodes[name]["depends_on"]["nodes"]
        if other.rpartition(".")[2] != "region_slices"
    ]


def _table(node: dict[str, Any]) -> str:
    return f'"{node["schema"]}"."{node["alias"]}"'


def _statement(root: Path, node: dict[str, Any], compiled: str | None, *, kept: bool) -> str:
    if node["resource_type"] == "test":
        return str(compiled)
    schema = f'create schema if not exists "{node["schema"]}";'
    if node["resource_type"] == "model":
        kind = "table" if kept and node["config"]["materialized"] != "view" else "view"
        return f"{schema} create {kind} {_table(node)} as {compiled}"
    types = dict(node["config"]["column_types"])
    file = root / node["original_file_path"]
    columns = ", ".join(f"'{name}': '{type_}'" for name, type_ in types.items())
    rows = f"read_csv('{file}', header = true, columns = {{{columns}}})"
    return f"{schema} create table {_table(node)} as select * from {rows}"  # noqa: S608
