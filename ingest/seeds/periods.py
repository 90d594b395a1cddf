"""Reference periods as seeds write them: whether they exist, and which years they cover."""

import re
from datetime import date
from typing import Final

SHAPE: Final = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-(?P<term>spring|autumn)|/(?P<end>\d{4}))?",
    re.ASCII,
)


def years(period: str) -> tuple[int, int] | None:
    """First and last year of a period; None where it is none or no calendar knows it.

    A span runs forward, months are 01 to 12, days exist: `2022`, `2022-09`, `2023-04-30`,
    `2022-autumn`, `2020/2022`.
    """
    match = SHAPE.fullmatch(period)
    if match is None:
        return None
    year = int(match["year"])
    try:
        date(year, int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return None
    end = int(match["end"] or year)
    return (year, end) if end > year or not match["end"] else None
