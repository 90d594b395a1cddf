"""Spark's tables as DuckDB reads them, and the DuckDB file that has the same ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from project.errors import InputFault
from project.language import say
from spark import dbt
from spark.places import Places

PROFILE: Final = """\
xuewei:
  target: duckdb
  outputs:
    duckdb: {type: duckdb, path: 'FILE', threads: 2}
"""
WITHOUT_TESTS: Final = [
    *("--exclude-resource-type", "test"),
    *("--exclude-resource-type", "unit_test"),
]


@dataclass(frozen=True, slots=True)
class Table:
    """A seed or model: where it stands, and what makes a row of it one row."""

    schema: str
    name: str
    key: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """As SQL names it."""
        return f'"{self.schema}"."{self.name}"'


def tables(target: Path) -> tuple[Table, ...]:
    """Every seed and model that a manifest names and keeps as a table, by schema and name."""
    return tuple(sorted(_tables(dbt.nodes(target)), key=lambda table: (table.schema, table.name)))


def has_views(target: Path) -> bool:
    """Whether a model is a view, as lineage beside a figure store is."""
    return any(node["config"].get("materialized") == "view" for node in dbt.nodes(target).values())


def build_on_duckdb(at: Places, file: Path, empty: bool) -> None:
    """Build the project into a new DuckDB file, without tests; `empty` leaves its tables so.

    Raises RefusedByCheck where a model failed.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    _run_on_duckdb(at, file, ["build", *WITHOUT_TESTS, *(["--empty"] if empty else [])])


def build_views_on_duckdb(at: Places, file: Path) -> None:
    """Define the views of a file that was built empty anew: they were defined over nothing."""
    _run_on_duckdb(at, file, ["run", "--select", "config.materialized:view"])


def rows_on_spark(at: Places, table: Table) -> str:
    """The rows of a table of Spark's, as a source that DuckDB reads.

    Raises InputFault where Spark has not built the table.
    """
    folder = at.tables / f"{table.schema}.db" / table.name
    if not any(folder.glob("*.parquet")):
        raise InputFault(say("spark.not_built", table=table.full_name, folder=folder))
    files = str(folder / "*.parquet").replace("'", "''")
    return f"read_parquet('{files}')"


def _run_on_duckdb(at: Places, file: Path, words: Sequence[str]) -> None:
    at.duckdb.mkdir(parents=True, exist_ok=True)
    profile = PROFILE.replace("FILE", str(file).replace("'", "''"))
    (at.duckdb / "profiles.yml").write_text(profile, encoding="utf-8")
    options = ["--profiles-dir", str(at.duckdb)]
    dbt.run(at.root, at.duckdb / "target", at.duckdb / "logs", [*words, *options], {})


def _tables(nodes: dict[str, Any]) -> Iterator[Table]:
    for node in nodes.values():
        is_table = node["config"].get("materialized") not in {"ephemeral", "view"}
        if node["resource_type"] in {"seed", "model"} and is_table:
            described = node
            if node["name"].startswith("stg_"):
                described = nodes[node["depends_on"]["nodes"][0]]
            key = described["config"]["meta"].get("primary_key", ())
            yield Table(node["schema"], node["alias"], tuple(key))
