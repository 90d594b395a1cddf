"""Drawings as static SVG: Altair describes them, vl-convert renders them without a network.

Words are put in after rendering, so that one rendering serves both languages and no text of a
document ever passes through a drawing program. Colours of text are `currentColor`.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from typing import Any, Final

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from report.shapes import WIDTH, Box, Dot, Drawing, Outline, Rule
from report.words import Language

# What marks the place of each label in the rendered picture: plain digits, as measuring the
# width of a text takes the renderer a millisecond where it has to look for a font.
PLACE: Final = re.compile(">([0-9]+)</text>")
LONG_NUMBER: Final = re.compile(r"-?[0-9]+\.[0-9]{3,}")
# What a picture beside its own description does not need, and what would need inline style.
NEEDLESS: Final = re.compile(
    r' (?:xmlns:xlink|version|class|font-family|role|aria-[a-z]+|pointer-events|style)="[^"]*"'
    r'| (?:opacity|fill-opacity|stroke-opacity)="1"'
)
# Shapes as data, by the layer that draws them.
Shapes = dict[str, list[dict[str, Any]]]
# A layer of the rendered picture, and each shape in it.
LAYER: Final = re.compile(r'<g class="mark-[a-z]+ role-mark[^>]*?(?:/>|>(.*?)</g>)', re.DOTALL)
SHAPE: Final = re.compile(r"<(?:path|line)[^>]*/>|<text[^>]*>[^<]*</text>")
MOST_AT_ONCE: Final = 800


def picture(drawing: Drawing, description: str, language: Language) -> Markup:
    """A drawing as inline SVG with a description for those who don't see it."""
    render([drawing])
    words = [label.words.of(language) for label in drawing.labels]
    size = (f"{drawing.width:g}", f"{drawing.height:g}")
    opening = Markup('<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">')
    # The rendered picture holds numbers and places of labels only, no word of any document.
    inner = PLACE.sub(lambda match: f">{escape(words[int(match[1])])}</text>", drawing.svg or "")
    return opening.format(description, *size, *size) + Markup(f"{inner}</svg>")  # noqa: S704


def render(drawings: Sequence[Drawing]) -> None:
    """Render what is not rendered yet, many drawings in one picture: each call costs 30 ms."""
    waiting = [drawing for drawing in drawings if drawing.svg is None]
    for start in range(0, len(waiting), MOST_AT_ONCE):
        together = waiting[start : start + MOST_AT_ONCE]
        shapes = [shapes_by_layer(drawing) for drawing in together]
        parts = _parts(shapes, vl_convert.vegalite_to_svg(specification(shapes)))
        for drawing, part in zip(together, parts, strict=True):
            drawing.settle(part)


def specification(drawings: Sequence[Shapes]) -> dict[str, Any]:
    """The Vega-Lite description of some drawings: the layers that they need, shapes as data."""
    datasets: dict[str, list[dict[str, Any]]] = {}
    for drawing in drawings:
        for name, shapes in drawing.items():
            datasets.setdefault(name, []).extend(shapes)
    return {**_frame(), "layer": _layers_of(drawings), "datasets": datasets}


def _layers_of(drawings: Sequence[Shapes]) -> list[dict[str, Any]]:
    used = {name for drawing in drawings for name in drawing}
    return [layer for layer in _frame()["layer"] if layer["data"]["name"] in used]


def _parts(drawings: Sequence[Shapes], svg: str) -> list[str]:
    """The rendered shapes of each drawing; within a layer they stand in the order of the data."""
    names = [layer["data"]["name"] for layer in _layers_of(drawings)]
    layers = {
        name: iter(SHAPE.findall(slimmed(found[1] or "")))
        for name, found in zip(names, LAYER.finditer(svg), strict=True)
    }
    parts = []
    for own in drawings:
        taken = (next(layers[name]) for name in names for _ in own.get(name, ()))
        parts.append("".join(taken))
    return parts


def shapes_by_layer(drawing: Drawing) -> Shapes:
    """The shapes of a drawing by the layer that draws them; only those that it has."""
    found: Shapes = {}
    for outline in drawing.outlines:
        found.setdefault("outlines", []).append({**_as_data(outline), "x": 0, "y": 0})
    for box in drawing.boxes:
        ends = {"x2": box.x + box.width, "y2": box.y + box.height}
        name = "filled" if box.opacity else "empty"
        found.setdefault(name, []).append({**_as_data(box), **ends})
    for rule in drawing.rules:
        found.setdefault("dashed" if rule.dashed else "solid", []).append(_as_data(rule))
    for dot in drawing.dots:
        found.setdefault("dots", []).append(_as_data(dot))
    for number, label in enumerate(drawing.labels):
        name = f"{label.align}-{'bold' if label.bold else 'normal'}"
        place = {"x": label.x, "y": label.y, "size": label.size, "opacity": label.opacity}
        found.setdefault(name, []).append({**place, "text": str(number)})
    return found


def _as_data(shape: Box | Rule | Dot | Outline) -> dict[str, Any]:
    """The fields of a shape; `dataclasses.asdict` would copy each value."""
    return {name: getattr(shape, name) for name in shape.__slots__}


@cache
def _frame() -> dict[str, Any]:
    """Altair's description of a chart with every layer; made once, as it takes its time."""
    chart = (
        alt.layer(*_layers())
        .properties(width=WIDTH, height=WIDTH, padding=0, background="transparent")
        .properties(autosize=alt.AutoSizeParams(type="none"))
        .configure(aria=False, view=alt.ViewConfig(stroke="transparent"))
    )
    frame: dict[str, Any] = chart.to_dict()
    return frame


def _layers() -> Iterable[alt.Chart]:
    # Altair's types spell out every alternative; these are plain channels and properties.
    ends: dict[str, Any] = {name: _pixels(name) for name in ("x", "y", "x2", "y2")}
    place: dict[str, Any] = {name: _pixels(name) for name in ("x", "y")}
    fill: dict[str, Any] = {
        "fill": alt.Fill("colour:N", scale=None),
        "fillOpacity": alt.FillOpacity("opacity:Q", scale=None),
    }
    stroke: dict[str, Any] = {
        "stroke": alt.Stroke("colour:N", scale=None),
        "strokeWidth": alt.StrokeWidth("width:Q", scale=None),
        "strokeOpacity": alt.StrokeOpacity("opacity:Q", scale=None),
    }
    edge: dict[str, Any] = {"stroke": "currentColor", "strokeOpacity": 0.45}
    # An area's outline is the shape of a single point.
    shape = alt.Shape("path:N", scale=None)
    yield (
        _layer("outlines")
        .mark_point(size=4, strokeWidth=1, **edge)
        .encode(**place, **fill, shape=shape)
    )
    yield _layer("filled").mark_rect().encode(**ends, **fill)
    yield _layer("empty").mark_rect(fill="none", strokeDash=[3, 3], **edge).encode(**ends)
    yield _layer("solid").mark_rule().encode(**ends, **stroke)
    yield _layer("dashed").mark_rule(strokeDash=[4, 3]).encode(**ends, **stroke)
    yield (
        _layer("dots")
        .mark_point(size=42, opacity=1, strokeOpacity=0)
        .encode(**place, fill=fill["fill"])
    )
    text: dict[str, Any] = {
        "text": alt.Text("text:N"),
        "size": alt.Size("size:Q", scale=None),
        "opacity": alt.Opacity("opacity:Q", scale=None),
    }
    for align, weight in product(("left", "center", "right"), ("normal", "bold")):
        look: dict[str, Any] = {"align": align, "fontWeight": weight, "fill": "currentColor"}
        layer = _layer(f"{align}-{weight}").mark_text(baseline="middle", **look)
        yield layer.encode(**place, **text)


def _layer(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=name))


def _pixels(name: str) -> Any:
    """A position that is already in pixels."""
    if name in ("x", "y"):
        channel = alt.X if name == "x" else alt.Y
        return channel(f"{name}:Q", scale=None, axis=None)
    return (alt.X2 if name == "x2" else alt.Y2)(name)


def slimmed(svg: str) -> str:
    """Rendered shapes without what the page has no use for."""
    return LONG_NUMBER.sub(lambda match: f"{float(match[0]):.1f}", NEEDLESS.sub("", svg))
