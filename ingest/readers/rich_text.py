"""Rich text (.rtf): its words, and the tables in them, whose cells it is told apart by bars."""

from pathlib import Path

from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract
from ingest.readers.plain_text import tables_in


def read_rich_text(path: Path, data: bytes, limits: Limits) -> Extract:
    """The text without its formats; merged cells are not told apart from single ones."""
    from striprtf.striprtf import rtf_to_text

    # The format is ASCII; what is not, some programs write in the code page of Chinese Windows.
    text = rtf_to_text(data.decode("gb18030"), encoding="gb18030", errors="strict")
    return Extract("rtf", text, tuple(tables_in(text, limits.table_cells)))
