"""What a built file holds, in the few numbers that a manifest and a summary show."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

# The history that the refresh adds is no mart: it differs in every version.
NOT_COUNTED = frozenset({"refresh_runs"})


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of one warehouse.

    rows: mart -> rows. findings: verdict -> findings, contradictions split by whether they are
    acknowledged. contradictions: finding_id -> whether it is acknowledged. documents:
    document_id -> day of publication. figures: printed statistics.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    contradictions: Mapping[str, bool] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    figures: int = 0

    @property
    def newest_document(self) -> tuple[str, str] | None:
        """The document published last, and its day."""
        dated = [(day, name) for name, day in self.documents.items()]
        return (max(dated)[1], max(dated)[0]) if dated else None

    def as_dict(self) -> dict[str, Any]:
        """As plain data for a manifest."""
        return asdict(self)


def read(path: Path) -> Contents:
    """Look into the warehouse at `path`, read-only; a mart that is missing counts as empty."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        rows = _rows(connection)
        return Contents(
            rows=rows,
            findings=dict(_pairs(connection, rows, "consistency_findings", _FINDINGS)),
            contradictions=dict(_pairs(connection, rows, "consistency_findings", _CONTRADICTIONS)),
            documents=dict(_pairs(connection, rows, "documents", _DOCUMENTS)),
            figures=rows.get("figures", 0),
        )


_FINDINGS = """
    select
        case
            when verdict <> 'contradiction' then verdict
            when is_acknowledged then 'contradiction_acknowledged'
            else 'contradiction_new'
        end as kind,
        count(*) as findings
    from main.consistency_findings
    group by kind
    order by kind
"""
_CONTRADICTIONS = """
    select finding_id, coalesce(is_acknowledged, false)
    from main.consistency_findings
    where verdict = 'contradiction'
    order by finding_id
"""
_DOCUMENTS = """
    select document_id, coalesce(cast(published_on as varchar), '')
    from main.documents
    order by document_id
"""


def _rows(connection: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    names = connection.execute(
        """
        select table_name
        from duckdb_tables()
        where database_name = current_database() and schema_name = 'main'
        order by table_name
        """
    ).fetchall()
    rows = {}
    for (name,) in names:
        if name not in NOT_COUNTED:
            counted = connection.execute(f'select count(*) from main."{name}"').fetchone()  # noqa: S608
            rows[name] = int(counted[0]) if counted else 0
    return rows


def _pairs(
    connection: "duckdb.DuckDBPyConnection", rows: Mapping[str, int], mart: str, query: str
) -> list[tuple[str, Any]]:
    return connection.execute(query).fetchall() if mart in rows else []
