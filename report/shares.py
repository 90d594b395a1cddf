"""Two processes that need the same pictures render half of them each, and exchange the halves."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from report.charts import render
from report.shapes import Drawing

# After so many seconds a process renders the other's half itself: the other may have ended.
PATIENCE: Final = 120.0
PAUSE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """Which part of how many is this process's, and the folder where parts are exchanged."""

    part: int
    parts: int
    folder: Path

    def file(self, part: int) -> Path:
        """Where a part is laid down when it is whole."""
        return self.folder / f"{part}.json"


def render_in_shares(drawings: Sequence[Drawing], share: Share | None) -> None:
    """Render drawings that every process has in the same order; alone where there is no share."""
    if share is not None:
        render(drawings[share.part :: share.parts])
        _lay_down(drawings, share)
        for part in range(share.parts):
            if part != share.part:
                _take_up(drawings[part :: share.parts], share.file(part))
    render(drawings)


def _lay_down(drawings: Sequence[Drawing], share: Share) -> None:
    pictures = [drawing.svg for drawing in drawings[share.part :: share.parts]]
    aside = share.folder / f"{share.part}.new"
    aside.write_text(json.dumps(pictures), encoding="utf-8")
    aside.replace(share.file(share.part))


def _take_up(drawings: Sequence[Drawing], file: Path) -> None:
    """Wait for a part and use its pictures; nothing where it does not come or does not fit."""
    end = time.monotonic() + PATIENCE
    while not file.exists():
        if time.monotonic() > end:
            return
        time.sleep(PAUSE)
    pictures = json.loads(file.read_text(encoding="utf-8"))
    if len(pictures) == len(drawings):
        for drawing, picture in zip(drawings, pictures, strict=True):
            drawing.settle(picture)
