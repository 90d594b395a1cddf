"""Altair's description of a chart that holds every kind of shape, kept as `frame.json`.

    python -m report.frame                       # writes it anew, after a change here or of Altair

Altair takes half a second to import; the report needs only what it says.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from report.shapes import WIDTH

FILE: Final = Path(__file__).with_suffix(".json")


def described() -> dict[str, Any]:
    """The Vega-Lite description: a layer per kind of shape, each over data of its own name."""
    import altair as alt

    chart = (
        alt.layer(*_layers())
        .properties(width=WIDTH, height=WIDTH, padding=0, background="transparent")
        .properties(autosize=alt.AutoSizeParams(type="none"))
        .configure(aria=False, view=alt.ViewConfig(stroke="transparent"))
    )
    frame: dict[str, Any] = chart.to_dict()
    return frame


def text_of(frame: dict[str, Any]) -> str:
    """The description as its file holds it."""
    return json.dumps(frame, indent=1, sort_keys=True) + "\n"


def _layers() -> Iterable[Any]:
    import altair as alt

    def layer(name: str) -> Any:
        return alt.Chart(alt.NamedData(name=name))

    # Positions are already in pixels.
    place: dict[str, Any] = {
        "x": alt.X("x:Q", scale=None, axis=None),
        "y": alt.Y("y:Q", scale=None, axis=None),
    }
    ends: dict[str, Any] = {**place, "x2": alt.X2("x2"), "y2": alt.Y2("y2")}
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
    area = layer("outlines").mark_point(size=4, strokeWidth=1, **edge)
    yield area.encode(**place, **fill, shape=shape)
    yield layer("filled").mark_rect().encode(**ends, **fill)
    yield layer("empty").mark_rect(fill="none", strokeDash=[3, 3], **edge).encode(**ends)
    yield layer("solid").mark_rule().encode(**ends, **stroke)
    yield layer("dashed").mark_rule(strokeDash=[4, 3]).encode(**ends, **stroke)
    dots = layer("dots").mark_point(size=42, opacity=1, strokeOpacity=0)
    yield dots.encode(**place, fill=fill["fill"])


if __name__ == "__main__":
    FILE.write_text(text_of(described()), encoding="utf-8", newline="\n")
