"""The unit of a number in a table: from its headings, a row of units, the caption."""

import re
from typing import Final

from ingest.meaning.cells import Placed
from ingest.meaning.lexicon import grammar, plain
from ingest.meaning.measures import base_of
from ingest.quantities import Mention
from ingest.quantities.intervals import is_rounded
from ingest.quantities.units import known_unit_codes

UNIT: Final = re.compile(r"[（(]\s*(?:单位\s*[:：]\s*)?([^（）()\d\s]{1,8})\s*[)）]")
_TABLE_UNIT: Final = re.compile(r"单位\s*[:：]?\s*([^（）()\d\s，、。]{1,10})(?![、，/])")
_AREAS: Final = frozenset(grammar("area"))
_RATES: Final = re.compile(r"(?:率|比例|占比|比重|百分比|%|％)$")


def with_unit(mention: Mention, placed: Placed) -> Mention:
    """The mention with the unit that its headings or the table's caption state."""
    if mention.unit_code or mention.value is None:
        return mention
    cell = placed.cell
    if cell.column_headers and cell.column_headers[-1].rstrip().endswith(("%", "％")):
        return _in_unit(mention, "%")
    in_brackets = [
        found
        for words in (*reversed(cell.column_headers), *cell.row_headers)
        for found in reversed(UNIT.findall(words))
        if found not in _AREAS
    ]
    for found in (*in_brackets, *reversed(cell.column_headers), *cell.row_headers):
        if is_unit(found):
            return _in_unit(mention, found)
    for pattern in (_TABLE_UNIT, UNIT):
        named = pattern.search(placed.table.caption)
        if named and is_unit(named[1]):
            return _in_unit(mention, named[1])
    nearest = (*cell.column_headers[-1:], *cell.row_headers[-1:])
    is_rate = any(_RATES.search(plain(words)) for words in nearest)
    return _in_unit(mention, "%") if is_rate and mention.reading.form == "quantity" else mention


def is_unit(words: str) -> bool:
    """Whether a heading is nothing but a unit: 所, 万元, %."""
    base = base_of(words.partition("/")[0])
    return words == "％" or base in known_unit_codes()


def _in_unit(mention: Mention, unit: str) -> Mention:
    unit = "%" if unit == "％" else unit
    base = base_of(unit)
    kind = known_unit_codes().get(base.partition("/")[0], "count")
    value = mention.value
    rounded = value is not None and is_rounded(value, unit, kind, base != unit)
    reading = mention.reading._replace(
        unit_code=unit, kind=kind, is_rounded=rounded, scale=unit.removesuffix(base)
    )
    return mention._replace(reading=reading)
