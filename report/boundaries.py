"""Real boundaries as an option: a GeoJSON file of the user's with its approval number.

Maps of China may be published only with the approval number (审图号) of the boundary data
(Regulation on Map Management, State Council decree 664, article 15); a file without one is
refused. The file gives each area as a feature with a property `region_code`, `adcode` or `code`,
and the number as the member `approval_number` or `审图号` of the collection.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from project.errors import InputFault
from project.language import say
from report.layouts import with_sign
from report.maps import shades
from report.options import BoundaryFile
from report.panels import Panel
from report.shapes import BLUE, SMALL, WIDTH, Drawing, Label, Outline
from report.words import Words

CODE_PROPERTIES: Final = ("region_code", "adcode", "code")
APPROVAL_MEMBERS: Final = ("approval_number", "审图号")
MOST_BYTES: Final = 50_000_000
# Points closer than this many pixels don't show; leaving them out keeps pages small.
FINEST: Final = 1.2

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Outlines by region code, in degrees, and the approval number to be printed."""

    outlines: Mapping[str, tuple[Ring, ...]]
    approval: str


def read_boundaries(file: BoundaryFile) -> Boundaries:
    """Read a GeoJSON file; raises InputFault that names what is wrong with it."""
    try:
        if file.path.stat().st_size > MOST_BYTES:
            raise InputFault(say("report.boundaries_too_large", file=file.path))
        collection = json.loads(file.path.read_text(encoding="utf-8"))
        features = collection["features"]
        outlines = {code: rings for code, rings in map(_outline, features) if code and rings}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputFault(say("report.unreadable_boundaries", file=file.path)) from error
    numbers = [file.approval, *(collection.get(name) for name in APPROVAL_MEMBERS)]
    approval = next((number for number in numbers if isinstance(number, str) and number), None)
    if approval is None:
        raise InputFault(say("report.no_approval_number", file=file.path))
    return Boundaries(outlines, approval)


def boundary_map(panel: Panel, boundaries: Boundaries) -> Drawing | None:
    """Districts in their real outlines; None where the file lacks one of them."""
    codes = [category.code for category in panel.categories]
    if not all(code in boundaries.outlines for code in codes):
        return None
    rings = [ring for code in codes for ring in boundaries.outlines[code]]
    project, height = _projection(rings)
    drawing = Drawing(height, shows_boundaries=True)
    cells = panel.series[0].cells
    shade = shades(list(cells))
    for category, cell in zip(panel.categories, cells, strict=True):
        drawn = [project(ring) for ring in boundaries.outlines[category.code]]
        path = "".join("M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in ring) + "Z" for ring in drawn)
        drawing.outlines.append(Outline(path, BLUE, round(shade(cell), 3)))
        largest = max(drawn, key=_extent)
        x = sum(point[0] for point in largest) / len(largest)
        y = sum(point[1] for point in largest) / len(largest)
        value = Words("—", "—") if cell is None else with_sign(cell.quantity)
        drawing.labels.append(Label(category.name, x, y - 8, "center", SMALL))
        drawing.labels.append(Label(value, x, y + 8, "center", SMALL, bold=True))
    return drawing


def _outline(feature: Any) -> tuple[str, tuple[Ring, ...]]:
    properties = feature.get("properties") or {}
    code = next((str(properties[name]) for name in CODE_PROPERTIES if name in properties), "")
    geometry = feature["geometry"]
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    elif geometry["type"] != "MultiPolygon":
        return code, ()
    return code, tuple(
        tuple((float(point[0]), float(point[1])) for point in ring)
        for polygon in polygons
        for ring in polygon
    )


def _projection(rings: Iterable[Ring]) -> tuple[Any, float]:
    """Degrees to pixels, true to area's shape at its middle latitude, and the height needed."""
    points = [point for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrowing = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * narrowing, 1e-9)

    def project(ring: Ring) -> list[tuple[float, float]]:
        places: list[tuple[float, float]] = []
        for longitude, latitude in ring:
            place = ((longitude - west) * narrowing * scale, (north - latitude) * scale)
            if not places or math.dist(place, places[-1]) >= FINEST:
                places.append(place)
        return places

    return project, (north - south) * scale


def _extent(ring: list[tuple[float, float]]) -> float:
    """The area of the box around a ring, to find the largest part of a region."""
    if not ring:
        return 0.0
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
