"""Contact data of private persons in the texts of the marts, looked for in a pandas frame.

One frame holds every distinct text of every text column, so that one expectation with several
patterns judges them all. What is found is masked before it is shown.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from expectations.marts import Mart
from expectations.rules import ROOM

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

MASK: Final = "＊"


def patterns() -> tuple[str, ...]:
    """The patterns of `contact_patterns.csv`, each found anywhere in a text."""
    with (ROOM / "contact_patterns.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(row["pattern"] for row in csv.DictReader(lines))


def frame_of_texts(
    connection: "duckdb.DuckDBPyConnection", marts: Iterable[Mart]
) -> "pd.DataFrame":
    """One row per distinct text: mart, row_key (of one row that shows it), column, text."""
    return connection.execute("\nunion all\n".join(_selects(marts))).df()


def _selects(marts: Iterable[Mart]) -> Iterator[str]:
    yield "select null::varchar as mart, null::varchar as row_key, null::varchar as found, " + (
        "null::varchar as text where false"
    )
    for mart in marts:
        for column in mart.texts:
            yield (
                f"select '{mart.name}', min({mart.row_key}), '{column}', \"{column}\" "  # noqa: S608
                f'from main."{mart.name}" where "{column}" is not null group by "{column}"'
            )


def masked(text: str) -> str:
    """`text` with everything that a pattern finds replaced by ＊, character for character."""
    for pattern in patterns():
        text = re.sub(pattern, lambda found: MASK * len(found[0]), text)
    return text
