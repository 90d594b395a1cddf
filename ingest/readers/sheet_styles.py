"""What python-calamine does not tell of a workbook: number formats, and how far sheets reach.

A sheet with one cell in its last corner is read as 17 thousand million cells, so that its reach
has to be known before. The XML has no DTD: the archive check refuses one.
"""

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from ingest.readers.cell_formats import BUILT_IN

_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TRUE: Final = frozenset({"1", "true"})
_MOST_COLUMNS: Final = 1 << 14


@dataclass(slots=True)
class SheetStyles:
    """formats: format codes of the cells (row, column) from 0 that have one other than General;
    the reach: first and last row and column with a value; hidden_rows, hidden_columns: what the
    sheet does not show; unstored: cells with a formula whose result the file does not hold."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    top: int = 1 << 20
    left: int = 1 << 14
    bottom: int = -1
    right: int = -1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unstored: list[tuple[int, int]] = field(default_factory=list)

    @property
    def area(self) -> int:
        """The number of places between the first and the last cell."""
        return max(self.bottom - self.top + 1, 0) * max(self.right - self.left + 1, 0)

    def reach(self, row: int, column: int) -> None:
        """Take in a cell with a value."""
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)


class WorkbookStyles:
    """The formats of a workbook, sheet by sheet."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._codes = self._format_codes()
        self._parts = self._sheet_parts()

    def sheet(self, name: str, most_places: int) -> SheetStyles:
        """The formats and the reach of the sheet `name`; nothing for one that holds no cells.

        A sheet of more places than `most_places` is left at the cell that says so.
        """
        part = self._parts.get(name)
        if part is None or part not in self._archive.namelist():
            return SheetStyles()
        with self._archive.open(part) as stream:
            walk = _SheetWalk(self._codes, most_places)
            with suppress(_TooLarge):
                walk.parser.ParseFile(stream)
        walk.end_cell()
        return walk.found

    def _sheet_parts(self) -> dict[str, str]:
        targets = {
            element.get("Id"): element.get("Target", "")
            for element in self._elements("xl/_rels/workbook.xml.rels", "Relationship")
        }
        parts: dict[str, str] = {}
        for element in self._elements("xl/workbook.xml", "sheet"):
            link = next((v for k, v in element.items() if k.endswith("}id")), None)
            target = targets.get(link, "")
            absolute = target.startswith("/")
            part = target.lstrip("/") if absolute else str(PurePosixPath("xl") / target)
            parts[element.get("name", "")] = part
        return parts

    def _format_codes(self) -> list[str]:
        own = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in self._elements("xl/styles.xml", "numFmt")
        }
        codes: list[str] = []
        for styles in self._elements("xl/styles.xml", "cellXfs"):
            for style in styles:
                number = int(style.get("numFmtId", "0"))
                codes.append(own.get(number, BUILT_IN.get(number, "")))
        return ["" if code in {"General", "@"} else code for code in codes]

    def _elements(self, part: str, name: str) -> list[ElementTree.Element]:
        if part not in self._archive.namelist():
            return []
        tree = ElementTree.fromstring(self._archive.read(part))  # noqa: S314
        return [element for element in tree.iter() if element.tag.rpartition("}")[2] == name]


class _TooLarge(Exception):
    """The sheet reaches further than it may."""


class _SheetWalk:
    """One pass over a sheet's cells, kept in no tree."""

    def __init__(self, codes: list[str], most_places: int) -> None:
        self.found = SheetStyles()
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self._codes = codes
        self._most_places = most_places
        self._row = -1
        self._column = -1
        self._style = 0
        self._is_formula = False
        # Each name and each column's letters are looked at once, not a million times.
        self._tags: dict[str, str] = {}
        self._letters: dict[str, int] = {}

    def end_cell(self) -> None:
        """The last cell is over: a formula in it had no stored result."""
        if self._is_formula:
            self.found.unstored.append((self._row, self._column))
            self._is_formula = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._tags.get(name)
        if tag is None:
            tag = self._tags[name] = name.rpartition("}")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag in {"v", "is"}:
            self._value()
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self._is_formula = True
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            last = min(int(attributes.get("max", "0")), _MOST_COLUMNS)
            self.found.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, last))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.end_cell()
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.found.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._is_formula:
            self.end_cell()
        self._column += 1
        named = attributes.get("r")
        if named and (place := _PLACE.fullmatch(named)):
            letters, row = place.groups()
            self._row = int(row) - 1
            column = self._letters.get(letters)
            if column is None:
                column = self._letters[letters] = _column_number(letters)
            self._column = column
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdecimal() else 0

    def _value(self) -> None:
        found, row, column = self.found, self._row, self._column
        if not (found.top <= row <= found.bottom and found.left <= column <= found.right):
            found.reach(row, column)
            if found.area > self._most_places:
                raise _TooLarge
        self._is_formula = False
        if self._style < len(self._codes) and (code := self._codes[self._style]):
            found.formats[row, column] = code


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
