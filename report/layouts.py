"""How a panel becomes a drawing of bars or upright columns, or of lines (`timelines`)."""

from collections.abc import Callable
from functools import partial
from typing import Final

from report import numbers
from report.numbers import Quantity
from report.panels import Cell, Panel
from report.periods import year_of
from report.shapes import (
    GREY,
    SMALL,
    WIDTH,
    Box,
    Drawing,
    Label,
    Rule,
    linear,
    width_in_both,
)
from report.words import Words

PLOT_HEIGHT: Final = 236.0
# Names of periods stand at least this far apart, from middle to middle.
NARROWEST_PERIOD_LABEL: Final = 44.0
# A bar's name stands to its left where it is this short, else above it.
WIDEST_NAME_BESIDE: Final = 100.0
BAR: Final = 20.0


def with_sign(quantity: Quantity) -> Words:
    """A number for a label, without its unit; only a percentage keeps its sign."""
    sign = "%" if quantity.unit_code == "%" else ""
    return Words(f"{numbers.short(quantity, 'zh')}{sign}", f"{numbers.short(quantity, 'en')}{sign}")


def amount(cell: Cell) -> float:
    """Where a cell's number lies on a scale."""
    return float(cell.quantity.middle or 0)


def period_labels(drawing: Drawing, panel: Panel, places: list[float]) -> None:
    """Names of periods under a plot, as many as have room, the last one always."""
    room = (max(places) - min(places)) / NARROWEST_PERIOD_LABEL
    every = -(-len(places) // (int(room) + 1))
    are_many = len(places) > 4
    for n, (category, place) in enumerate(zip(panel.categories, places, strict=True)):
        if (len(places) - 1 - n) % every:
            continue
        year = year_of(category.code)
        words = Words(year, year) if are_many or category.code == year else category.name
        drawing.labels.append(Label(words, place, PLOT_HEIGHT + 18, "center", SMALL, opacity=0.8))


def columns(panel: Panel) -> Drawing:
    """One upright bar per period."""
    drawing = Drawing(PLOT_HEIGHT + 30)
    cells = panel.series[0].cells
    y = linear(0, max(amount(cell) for cell in cells if cell), PLOT_HEIGHT, 30)
    drawing.rules.append(Rule(0, PLOT_HEIGHT, WIDTH, PLOT_HEIGHT, opacity=0.4))
    room = WIDTH / max(len(cells), 3)
    breadth = min(84.0, room * 0.62)
    places = [room * (n + 0.5) for n in range(len(cells))]
    for place, cell in zip(places, cells, strict=True):
        if cell is None:
            continue
        top = y(amount(cell))
        drawing.boxes.append(Box(place - breadth / 2, top, breadth, PLOT_HEIGHT - top))
        _interval(drawing, cell, y, partial(_upright, place))
        words = with_sign(cell.quantity)
        above = min(top, y(float(cell.quantity.high or 0)))
        drawing.labels.append(Label(words, place, above - 12, "center", bold=True))
    period_labels(drawing, panel, places)
    return drawing


def bars(panel: Panel) -> Drawing:
    """One lying bar per category, with its name beside it or above it."""
    names = [short_name(category.name, panel) for category in panel.categories]
    widest = max(width_in_both(name) for name in names)
    beside = widest <= WIDEST_NAME_BESIDE
    left = widest + 10 if beside else 0.0
    step = 28.0 if beside else 48.0
    drawing = Drawing(step * len(names))
    cells = panel.cells
    room = max(width_in_both(with_sign(cell.quantity)) for cell in cells) * 1.1 + 12
    highest = max(max(amount(cell), float(cell.quantity.high or 0)) for cell in cells)
    x = linear(0, highest or 1, left, WIDTH - room)
    for n, (name, cell) in enumerate(zip(names, panel.series[0].cells, strict=True)):
        top = n * step + (4 if beside else 23)
        if beside:
            drawing.labels.append(Label(name, left - 10, top + BAR / 2, "right"))
        else:
            drawing.labels.append(Label(name, 0, top - 10))
        _one_bar(drawing, cell, x, top, left)
    drawing.rules.append(Rule(left, 0, left, drawing.height, opacity=0.4))
    return drawing


def short_name(name: Words, panel: Panel) -> Words:
    """A district's name in a chart of its own city: 攸县 stays whole, 荷塘区 becomes 荷塘."""
    if panel.plan.category != "district":
        return name
    zh = name.zh[:-1] if len(name.zh) > 2 and name.zh.endswith(("区", "县", "市")) else name.zh
    en = name.en
    for ending in (" District", " County", " City"):
        en = en.removesuffix(ending)
    return Words(zh, en)


def _one_bar(
    drawing: Drawing, cell: Cell | None, x: Callable[[float], float], top: float, left: float
) -> None:
    middle = top + BAR / 2
    if cell is None:
        drawing.labels.append(Label(Words("—", "—"), left + 8, middle, opacity=0.75))
        return
    end = x(max(0.0, amount(cell)))
    drawing.boxes.append(Box(left, top, max(end - left, 1.0), BAR))
    _interval(drawing, cell, x, lambda at: (at, middle))
    tip = max(end, x(float(cell.quantity.high or 0)))
    drawing.labels.append(Label(with_sign(cell.quantity), tip + 8, middle, bold=True))


def _upright(x: float, y: float) -> tuple[float, float]:
    return x, y


def _interval(
    drawing: Drawing,
    cell: Cell,
    scale: Callable[[float], float],
    place: Callable[[float], tuple[float, float]],
) -> None:
    """A fine line from the lower to the upper end of a number, where it would be seen."""
    low, high = cell.quantity.low, cell.quantity.high
    if low is None or high is None:
        return
    start, end = scale(float(low)), scale(float(high))
    if abs(end - start) > 5:
        drawing.rules.append(Rule(*place(start), *place(end), GREY, 2))
