"""Tables of the report: columns and rows of safe HTML, and lists that run over several pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from markupsafe import Markup, escape

from report import numbers
from report.addresses import MOST_ROWS, numbered
from report.edition import Page
from report.panels import Cell, Panel

# Fewer columns fit a telephone side by side.
LEAST_STACKED: Final = 5
# Links to the pages of a list: all of so many, else those so near.
MOST_LINKS: Final = 30
NEARBY: Final = 3
FORMS_OVER_TIME: Final = frozenset({"lines", "columns", "steps"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; numbers stand right and in figures of equal width."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of safe HTML, what each is sorted by where that is not its text, and an anchor."""

    cells: tuple[Markup, ...]
    sort_keys: tuple[str | None, ...] = ()
    anchor: str = ""

    def moved(self, depth: int) -> "Row":
        """The row of a top page for one so many folders down: its links begin there."""
        if not depth:
            return self
        # No text of a cell holds a quotation mark: it has been escaped.
        start = 'href="' + "../" * depth
        cells = tuple(Markup(str.replace(cell, 'href="', start)) for cell in self.cells)  # noqa: S704
        return Row(cells, self.sort_keys, self.anchor)

    def without_first(self) -> "Row":
        """The row without its first cell, for a page that is about what stands there."""
        return Row(self.cells[1:], self.sort_keys[1:], self.anchor)


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table with its caption; `has_tools` adds sorting and a filter where scripts run."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    has_tools: bool = False
    hides_caption: bool = field(default=False)

    @property
    def is_stacked(self) -> bool:
        """Whether each row is a card on a narrow page: a table of many columns, most of words."""
        words = sum(not column.is_number for column in self.columns)
        return len(self.columns) >= LEAST_STACKED and 2 * words > len(self.columns)

    @property
    def body(self) -> Markup:
        """All rows; put together here, as a template would take several times as long."""
        return Markup("".join(map(self._html_of, self.rows)))  # noqa: S704

    def _html_of(self, row: Row) -> str:
        keys = row.sort_keys + (None,) * (len(row.cells) - len(row.sort_keys))
        html: list[str] = []
        for column, cell, key in zip(self.columns, row.cells, keys, strict=True):
            name, kind = ("td", ' class="number"' if column.is_number else "")
            if not html:
                name, kind = ("th", ' scope="row"')
            sorted_by = "" if key is None else f' data-v="{escape(key)}"'
            html.append(f"<{name}{kind}{sorted_by}>{cell}</{name}>")
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        return f"<tr{anchor}>{''.join(html)}</tr>\n"


def row(*cells: str | Markup, keys: Sequence[object] = (), anchor: str = "") -> Row:
    """A row; plain strings are escaped, `keys` are what its cells are sorted by."""
    sort_keys = tuple(None if key is None else str(key) for key in keys)
    escaped = (cell if isinstance(cell, Markup) else escape(cell) for cell in cells)
    return Row(tuple(escaped), sort_keys, anchor)


def panel_table(page: Page, panel: Panel, identifier: str, caption: str) -> DataTable:
    """The numbers of a chart, each linked to its explanation."""
    edition = page.edition
    over_time = panel.plan.form in FORMS_OVER_TIME
    columns = [Column(edition.say("column.period") if over_time else _category_title(page, panel))]
    # Categories that are columns of the mart have no name in common.
    titles = (
        [edition.say("column.value")]
        if panel.plan.category == "column"
        else [edition.of(series.name) for series in panel.series]
    )
    columns += [Column(title, is_number=True) for title in titles]
    scales = [
        numbers.column_scale([c.quantity for c in series.cells if c], edition.language)
        for series in panel.series
    ]
    inexact = [
        any(numbers.interval(c.quantity, edition.language) for c in series.cells if c)
        for series in panel.series
    ]
    # Unlike units in one column are told in each row.
    with_unit = len(panel.unit_codes) > 1
    rows = []
    for n, category in enumerate(panel.categories):
        cells = [series.cells[n] for series in panel.series]
        shown = [
            _number(page, cell, scale, with_unit, keeps_room)
            for cell, scale, keeps_room in zip(cells, scales, inexact, strict=True)
        ]
        name = page.region_link(category.code) if panel.plan.category == "district" else ""
        first = name or escape(edition.of(category.name))
        rows.append(row(first, *shown, keys=[None, *(_sort_key(cell) for cell in cells)]))
    return DataTable(identifier, caption, tuple(columns), tuple(rows), hides_caption=True)


def paged(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """Rows in groups that share a page, alike in both languages; at least one, if an empty one."""
    starts = range(0, max(len(rows), 1), MOST_ROWS)
    return [tuple(rows[start : start + MOST_ROWS]) for start in starts]


def page_links(page: Page, path: str, count: int, current: int) -> list[tuple[int, str, bool]]:
    """Number, link and whether it is the current one, of the pages of a long list.

    Of very many pages those near the current one, each tenth, and both ends.
    """
    return [
        (number, page.to(numbered(path, number)), number == current)
        for number in range(1, count + 1)
        if count <= MOST_LINKS
        or abs(number - current) <= NEARBY
        or number in (1, count)
        or number % 10 == 0
    ]


def _number(
    page: Page, cell: Cell | None, scale: Decimal | None, with_unit: bool, keeps_room: bool
) -> Markup:
    if cell is None:
        return page.edition.missing
    return page.number(cell.quantity, cell.source, scale, unit=with_unit, keeps_room=keeps_room)


def _sort_key(cell: Cell | None) -> str:
    middle = cell.quantity.middle if cell else None
    return "" if middle is None else f"{middle.normalize():f}"


def _category_title(page: Page, panel: Panel) -> str:
    return page.edition.say(f"category.{panel.plan.category or 'column'}")
