"""Drawings as static SVG: Altair describes them, vl-convert renders them without a network.

Words are put in after rendering: one rendering serves both languages, no text of a document ever
passes through a drawing program, and none has to be measured, which takes a renderer most of its
time. Colours of text are `currentColor`.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import vl_convert
from markupsafe import Markup, escape

from report.frame import FILE
from report.shapes import Box, Dot, Drawing, Label, Outline, Rule
from report.words import Language

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
SHAPE: Final = re.compile(r"<(?:path|line)[^>]*/>")
MOST_AT_ONCE: Final = 800
ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}
# How far below the middle of a text its baseline lies, in parts of its size.
BASELINE: Final = 0.3


def picture(drawing: Drawing, description: str, language: Language) -> Markup:
    """A drawing as inline SVG with a description for those who don't see it."""
    render([drawing])
    size = (f"{drawing.width:g}", f"{drawing.height:g}")
    opening = Markup('<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">')
    words = "".join(_text(label, language) for label in drawing.labels)
    # The rendered picture holds numbers only, no word of any document.
    return opening.format(description, *size, *size) + Markup(  # noqa: S704
        f"{drawing.svg}{words}</svg>"
    )


def _text(label: Label, language: Language) -> str:
    """A label as SVG; its words are escaped, all else are numbers of ours."""
    anchor = ANCHORS[label.align]
    look = "" if anchor == "start" else f' text-anchor="{anchor}"'
    look += ' font-weight="bold"' if label.bold else ""
    look += "" if label.opacity == 1 else f' opacity="{label.opacity:g}"'
    place = f'x="{label.x:.1f}" y="{label.y + BASELINE * label.size:.1f}"'
    words = escape(label.words.of(language))
    return f'<text {place} font-size="{label.size:g}" fill="currentColor"{look}>{words}</text>'


def render(drawings: Sequence[Drawing]) -> None:
    """Render what is not rendered yet, many drawings in one picture: each call costs 30 ms."""
    waiting = [drawing for drawing in drawings if drawing.svg is None]
    for start in range(0, len(waiting), MOST_AT_ONCE):
        together = waiting[start : start + MOST_AT_ONCE]
        shapes = [shapes_by_layer(drawing) for drawing in together]
        parts = [""] * len(together)
        if any(shapes):
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
    return found


def _as_data(shape: Box | Rule | Dot | Outline) -> dict[str, Any]:
    """The fields of a shape; `dataclasses.asdict` would copy each value."""
    return {name: getattr(shape, name) for name in shape.__slots__}


@cache
def _frame() -> dict[str, Any]:
    """Altair's description of a chart with every layer (`report.frame`)."""
    frame: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return frame


def slimmed(svg: str) -> str:
    """Rendered shapes without what the page has no use for."""
    return LONG_NUMBER.sub(lambda match: f"{float(match[0]):.1f}", NEEDLESS.sub("", svg))
