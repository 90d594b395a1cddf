"""Web pages: what a reader of the page sees, line by line. Nothing is ever fetched."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.encodings import decode
from ingest.readers.limits import Limits, variable
from ingest.readers.linear_text import Extract, GridCell, LinearText
from ingest.readers.problems import ReaderError
from ingest.readers.seen_page import is_hidden, make_plain, shift_of

_WORDS_FILE: Final = Path(__file__).with_name("page_words.csv")
_CHARSET: Final = re.compile(
    rb"<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:\-]+)",
    re.I,
)
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
# A line break in the source between two Chinese characters is no blank (CSS Text, 4.1.3).
_SOURCE_BREAK: Final = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n\f]*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_RAISED: Final = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_MOST_COLUMNS: Final = 1000
_HEAD_BYTES: Final = 16_384
# The parser's time grows with the square of the depth; at this one it takes a second.
_DEEPEST: Final = 20_000
_NESTING_TAG: Final = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|t[dhr]|d[dt]"
    r"|option|thead|tbody|tfoot)\b)[a-z]",
    re.I,
)


def read_web_page(path: Path, data: bytes, limits: Limits) -> Extract:
    """The page's text and tables; its declared charset is honoured (gb2312 and gbk as gb18030).

    Scripts, styles, hidden elements and navigation are no text; raised digits become ², so that
    a footnote's mark does not lengthen a number. Raises ReaderError: binary, encoding, table_cells.
    """
    charset = _CHARSET.search(data[:_HEAD_BYTES])
    declared = charset[1].decode("ascii") if charset else None
    return linear_page(path, decode(path, data, declared), limits).finish("html")


def linear_page(path: Path, source: str, limits: Limits) -> LinearText:
    """The linear text of HTML source."""
    if _is_too_deep(source):
        raise ReaderError(path, "too_deep", limit=_DEEPEST)
    root = LexborHTMLParser(source).root
    page = _Page(path, limits)
    if root is not None:
        make_plain(root)
        page.flow(root)
    page.end_line()
    return page.out


def _is_too_deep(source: str) -> bool:
    depth = 0
    for tag in _NESTING_TAG.finditer(source):
        depth = depth + 1 if not tag[1] else max(depth - 1, 0)
        if depth > _DEEPEST:
            return True
    return False


class _Page:
    """One walk over the nodes of a page, in document order and without recursion per element."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.out = LinearText()
        self._path = path
        self._limits = limits
        self._line: list[str] = []

    def flow(self, root: LexborNode) -> None:
        """Text of the nodes below `root`; a data table as a grid, any other as blocks."""
        blocks = _words("block")
        for node, opens in _walk(root):
            tag = node.tag or ""
            if tag == "-text":
                self._line.append(_printed(node))
            elif tag == "br":
                self.end_line()
            elif tag == "table" and opens and (rows := _data_rows(node)):
                self.end_line()
                self._table(node, rows)
            elif tag in blocks:
                self.end_line()

    def end_line(self) -> None:
        """Write the line gathered so far, if it holds anything."""
        if self._line and (line := _joined(self._line)):
            self.out.add(line + "\n")
        self._line.clear()

    def _table(self, table: LexborNode, rows: list[LexborNode]) -> None:
        caption = next((_cell_text(node) for node in _children(table, "caption")), "")
        if caption:
            self.out.add(caption + "\n")
        cells: list[GridCell] = []
        below: dict[int, int] = {}
        width = 0
        for number, row in enumerate(rows):
            column = 0
            for node in _children(row, "td", "th"):
                while below.get(column, 0) > number:
                    column += 1
                down, across = _spans(node, len(rows) - number)
                text = _cell_text(node)
                cells.append(GridCell(number, column, text, down, across, node.tag == "th"))
                for covered in range(column, column + across):
                    below[covered] = number + down
                column += across
            width = max(width, column)
            if width * len(rows) > self._limits.table_cells:
                limit = self._limits.table_cells
                raise ReaderError(
                    self._path, "table_cells", limit=limit, variable=variable("table_cells")
                )
        self.out.add_table(cells, len(rows), width, caption=caption)


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every visible node below `root` when it opens, and every element again when it closes.

    What lies in a data table is left out: the table is handed on whole.
    """
    node: LexborNode | None = root
    # Nodes compare by their whole source, so that only their addresses tell them apart cheaply.
    end = root.mem_id
    while node is not None:
        skipped = _is_skipped(node)
        if not skipped:
            yield node, True
        inner = None if skipped or (node.tag == "table" and _data_rows(node)) else node.child
        if inner is not None:
            node = inner
            continue
        while node is not None and node.mem_id != end and node.next is None:
            node = node.parent
            if node is not None:
                yield node, False
        node = None if node is None or node.mem_id == end else node.next


def _is_skipped(node: LexborNode) -> bool:
    """Whether nobody sees this node on the page, or it is the site's navigation."""
    tag = node.tag or ""
    if tag in {"-text", "br"}:
        return False
    if tag in _words("dropped"):
        return True
    if not tag or tag in {"html", "body"}:
        return False
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("role") == "navigation":
        return True
    if is_hidden(attributes.get("style") or ""):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return bool(names) and not _words("navigation").isdisjoint(names)


def _data_rows(table: LexborNode) -> list[LexborNode]:
    """The rows of a table of data; none for one that only lays out the page."""
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
        return []
    rows: list[LexborNode] = []
    for part in _children(table, "thead", "tbody", "tfoot", "tr"):
        rows += [part] if part.tag == "tr" else _children(part, "tr")
    rows = [row for row in rows if not _is_skipped(row)]
    if max((len(_children(row, "td", "th")) for row in rows), default=0) < 2:
        return []
    return rows


def _children(node: LexborNode, *tags: str) -> list[LexborNode]:
    found = []
    child = node.child
    while child is not None:
        if child.tag in tags:
            found.append(child)
        child = child.next
    return found


def _spans(cell: LexborNode, rows_left: int) -> tuple[int, int]:
    """How many rows and columns a cell covers; rowspan 0 means all the rows that are left."""
    attributes = cell.attributes
    if not attributes:
        return 1, 1
    down, across = (
        int(value) if value.isdecimal() and len(value) < 6 else 1
        for value in ((attributes.get(name) or "1").strip() for name in ("rowspan", "colspan"))
    )
    return min(down or rows_left, rows_left), min(max(across, 1), _MOST_COLUMNS)


def _cell_text(cell: LexborNode) -> str:
    only = cell.child
    if only is not None and only.next is None and only.tag == "-text":
        return _joined([_printed(only)])
    parts = []
    blocks = _words("block")
    for node, _ in _walk(cell):
        tag = node.tag or ""
        if tag == "-text":
            parts.append(_printed(node))
        elif tag == "br" or tag in blocks:
            parts.append(" ")
    return _joined(parts)


def _printed(node: LexborNode) -> str:
    text = node.text_content or ""
    shift = shift_of(node)
    if shift:
        return text.translate(_RAISED if shift > 0 else _LOWERED)
    return text


def _joined(parts: list[str]) -> str:
    return _BLANKS.sub(" ", _SOURCE_BREAK.sub("", "".join(parts))).strip(" ")


@cache
def _words(kind: str) -> frozenset[str]:
    with _WORDS_FILE.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines) if row["kind"] == kind)
