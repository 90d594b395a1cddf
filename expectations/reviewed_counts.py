"""Draws up the seed `expected_row_counts` from a built file, for a person to review.

A mart as a whole may shrink by a tenth and grow by a quarter; what one document states is exact.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from expectations.marts import read_marts
from expectations.row_counts import counting_sql
from expectations.rules import exemptions

CUT_BY: Final = {
    "figures": "document_id",
    "plan_measures": "document_id",
    "policy_targets": "document_id",
    "regions": "region_level",
    "fee_waivers": "period",
    "kindergarten_places": "region_code",
}


def proposal(path: Path) -> Iterator[str]:
    """The lines of the seed for the file at `path`, header first."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        marts = read_marts(connection)
        counts = connection.execute(
            f"select * from ({counting_sql(marts, CUT_BY.items())}) order by mart, part"  # noqa: S608
        ).fetchall()
    free = exemptions()
    yield "mart,part,least_rows,most_rows"
    for mart, part, rows in counts:
        if free.free("marts_stay_within_reviewed_rows", mart, ""):
            continue
        whole = part == "all"
        least, most = (max(1, rows * 9 // 10), -(-rows * 5 // 4)) if whole else (rows, rows)
        yield f"{mart},{part},{least},{most}"
