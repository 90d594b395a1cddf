"""Where a build on Spark keeps its things."""

from dataclasses import dataclass
from pathlib import Path

from project import paths


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one build; `root` is the project that is built."""

    root: Path
    warehouse: Path
    cache: Path
    elsewhere: Path | None = None

    @property
    def tables(self) -> Path:
        """Folder of Spark's tables: SCHEMA.db/TABLE/*.parquet; or the folder `elsewhere`."""
        return self.elsewhere or self.warehouse / "spark"

    @property
    def target(self) -> Path:
        """Folder of what dbt compiled for Spark, with its manifest."""
        return self.root / "target" / "spark"

    @property
    def logs(self) -> Path:
        """Folder of dbt's log."""
        return self.root / "logs" / "spark"

    @property
    def java(self) -> Path:
        """Folder of the wrapper of a Java that lacks a module."""
        return self.cache / "java"

    @property
    def duckdb(self) -> Path:
        """Folder of the DuckDB files that Spark's tables are compared with or copied into."""
        return self.cache / "duckdb"


def places(elsewhere: Path | None = None) -> Places:
    """The places of the project at hand."""
    cache = paths.root() / ".cache" / "spark"
    return Places(paths.root(), paths.warehouse_folder(), cache, elsewhere)
