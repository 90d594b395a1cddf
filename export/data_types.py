"""DuckDB's types of the marts in the words of the formats that we write."""

import re
from dataclasses import dataclass
from typing import Final

DECIMAL: Final = re.compile(r"decimal\((\d+),\s*(\d+)\)")


@dataclass(frozen=True, slots=True)
class Words:
    """What one type is called in a Data Package, in CSVW, in Croissant, and on a sheet."""

    table_schema: str
    csvw: str
    croissant: str
    number_format: str | None


TEXT: Final = Words("string", "string", "sc:Text", None)
WHOLE: Final = Words("integer", "integer", "sc:Integer", "#,##0")
TRUTH: Final = Words("boolean", "boolean", "sc:Boolean", None)
DAY: Final = Words("date", "date", "sc:Date", "yyyy-mm-dd")
INSTANT: Final = Words("datetime", "dateTime", "sc:DateTime", "yyyy-mm-dd hh:mm:ss")

NAMES: Final = {
    "tinyint": WHOLE,
    "smallint": WHOLE,
    "integer": WHOLE,
    "int": WHOLE,
    "bigint": WHOLE,
    "hugeint": WHOLE,
    "boolean": TRUTH,
    "date": DAY,
    "timestamp": INSTANT,
    "timestamp with time zone": INSTANT,
    "varchar": TEXT,
}


def words_of(data_type: str) -> Words:
    """The words for a DuckDB type in small letters. Raises KeyError for one that no mart has."""
    if found := DECIMAL.fullmatch(data_type):
        places = int(found[2])
        shown = f"#,##0.{'#' * places}" if places else "#,##0"
        return Words("number", "decimal", "sc:Float", shown)
    if data_type in ("double", "float", "real"):
        return Words("number", "double", "sc:Float", "#,##0.####")
    return NAMES[data_type]
