"""Maps of districts: tiles laid out by a seed, or real boundaries from a file of the user's."""

from typing import Final

from report.knowledge import Knowledge
from report.layouts import short_name, with_sign
from report.panels import Cell, Panel
from report.shapes import BLUE, SMALL, WIDTH, Box, Drawing, Label, width_in_both
from report.words import Words

TILE_HEIGHT: Final = 66.0
WIDEST_TILE: Final = 104.0
GAP: Final = 4.0
# Words stay readable on the darkest tile, on the light page and on the dark one.
FAINTEST: Final = 0.10
DARKEST: Final = 0.55


class Shade:
    """Opacity by value; an unknown value has none and is drawn as an outline."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.span = low, (high - low) or 1.0

    def __call__(self, cell: Cell | None) -> float:
        """The opacity of one value."""
        if cell is None:
            return 0.0
        part = (float(cell.quantity.middle or 0) - self.low) / self.span
        return FAINTEST + part * (DARKEST - FAINTEST)


def shades(cells: list[Cell | None]) -> Shade:
    """How dark a value is drawn, from the least to the greatest."""
    amounts = [float(cell.quantity.middle or 0) for cell in cells if cell is not None]
    return Shade(min(amounts, default=0.0), max(amounts, default=0.0))


def tile_map(panel: Panel, knowledge: Knowledge) -> Drawing | None:
    """One tile per district, shaded by value; None where the seed has no place for any."""
    placed = [
        (knowledge.tiles[category.code], category.name, cell)
        for category, cell in zip(panel.categories, panel.series[0].cells, strict=True)
        if category.code in knowledge.tiles
    ]
    if not placed:
        return None
    first_row = min(place[0] for place, _, _ in placed)
    first_column = min(place[1] for place, _, _ in placed)
    rows = max(place[0] for place, _, _ in placed) - first_row + 1
    columns = max(place[1] for place, _, _ in placed) - first_column + 1
    breadth = min(WIDEST_TILE, (WIDTH - GAP * (columns - 1)) / columns)
    margin = (WIDTH - columns * (breadth + GAP) + GAP) / 2
    drawing = Drawing(rows * (TILE_HEIGHT + GAP) - GAP)
    shade = shades([cell for _, _, cell in placed])
    for place, name, cell in placed:
        x = margin + (place[1] - first_column) * (breadth + GAP)
        y = (place[0] - first_row) * (TILE_HEIGHT + GAP)
        _tile(drawing, (x, y, breadth), short_name(name, panel), cell, shade(cell))
    return drawing


def _tile(
    drawing: Drawing,
    place: tuple[float, float, float],
    name: Words,
    cell: Cell | None,
    opacity: float,
) -> None:
    x, y, breadth = place
    drawing.boxes.append(Box(x, y, breadth, TILE_HEIGHT, BLUE, round(opacity, 3)))
    size = SMALL if width_in_both(name) > breadth - 8 else 13.0
    middle = x + breadth / 2
    drawing.labels.append(Label(name, middle, y + 24, "center", size))
    value = Words("—", "—") if cell is None else with_sign(cell.quantity)
    drawing.labels.append(Label(value, middle, y + 45, "center", bold=True))
