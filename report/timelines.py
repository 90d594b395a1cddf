"""Lines over time: with direct labels, dashed across gaps, or in steps that hold until the next."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from report import numbers
from report.layouts import PLOT_HEIGHT, amount, period_labels, with_sign
from report.panels import Cell, Panel, Series
from report.periods import time_of
from report.shapes import (
    COLOURS,
    SMALL,
    WIDTH,
    Box,
    Dot,
    Drawing,
    Label,
    Rule,
    linear,
    spread,
    ticks,
    width_in_both,
    wrapped,
)
from report.words import LANGUAGES, Words

LEFT: Final = 64.0
WIDEST_LABEL: Final = 150.0
LABEL_HEIGHT: Final = 34.0
# Years further apart than this have some between them of which nothing is known.
ONE_YEAR: Final = 1.05
# How long the last step is drawn, in years.
LAST_STEP: Final = 1.0


@dataclass(frozen=True, slots=True)
class Plot:
    """The scales of a chart; `end` is where the last step stops, None for plain lines."""

    x: Callable[[float], float]
    y: Callable[[float], float]
    right: float
    end: float | None


def lines(panel: Panel) -> Drawing:
    """One line per series."""
    return _drawn(panel, has_steps=False)


def steps(panel: Panel) -> Drawing:
    """One stepped line per series: each value holds until the next."""
    return _drawn(panel, has_steps=True)


def _drawn(panel: Panel, has_steps: bool) -> Drawing:
    drawing = Drawing(PLOT_HEIGHT + 30)
    times = [time_of(category.code) for category in panel.categories]
    marks = _marks(panel, has_steps)
    plot = _plot(panel, times, marks, has_steps)
    _grid(drawing, panel, marks, plot)
    period_labels(drawing, panel, [plot.x(time) for time in times])
    for number, series in enumerate(panel.series):
        _line(drawing, series, times, plot, _colour(number))
    _end_labels(drawing, panel, plot)
    return drawing


def _marks(panel: Panel, from_zero: bool) -> list[float]:
    """Round values for the grid; the scale begins at zero unless that would flatten the lines."""
    amounts = [amount(cell) for cell in panel.cells]
    ends = (end for cell in panel.cells for end in (cell.quantity.low, cell.quantity.high))
    amounts += [float(end) for end in ends if end is not None]
    low, high = min(amounts), max(amounts)
    return ticks(min(0.0, low) if from_zero or low < 0.4 * high else low, high)


def _plot(panel: Panel, times: list[float], marks: list[float], has_steps: bool) -> Plot:
    names = [series.name for series in panel.series]
    values = [with_sign(_last(series).quantity) for series in panel.series]
    width = min(WIDEST_LABEL, max(width_in_both(words) for words in [*names, *values]))
    right = WIDTH - width - 12
    end = times[-1] + LAST_STEP if has_steps else None
    first = times[0] if len(times) > 1 or has_steps else times[0] - 1
    return Plot(
        linear(first, end or times[-1], LEFT, right - 12),
        linear(marks[0], marks[-1], PLOT_HEIGHT, 22),
        right,
        end,
    )


def _grid(drawing: Drawing, panel: Panel, marks: list[float], plot: Plot) -> None:
    sign = "%" if panel.unit_codes[0] == "%" else ""
    largest = Decimal(str(max(abs(mark) for mark in marks)))
    for mark in marks:
        value = Decimal(str(mark))
        words = Words(*(f"{numbers.round_number(value, one, largest)}{sign}" for one in LANGUAGES))
        height = plot.y(mark)
        drawing.rules.append(Rule(0, height, plot.right, height, opacity=0.16))
        drawing.labels.append(Label(words, 0, height - 8, size=SMALL, opacity=0.75))


def _line(drawing: Drawing, series: Series, times: list[float], plot: Plot, colour: str) -> None:
    known = [(plot.x(times[n]), times[n], cell) for n, cell in enumerate(series.cells) if cell]
    for (x, time, cell), (next_x, next_time, next_cell) in pairwise(known):
        y, next_y = plot.y(amount(cell)), plot.y(amount(next_cell))
        if plot.end is not None:
            drawing.rules.append(Rule(x, y, next_x, y, colour, 2))
            drawing.rules.append(Rule(next_x, y, next_x, next_y, colour, 2))
        else:
            has_gap = next_time - time > ONE_YEAR
            drawing.rules.append(Rule(x, y, next_x, next_y, colour, 2, dashed=has_gap))
    if plot.end is not None:
        x, _, cell = known[-1]
        y = plot.y(amount(cell))
        drawing.rules.append(Rule(x, y, plot.x(plot.end), y, colour, 2))
    for x, _, cell in known:
        _point(drawing, cell, x, plot, colour)
    if len(known) > 1:
        x, _, cell = known[0]
        label = Label(with_sign(cell.quantity), x, plot.y(amount(cell)) - 14, "center", SMALL)
        if all(abs(label.x - o.x) > 48 or abs(label.y - o.y) > 15 for o in drawing.labels):
            drawing.labels.append(label)


def _point(drawing: Drawing, cell: Cell, x: float, plot: Plot, colour: str) -> None:
    low, high = cell.quantity.low, cell.quantity.high
    if low is not None and high is not None:
        top, bottom = plot.y(float(high)), plot.y(float(low))
        if bottom - top > 5:
            drawing.rules.append(Rule(x, top, x, bottom, colour, 1))
    drawing.dots.append(Dot(x, plot.y(amount(cell)), colour))


def _end_labels(drawing: Drawing, panel: Panel, plot: Plot) -> None:
    """The name and newest value of each line at its end, moved apart where they would meet."""
    last = [_last(series) for series in panel.series]
    heights = [plot.y(amount(cell)) for cell in last]
    places = spread(heights, LABEL_HEIGHT, 16, PLOT_HEIGHT - 10)
    for number, (place, cell) in enumerate(zip(places, last, strict=True)):
        name = wrapped(panel.series[number].name, WIDEST_LABEL)[0]
        drawing.boxes.append(Box(plot.right + 1, place - 14, 3, 28, _colour(number)))
        drawing.labels.append(Label(name, plot.right + 10, place - 7))
        value = with_sign(cell.quantity)
        drawing.labels.append(Label(value, plot.right + 10, place + 9, bold=True))


def _last(series: Series) -> Cell:
    return next(cell for cell in reversed(series.cells) if cell)


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
