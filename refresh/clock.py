"""The wall clock, in one place; no order and no lock depends on it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def text_of(moment: datetime) -> str:
    """A moment as ISO 8601 with seconds: 2026-11-22T02:30:15+00:00."""
    return moment.isoformat(timespec="seconds")
