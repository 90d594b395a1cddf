"""How sure the machine is: the share of such proposals that are right in every column.

The shares by kind of evidence stand in evidence.csv, counted on reviewed documents.
"""

from functools import cache, lru_cache

from ingest.meaning.lexicon import read_table


@cache
def _shares() -> dict[tuple[str, str], float]:
    rows = read_table("evidence.csv")
    return {(row["part"], row["evidence"]): float(row["share"]) for row in rows}


@lru_cache(maxsize=1 << 12)
def of_figure(subject: str, region: str, period: str, printed: str, status: str) -> float:
    """Confidence of a figure from the evidence of its parts; lower wherever a part is unknown."""
    shares = _shares()
    parts = (
        ("subject", subject),
        ("region", region),
        ("period", period),
        ("number", printed),
        ("status", status),
    )
    product = 1.0
    for part in parts:
        product *= shares.get(part, 0.5)
    return round(product, 3)


@cache
def of_non_figure(reason: str) -> float:
    """Confidence that a number is no statistic for this reason."""
    return _shares().get(("reason", reason), 0.8)
