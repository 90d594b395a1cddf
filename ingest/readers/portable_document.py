"""PDF: the text layer page by page, tables with and without rules; scanned pages go to OCR."""

import logging
from collections.abc import Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from ingest.readers.cell_kinds import kind_of_cell
from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, LinearText, PlacedCell, PlacedTable
from ingest.readers.page_directions import along, direction_of, turned_upright
from ingest.readers.page_layout import Block, Grid, blocks_of, lines_of
from ingest.readers.picture import EXTRA, has_ocr, require_ocr, words_in_picture
from ingest.readers.problems import ReaderError
from ingest.readers.raised_marks import with_marks
from ingest.readers.ruled_tables import (
    Characters,
    divided,
    is_inside,
    middle,
    ruled_grid,
    ruled_tables,
    words_of,
)
from project.language import say

# Its remarks on missing boxes and fonts are of no use to whoever reads a document.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

_END: Final = b"%%EOF"
_END_WITHIN: Final = 2048
_PAGE_BREAK: Final = "\f"
_PAGE_NUMBER: Final = " -－—–·第页0123456789"
_SCAN_SHARE: Final = 0.5
_UNREADABLE_SHARE: Final = 0.2
_SCAN_RESOLUTION: Final = 200


def read_portable_document(path: Path, data: bytes, limits: Limits) -> Extract:
    """Pages from top to bottom, a form feed between them; lines of a paragraph are joined.

    A page set sideways is turned; one whose text runs in several directions is left out and named.
    A page without a text layer is read by OCR, and then the whole document is a draft; without
    OCR the other pages are read and a remark names those that were not.
    Raises ReaderError: truncated, encrypted, pages, ocr_missing, table_cells.
    """
    if _END not in data[-_END_WITHIN:]:
        raise ReaderError(path, "truncated")
    try:
        # Not closed: closing would lay out all pages first, also those of a file just refused.
        document = pdfplumber.open(BytesIO(data))
        if _has_more_pages_than(limits.pages, document.doc):
            raise ReaderError(path, "pages", limit=limits.pages, variable=variable("pages"))
        return _read_pages(path, document.pages, limits)
    except (PdfminerException, PDFPasswordIncorrect, PDFEncryptionError) as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise ReaderError(path, "encrypted") from None
        raise


def _has_more_pages_than(limit: int, document: PDFDocument) -> bool:
    """By counting: the number that a document declares need not be true."""
    return sum(1 for _ in islice(PDFPage.create_pages(document), limit + 1)) > limit


def _read_pages(path: Path, pages: Sequence[Page], limits: Limits) -> Extract:
    out = LinearText()
    scanned = 0
    unread: list[int] = []
    running = _RunningTable(out)
    sideways: dict[str, list[int]] = {"remark_directions": [], "remark_turned": []}
    for page in map(turned_upright, pages):
        if page.page_number > 1:
            out.add(_PAGE_BREAK)
        characters = _characters(page)
        direction = direction_of(characters)
        characters, others = along(characters, direction)
        if others:
            sideways["remark_turned" if direction else "remark_directions"].append(page.page_number)
        if _is_scan(page, characters) and not has_ocr():
            unread.append(page.page_number)
            blocks: list[Block] = []
        elif _is_scan(page, characters):
            scanned += 1
            blocks = _scanned_blocks(path, page, limits)
        elif direction is None and others:
            blocks = []
        else:
            blocks = _blocks(page, with_marks(characters))
        running.new_page()
        for block in blocks:
            running.write(block)
        page.close()
    running.end()
    if unread and len(unread) == len(pages):
        require_ocr(path, unread[0])
    remarks = [_unread_remark(path, unread)] if unread else []
    remarks += [
        say(f"readers.{key}", file=path.name, pages=" ".join(map(str, numbers)))
        for key, numbers in sideways.items()
        if numbers
    ]
    return out.finish("ocr" if scanned else "pdf", is_draft=scanned > 0, remarks=remarks)


def _unread_remark(path: Path, pages: Sequence[int]) -> str:
    named = " ".join(map(str, pages))
    return say("readers.remark_scanned", file=path.name, pages=named, extra=EXTRA)


class _RunningTable:
    """Writes blocks; a table at the top of a page may go on with the one that ended the last."""

    def __init__(self, out: LinearText) -> None:
        self._out = out
        self._cells: list[PlacedCell] = []
        self._rows = 0
        self._first: Grid | None = None
        self._at_top = False

    def new_page(self) -> None:
        """What comes next stands at the top of a page."""
        self._at_top = True

    def write(self, block: Block) -> None:
        """Append a paragraph, or a grid as a table or as more rows of the last one."""
        if isinstance(block, Grid):
            if not self._goes_on(block):
                self.end()
                self._first = block
            columns = block.column_count
            self._cells += self._out.place_rows(block.cells, block.row_count, columns, self._rows)
            self._rows += block.row_count
        else:
            self._out.add(block + "\n")
            if not block.strip(_PAGE_NUMBER):
                return
            self.end()
        self._at_top = False

    def end(self) -> None:
        """The last table is complete."""
        if self._first is not None:
            cells, first = tuple(self._cells), self._first
            self._out.tables.append(
                PlacedTable(cells, self._rows, first.column_count, first.blank_repeats)
            )
        self._cells, self._rows, self._first = [], 0, None

    def _goes_on(self, grid: Grid) -> bool:
        """Same columns, and no headings of its own: numbers at once, or those of the first page."""
        first = self._first
        if first is None or not self._at_top or first.column_count != grid.column_count:
            return False
        if grid.row(0) == first.row(0):
            return True
        if not grid.has_numbers:
            return not first.has_numbers
        return any(kind_of_cell(text) == "number" for text in grid.row(0))


def _characters(page: Page) -> Characters:
    """The page's characters, those printed twice for boldness once."""
    characters: Characters = page.dedupe_chars().chars
    return characters


def _is_scan(page: Page, characters: Characters) -> bool:
    """Whether the page's text is a picture: no characters, or only ones without a meaning."""
    unknown = sum(1 for character in characters if character["text"].startswith("(cid:"))
    if characters and unknown <= _UNREADABLE_SHARE * len(characters):
        return False
    area = page.width * page.height
    shown = sum(abs(image["width"] * image["height"]) for image in page.images)
    return bool(unknown) or shown > _SCAN_SHARE * area


def _scanned_blocks(path: Path, page: Page, limits: Limits) -> list[Block]:
    if page.width * page.height * (_SCAN_RESOLUTION / 72) ** 2 > limits.pixels * 1_000_000:
        raise ReaderError(path, "pixels", limit=limits.pixels, variable=variable("pixels"))
    require_ocr(path, page.page_number)
    picture = page.to_image(resolution=_SCAN_RESOLUTION).original
    return list(blocks_of(lines_of(words_in_picture(picture))))


def _blocks(page: Page, characters: Characters) -> list[Block]:
    """Ruled tables where they stand, and between them paragraphs and tables without rules."""
    blocks: list[Block] = []
    rest = characters
    for table in ruled_tables(page, characters):
        inside, outside = divided(rest, [is_inside(one, table.bbox) for one in rest])
        grid = ruled_grid(table, inside)
        if grid is not None:
            above, rest = divided(outside, [middle(one) < table.bbox[1] for one in outside])
            blocks += [*blocks_of(lines_of(words_of(above))), grid]
    return [*blocks, *blocks_of(lines_of(words_of(rest)))]
