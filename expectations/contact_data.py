"""Contact data of private persons in the texts of the marts, looked for in a pandas frame.

One frame holds the distinct texts of every text column in which something may be found, so that one
expectation with several patterns judges them all. A mart of a nation has tens of millions of texts
and next to none such. What is found is masked before it is shown.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from expectations.marts import Mart
from expectations.rules import ROOM

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

MASK: Final = "＊"
_LOOKING_ROUND: Final = re.compile(r"\(\?<?[!=][^()]*\)")


def patterns() -> tuple[str, ...]:
    """The patterns of `contact_patterns.csv`, each found anywhere in a text."""
    with (ROOM / "contact_patterns.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(row["pattern"] for row in csv.DictReader(lines))


def frame_of_texts(
    connection: "duckdb.DuckDBPyConnection",
    marts: Iterable[Mart],
    changed: Collection[str] | None = None,
) -> "pd.DataFrame":
    """One row per text that may hold contact data: mart, row_key (of one row), column, text.

    changed: the only regions to look at, in marts that have regions; None for all.
    """
    selects = "\nunion all\n".join(_selects(marts, changed))
    return connection.execute(selects, {"wide": _wide_pattern()}).df()


def _wide_pattern() -> str:
    """Finds whatever any of the patterns finds, in the database too, which knows no looking round.

    What a pattern wants before and after it is left out, so that this one finds no less.
    """
    return "|".join(_LOOKING_ROUND.sub("", pattern) for pattern in patterns())


def _selects(marts: Iterable[Mart], changed: Collection[str] | None) -> Iterator[str]:
    # Asks for the pattern whatever marts there are.
    yield "select '' as mart, '' as row_key, $wide as found, '' as text where false"
    # A list that stands in the query lets the engine pass over what holds none of the regions.
    codes = ", ".join("'" + code.replace("'", "''") + "'" for code in sorted(changed or ("",)))
    for mart in marts:
        by_region = changed is not None and "region_code" in mart.columns
        among = f"and region_code in ({codes}) " if by_region else ""
        for column in mart.texts:
            yield (
                f"select '{mart.name}', min({mart.row_key}), '{column}', \"{column}\" "  # noqa: S608
                f'from main."{mart.name}" where regexp_matches("{column}", $wide) {among}'
                f'group by "{column}"'
            )


def masked(text: str) -> str:
    """`text` with everything that a pattern finds replaced by ＊, character for character."""
    for pattern in patterns():
        text = re.sub(pattern, lambda found: MASK * len(found[0]), text)
    return text
