"""Counts rows per mart and per part, as the reviewed seed `expected_row_counts` cuts them.

A part is `all`, or a column and its value: `document_id=zhuzhou-2023-27`.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from expectations.marts import Mart

if TYPE_CHECKING:
    import duckdb

SEED = "staging.stg_expected_row_counts"


def counting_sql(marts: Iterable[Mart], cuts: Iterable[tuple[str, str]]) -> str:
    """SQL that gives (mart, part, row_count) for every mart and every cut of one."""
    return "\nunion all\n".join(_counts(tuple(marts), tuple(cuts)))


def cuts(connection: "duckdb.DuckDBPyConnection") -> tuple[tuple[str, str], ...]:
    """The cuts (mart, column) that the seed uses; none where the file lacks the seed."""
    import duckdb

    query = f"select distinct mart, split_part(part, '=', 1) from {SEED}"  # noqa: S608
    try:
        found = connection.execute(f"{query} where part <> 'all' order by all").fetchall()
    except duckdb.CatalogException:
        return ()
    return tuple((str(mart), str(column)) for mart, column in found)


def _counts(marts: tuple[Mart, ...], cuts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    columns = {mart.name: mart.columns for mart in marts}
    for mart in marts:
        yield f"select '{mart.name}' as mart, 'all' as part, count(*) as row_count " + (
            f'from main."{mart.name}"'
        )
    for name, column in cuts:
        if column in columns.get(name, ()):
            yield (
                f"select '{name}', '{column}=' || coalesce(cast(\"{column}\" as varchar), ''), "  # noqa: S608
                f'count(*) from main."{name}" group by "{column}"'
            )
