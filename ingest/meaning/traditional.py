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


@cache
def _lookalikes() -> dict[int, str]:
    """Characters that stand for another that looks the same: 巿 for 市."""
    return {ord(row["printed"]): row["meant"] for row in read_table("lookalikes.csv")}


def simplified(document: Document) -> Document:
    """The document with simplified characters and without lookalikes; itself where it has none."""
    if any(chr(one) in document.text for one in _lookalikes()):
        document = _translated(document, _lookalikes())
    if len(_TELLING.findall(document.text, 0, _HEAD)) < _FEWEST:
        return document
    return _translated(document, _counterparts())


def _translated(document: Document, pairs: dict[int, str]) -> Document:
    tables = tuple(_table(table, pairs) for table in document.tables)
    return replace(document, text=document.text.translate(pairs), tables=tables)


def _table(table: Table, pairs: dict[int, str]) -> Table:
    cells = tuple(_cell(cell, pairs) for cell in table.cells)
    return replace(table, cells=cells, caption=table.caption.translate(pairs))


def _cell(cell: Cell, pairs: dict[int, str]) -> Cell:
    return replace(
        cell,
        column_headers=tuple(words.translate(pairs) for words in cell.column_headers),
        row_headers=tuple(words.translate(pairs) for words in cell.row_headers),
    )
