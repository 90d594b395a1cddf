"""Charts: their shapes in pixels, their maps, and what is left of them in the page."""

import json
import re
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from project.errors import InputFault
from report import frame
from report.boundaries import boundary_map, read_boundaries
from report.charts import picture, render
from report.exhibits import FORMS
from report.knowledge import Knowledge
from report.maps import tile_map
from report.numbers import Quantity
from report.options import BoundaryFile
from report.panels import Category, Cell, Panel, Panels, Series
from report.shapes import WIDTH, Box, Drawing, Label, spread, text_width, ticks, wrapped
from report.site import pages
from report.topics import ChartPlan, topics
from report.warehouse import Warehouse, read
from report.words import Words

SQUARE = [[113.0, 27.0], [114.0, 27.0], [114.0, 28.0], [113.0, 28.0], [113.0, 27.0]]


def number(value: str) -> Cell:
    exact = Decimal(value)
    return Cell(Quantity(exact, exact, exact, "人"), None, "2023")


def panel(form: str, values: dict[str, str | None], category: str = "district") -> Panel:
    plan = ChartPlan("a", "a_mart", form, ("value",), category)
    cells = tuple(None if value is None else number(value) for value in values.values())
    categories = tuple(Category(Words(name, name), name) for name in values)
    return Panel(plan, "430200", categories, (Series(Words("数", "number"), "value", cells),))


@pytest.fixture(scope="module")
def panels(warehouse: Path) -> Panels:
    return Panels(Knowledge(read(warehouse)))


def test_every_chart_of_every_region_stays_within_its_canvas(panels: Panels) -> None:
    drawn = 0
    for plan in (plan for topic in topics() for plan in topic.charts if plan.columns):
        for found in panels.of_plan(plan).values():
            maps = plan.form == "tiles"
            drawing = tile_map(found, panels.knowledge) if maps else FORMS[plan.form](found)
            assert drawing is not None
            for box in drawing.boxes:
                assert box.x >= -1 and box.x + box.width <= WIDTH + 1, plan.id
                assert box.y >= -1 and box.y + box.height <= drawing.height + 1, plan.id
            for label in drawing.labels:
                wide = max(
                    text_width(words, label.size) for words in (label.words.zh, label.words.en)
                )
                left = label.x - {"left": 0.0, "center": wide / 2, "right": wide}[label.align]
                assert left >= -24 and left + wide <= WIDTH * 1.04, (plan.id, label.words)
                assert 0 <= label.y <= drawing.height, plan.id
            drawn += 1
    assert drawn > 20


def test_tiles_of_a_city_never_cover_each_other(panels: Panels) -> None:
    for codes in panels.knowledge.districts.values():
        places = [panels.knowledge.tiles[code] for code in codes if code in panels.knowledge.tiles]
        assert len(set(places)) == len(places)
    assert len(panels.knowledge.tiles) >= 23


def test_every_district_of_the_three_cities_has_a_tile(panels: Panels) -> None:
    for city in ("430100", "430200", "430300"):
        counties = [
            code
            for code in panels.knowledge.districts[city]
            if panels.knowledge.regions[code]["region_level"] == "county"
        ]
        assert counties
        assert all(code in panels.knowledge.tiles for code in counties)


def test_a_district_without_a_number_is_shown_as_missing() -> None:
    drawing = FORMS["bars"](panel("bars", {"甲区": "5", "乙区": None}))
    assert Words("—", "—") in [label.words for label in drawing.labels]
    assert len(drawing.boxes) == 1


def test_a_picture_is_described_and_follows_the_colour_of_the_text() -> None:
    drawing = Drawing(40)
    drawing.boxes.append(Box(0, 0, 10, 10))
    drawing.labels.append(Label(Words("<甲>", "<a & b>"), 5, 5))
    html = picture(drawing, 'a "title"', "en")
    assert html.startswith('<svg role="img" aria-label="a &#34;title&#34;"')
    assert "&lt;a &amp; b&gt;" in html
    assert "甲" not in html
    assert "currentColor" in html
    assert not re.search(r"style=|<script|href|font-family|url\(", html)


def test_many_drawings_rendered_together_come_out_as_each_alone() -> None:
    def some(offset: float) -> Drawing:
        drawing = FORMS["bars"](panel("bars", {"甲区": str(5 + offset), "乙区": "7"}))
        drawing.boxes.append(Box(1, 1, 5, 5, opacity=0.0))
        return drawing

    together = [some(n) for n in range(7)]
    render(together)
    for n, drawing in enumerate(together):
        alone = some(n)
        render([alone])
        assert alone.svg == drawing.svg


@given(st.lists(st.floats(0, 200), min_size=1, max_size=6))
def test_labels_moved_apart_keep_their_order_and_their_distance(places: list[float]) -> None:
    moved = spread(places, 30, 0, 400)
    assert all(abs(a - b) >= 29.999 for a, b in combinations(moved, 2))
    order = sorted(range(len(places)), key=lambda n: (places[n], n))
    assert all(moved[a] < moved[b] for a, b in pairwise(order))


@given(st.floats(-1e8, 1e8), st.floats(0.01, 1e8))
def test_grid_lines_are_few_and_cover_every_value(low: float, span: float) -> None:
    marks = ticks(low, low + span)
    assert marks[0] <= low + abs(low) * 1e-6 + 1e-6
    assert marks[-1] >= low + span - abs(low + span) * 1e-6 - 1e-6
    assert 2 <= len(marks) <= 8


def test_a_long_name_breaks_between_words() -> None:
    lines = wrapped(Words("很短", "a name of several words"), 80)
    assert len(lines) > 1
    assert " ".join(line.en for line in lines) == "a name of several words"
    assert "".join(line.zh for line in lines) == "很短"


def geojson(codes: list[str], **members: Any) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"region_code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x + n, y] for x, y in SQUARE]],
            },
        }
        for n, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def test_real_boundaries_are_drawn_with_their_approval_number(tmp_path: Path) -> None:
    file = tmp_path / "districts.geojson"
    file.write_text(geojson(["甲", "乙"], approval_number="GS(2024)0000号"), encoding="utf-8")
    boundaries = read_boundaries(BoundaryFile(file))
    assert boundaries.approval == "GS(2024)0000号"
    drawing = boundary_map(panel("tiles", {"甲": "5", "乙": None}), boundaries)
    assert drawing is not None
    html = picture(drawing, "map", "zh")
    assert html.count("<path") == 2
    assert re.search(r'd="M0,24[0-9](\.[0-9])?L', html)
    assert boundary_map(panel("tiles", {"甲": "5", "丙": "6"}), boundaries) is None


def test_the_page_prints_the_approval_number_under_the_map(panels: Panels, tmp_path: Path) -> None:
    file = tmp_path / "districts.geojson"
    counties = [code for code in panels.knowledge.districts["430200"] if code.isdigit()]
    file.write_text(geojson(counties), encoding="utf-8")
    wanted = BoundaryFile(file, "GS<2024>1号")
    found = pages(panels.knowledge.warehouse, wanted, ("zh",))
    page = next(html for path, html in found if path == "zh/after_school.html")
    assert "审图号：GS&lt;2024&gt;1号" in page
    assert "方格" not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (geojson(["甲"]), "no approval number"),
        ("{}", "no readable GeoJSON"),
        ("[1, 2", "no readable GeoJSON"),
        (geojson(["甲"]).replace("113.0", '"x"'), "no readable GeoJSON"),
    ],
)
def test_boundaries_that_may_not_be_shown_are_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "districts.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputFault, match=said):
        read_boundaries(BoundaryFile(file))


def test_a_panel_of_a_warehouse_without_tables_is_none() -> None:
    nothing = Panels(Knowledge(Warehouse({})))
    assert all(not nothing.of_plan(plan) for topic in topics() for plan in topic.charts)


def test_the_description_that_is_kept_is_the_one_that_altair_makes() -> None:
    kept = frame.FILE.read_text(encoding="utf-8")
    assert kept == frame.text_of(frame.described()), "run: python -m report.frame"


def test_a_drawing_of_words_alone_needs_no_renderer() -> None:
    drawing = Drawing(40)
    drawing.labels.append(Label(Words("甲", "a"), 5, 5, "center", 12, bold=True))
    html = picture(drawing, "words", "zh")
    assert '<text x="5.0" y="8.6" font-size="12" fill="currentColor" text-anchor="middle"' in html
