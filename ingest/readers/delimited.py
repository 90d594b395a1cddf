"""Files of separated values, read as a sheet: commas, tabs or semicolons between the cells."""

import csv
import re
from itertools import islice
from pathlib import Path
from typing import Final

from ingest.readers.encodings import decode
from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, GridCell, LinearText
from ingest.readers.problems import ReaderError
from ingest.readers.sheets import Rows, write_sheet

_SAMPLE_LINES: Final = 200
_SEPARATORS: Final = ("\t", ",", ";", "|")
# The statistics bureau's exports have a tab before each comma.
_TAB_BEFORE: Final = re.compile(r"\t(?=[,;|])")
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{2}")


def read_delimited(path: Path, data: bytes, limits: Limits) -> Extract:
    """The rows as one sheet, blanks around a cell not counted.

    Exports of statistics offices tell indicator and unit by the file's name alone, so that a
    name in Chinese is part of the tables' captions.
    Raises ReaderError: binary, truncated, encoding, table_cells.
    """
    text = decode(path, data)
    lines = text.splitlines(keepends=True)
    out = LinearText()
    rows: Rows = []
    width = 0
    for number, values in enumerate(csv.reader(lines, delimiter=_separator(lines))):
        cells = ((column, value.strip()) for column, value in enumerate(values))
        rows.append([GridCell(number, column, value) for column, value in cells if value])
        width = max(width, len(values))
        if width * len(rows) > limits.table_cells:
            limit = limits.table_cells
            raise ReaderError(path, "table_cells", limit=limit, variable=variable("table_cells"))
    write_sheet(out, rows, caption=name_as_caption(path))
    return out.finish("csv")


def name_as_caption(path: Path) -> str:
    """What a file's name says in Chinese about the tables in it; nothing of a mere code."""
    return path.stem if _NAMED.search(path.stem) else ""


def _separator(lines: list[str]) -> str:
    """The separator that most lines hold; of those that as many hold, the more frequent one."""
    sample = [_TAB_BEFORE.sub("", line) for line in islice(lines, _SAMPLE_LINES)]
    return max(
        _SEPARATORS,
        key=lambda one: (sum(one in line for line in sample), sum(x.count(one) for x in sample)),
    )
