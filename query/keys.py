"""Finds the one row of a mart that a person means."""

from collections.abc import Mapping
from typing import Any, Final

from project.language import say
from query.connection import Warehouse
from query.dictionary import Mart
from query.faults import QueryFault, did_you_mean

# What a column of the key is where nothing is said, by the seeds' own rule.
UNSAID: Final = {"sector": "total", "region_scope": "self"}
# A person says period where the mart of a yearly series says year.
SPOKEN: Final = {"period": ("period", "year", "due_period")}
SHOWN: Final = 8

REGIONS: Final = """
    select region_code
    from observations.latest_regions
    where $name in (region_code, name_zh, name_en) or name_zh in ($name || '市', $name || '省')
    order by region_code
"""


def find_row(
    warehouse: Warehouse, mart: Mart, keys: Mapping[str, str], column: str | None = None
) -> dict[str, Any]:
    """The row whose columns have the values of `keys`, as text.

    A region may be named instead of coded. Where several rows fit, those of the total sector and
    of the region itself go first, then those in which `column` is filled. Raises QueryFault where
    none or several are left; the sentence shows what there is.
    """
    wanted = {}
    for spoken, value in keys.items():
        name = next((name for name in SPOKEN.get(spoken, ()) if name in mart.columns), spoken)
        wanted[name] = _code(warehouse, mart, name, value)
    rows = _rows(warehouse, mart, wanted)
    if not rows:
        raise QueryFault(_no_row(warehouse, mart, wanted))
    for name, value in UNSAID.items():
        if name in mart.key and name not in wanted:
            rows = [row for row in rows if row[name] == value] or rows
    if len(rows) > 1 and column is not None:
        rows = [row for row in rows if row[column] is not None] or rows
    if len(rows) > 1:
        raise QueryFault(_several_rows(mart, rows))
    return rows[0]


def _rows(warehouse: Warehouse, mart: Mart, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    conditions = "".join(f' and cast("{name}" as varchar) = ${name}' for name in wanted)
    order = ", ".join(f'"{name}"' for name in mart.key)
    return warehouse.records(
        f'select * from main."{mart.name}" where true{conditions} order by {order}',  # noqa: S608 - names come from the dictionary
        dict(wanted),
    )


def _code(warehouse: Warehouse, mart: Mart, name: str, value: str) -> str:
    """The value as the mart holds it: a region's code for its name. The column must be there."""
    mart.column(name)
    if name != "region_code":
        return value
    codes = [str(code) for (code,) in warehouse.rows(REGIONS, {"name": value})]
    if len(codes) == 1:
        return codes[0]
    if not codes:
        names = warehouse.rows(
            "select name_en, name_zh from observations.latest_regions"
            " order by jaro_winkler_similarity(name_en, $1) desc limit 20",
            [value],
        )
        hint = did_you_mean(value, [str(known) for pair in names for known in pair])
        raise QueryFault(say("query.no_region", region=value, hint=hint))
    raise QueryFault(
        say("query.several_regions", region=value, codes=say("query.comma").join(codes[:SHOWN]))
    )


def _no_row(warehouse: Warehouse, mart: Mart, wanted: Mapping[str, str]) -> str:
    """Which of the values is not there, and what there is in its place."""
    kept: dict[str, str] = {}
    for name, value in wanted.items():
        rows = _rows(warehouse, mart, {**kept, name: value})
        if not rows:
            there = _values(_rows(warehouse, mart, kept), name)
            return say("query.no_row", mart=mart.name, column=name, value=value, values=there)
        kept[name] = value
    return say("query.empty_mart", mart=mart.name)


def _several_rows(mart: Mart, rows: list[dict[str, Any]]) -> str:
    """Which column of the key tells the rows apart, and its values."""
    for name in mart.key:
        if len({str(row[name]) for row in rows}) > 1:
            return say(
                "query.several_rows",
                mart=mart.name,
                count=len(rows),
                column=name,
                values=_values(rows, name),
            )
    raise AssertionError(f"the key of {mart.name} is not unique")


def _values(rows: list[dict[str, Any]], name: str) -> str:
    values = sorted({str(row[name]) for row in rows})
    more = say("query.and_more", count=len(values) - SHOWN) if len(values) > SHOWN else ""
    return say("query.comma").join(values[:SHOWN]) + more
