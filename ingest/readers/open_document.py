"""OpenDocument spreadsheets (.ods), which hold beside each value the text that the cell shows."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.parsers import expat

from ingest.readers.delimited import name_as_caption
from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, LinearText
from ingest.readers.problems import ReaderError
from ingest.readers.sheet_styles import SheetStyles
from ingest.readers.sheets import Rows, column_of, remarks_on, visible, write_sheet
from project.language import say

_HIDDEN: Final = frozenset({"collapse", "filter"})
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_BREAKS: Final = frozenset({"p", "tab", "line-break"})
_LARGEST: Final = 1 << 20
_CONTENT: Final = "content.xml"

RawCell = tuple[int, int, str, tuple[int, int]]


def read_open_document(path: Path, data: bytes, limits: Limits) -> Extract:
    """The visible sheets one after the other, as those of an Excel workbook.

    Raises ReaderError: table_cells.
    """
    walk = _Walk(path, limits)
    with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(_CONTENT) as stream:
        walk.parser.ParseFile(stream)
    out = LinearText()
    remarks: list[str] = []
    for name, is_hidden, cells, styles in walk.sheets:
        if is_hidden:
            remarks.append(say("readers.remark_hidden_sheet", file=path.name, sheet=name))
            continue
        remarks += remarks_on(path, name, styles)
        rows = _rows(cells, styles)
        write_sheet(out, rows, sheet=name, caption=name_as_caption(path))
    return out.finish("ods", remarks=remarks)


def _rows(cells: Iterable[RawCell], styles: SheetStyles) -> Rows:
    rows: Rows = [[] for _ in range(styles.top, styles.bottom + 1)]
    for row, column, text, last in cells:
        cell = visible(row, column, text, last, styles)
        if cell is not None:
            rows[cell.row - styles.top].append(cell)
    return [sorted(row, key=column_of) for row in rows]


class _Walk:
    """One pass over the sheets, kept in no tree."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.sheets: list[tuple[str, bool, list[RawCell], SheetStyles]] = []
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._path, self._limits = path, limits
        self._unseen_styles: set[str] = set()
        self._style = ""
        self._row = self._column = self._next_row = self._next_column = self._columns = 0
        self._texts: list[str] | None = None
        self._cell: dict[str, str] = {}
        self._notes = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        given = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if tag in _CELLS:
            self._column, self._cell = self._next_column, given
            self._next_column += _repeats(given, "columns")
            self._texts = []
        elif self._texts is not None:
            self._notes += tag == "annotation"
            if not self._notes and (tag == "s" or (tag in _BREAKS and self._texts)):
                self._texts.append(" ")
        else:
            self._start_part(tag, given)

    def _start_part(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "style":
                self._style = given.get("name", "")
            case "table-properties" if given.get("display") == "false":
                self._unseen_styles.add(self._style)
            case "table":
                is_hidden = given.get("style-name", "") in self._unseen_styles
                self.sheets.append((given.get("name", ""), is_hidden, [], SheetStyles()))
                self._next_row = self._columns = 0
            case "table-column":
                first, self._columns = self._columns, self._columns + _repeats(given, "columns")
                if given.get("visibility") in _HIDDEN:
                    self.sheets[-1][3].hidden_columns.update(range(first, self._columns))
            case "table-row":
                self._row, self._next_column = self._next_row, 0
                self._next_row += _repeats(given, "rows")
                if given.get("visibility") in _HIDDEN:
                    self.sheets[-1][3].hidden_rows.update(range(self._row, self._next_row))

    def _characters(self, words: str) -> None:
        if self._texts is not None and not self._notes:
            self._texts.append(words)

    def _end(self, name: str) -> None:
        tag = name.rpartition("}")[2]
        if tag == "annotation":
            self._notes -= 1
        elif tag in _CELLS and self._texts is not None:
            text = "".join(self._texts).strip()
            if text and tag == "table-cell":
                self._add(text)
            elif not text and "formula" in self._cell and "value" not in self._cell:
                self.sheets[-1][3].unstored.append((self._row, self._column))
            self._texts = None

    def _add(self, text: str) -> None:
        _, _, cells, styles = self.sheets[-1]
        down = int(self._cell.get("number-rows-spanned", "1"))
        across = int(self._cell.get("number-columns-spanned", "1"))
        styles.reach(self._row, self._column)
        styles.reach(self._next_row - 1, self._next_column - 1)
        if styles.area > self._limits.table_cells:
            limit = self._limits.table_cells
            raise ReaderError(
                self._path, "table_cells", limit=limit, variable=variable("table_cells")
            )
        for row in range(self._row, self._next_row):
            for column in range(self._column, self._next_column):
                cells.append((row, column, text, (row + down - 1, column + across - 1)))


def _repeats(attributes: dict[str, str], what: str) -> int:
    return min(int(attributes.get(f"number-{what}-repeated", "1")), _LARGEST)
