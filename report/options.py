"""What a user may choose about the report."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """A GeoJSON file of real boundaries; `approval` where the file lacks its 审图号."""

    path: Path
    approval: str | None = None
