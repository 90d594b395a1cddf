"""Two processes share the rendering of pictures, and neither depends on the other."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from report.charts import render
from report.shapes import Box, Drawing, Label
from report.shares import Share, render_in_shares
from report.words import Words


def drawings() -> list[Drawing]:
    made = []
    for number in range(5):
        drawing = Drawing(40)
        drawing.boxes.append(Box(number, 0, 10, 10))
        drawing.labels.append(Label(Words("甲", "a"), 5, 5))
        made.append(drawing)
    return made


def alone() -> list[str | None]:
    made = drawings()
    render(made)
    return [drawing.svg for drawing in made]


def test_halves_that_are_exchanged_make_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.shares.PATIENCE", 0.0)
    render_in_shares(drawings(), Share(0, 2, tmp_path))
    rendered: list[int] = []

    def counted(some: Sequence[Drawing]) -> None:
        rendered.append(sum(one.svg is None for one in some))
        render(some)

    monkeypatch.setattr("report.shares.render", counted)
    second = drawings()
    render_in_shares(second, Share(1, 2, tmp_path))
    assert rendered == [2, 0]
    assert [drawing.svg for drawing in second] == alone()


def test_a_half_that_never_comes_is_rendered_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.shares.PATIENCE", 0.0)
    made = drawings()
    render_in_shares(made, Share(1, 2, tmp_path))
    assert [drawing.svg for drawing in made] == alone()


def test_a_half_of_another_report_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.shares.PATIENCE", 0.0)
    (tmp_path / "0.json").write_text('["something else"]', encoding="utf-8")
    made = drawings()
    render_in_shares(made, Share(1, 2, tmp_path))
    assert [drawing.svg for drawing in made] == alone()
