"""Documents in traditional characters, shown to the machine in simplified ones.

Each character has one counterpart, so that no place of the text moves. The pairs in
traditional.csv are those of OpenCC's table of characters (Apache License 2.0) that official prose
can hold.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from ingest.meaning.lexicon import read_table
from ingest.readers import Cell, Document, Table

_TELLING: Final = re.compile("[學園國發兒萬億為與對應個會實後總數員業這]")
_HEAD: Final = 4000
_FEWEST: Final = 5


@cache
def _counterparts() -> dict[int, str]:
    rows = read_table("traditional.csv")
    return {ord(one): row["simplified"] for row in rows for one in row["traditional"]}


def simplified(document: Document) -> Document:
    """The document with simplified characters; itself where it is not in traditional ones."""
    if len(_TELLING.findall(document.text, 0, _HEAD)) < _FEWEST:
        return document
    text = document.text.translate(_counterparts())
    return replace(document, text=text, tables=tuple(map(_table, document.tables)))


def _table(table: Table) -> Table:
    cells = tuple(map(_cell, table.cells))
    return replace(table, cells=cells, caption=table.caption.translate(_counterparts()))


def _cell(cell: Cell) -> Cell:
    return replace(
        cell,
        column_headers=tuple(words.translate(_counterparts()) for words in cell.column_headers),
        row_headers=tuple(words.translate(_counterparts()) for words in cell.row_headers),
    )
