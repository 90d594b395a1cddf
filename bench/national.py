"""What intervals spare the national series: statements that a plain comparison would call wrong.

    python -m bench.national                       # warehouse/xuewei.duckdb
    python -m bench.national warehouse/dev.duckdb

A plain comparison works out each printed change, growth, share and change of share from the
printed levels, rounds the result as the statement is rounded, and expects the very same number.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import duckdb
import typer

from bench.mutated_figures import NUMBER
from project import paths

STATEMENTS: Final = """
select findings.formula_id, findings.finding_id, figures.printed, units.multiplier,
    findings.derived, findings.verdict
from observations.findings
inner join main.figures as figures using (figure_id)
inner join staging.stg_units as units on figures.unit_code = units.unit_code
where findings.region_code = '100000' and findings.finding_type = 'formula'
    and findings.comparison in ('time', 'share')
order by findings.finding_id
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed change, growth or share, with what the printed levels give for it."""

    formula_id: str
    finding_id: str
    printed: Decimal
    derived: Decimal
    verdict: str

    @property
    def is_plainly_equal(self) -> bool:
        """Whether the derived number, rounded like the printed one, is the printed one."""
        unit = Fraction(10) ** int(self.printed.as_tuple().exponent)
        return round(Fraction(self.derived) / unit) == Fraction(self.printed) / unit


def read_statements(built: Path) -> list[Statement]:
    """The statements of the national bulletins that a formula checks, in their printed units."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = connection.execute(STATEMENTS).fetchall()
    return [
        Statement(
            formula_id,
            finding_id,
            Decimal(NUMBER.findall("".join(printed.split()))[0]),
            derived / multiplier,
            verdict,
        )
        for formula_id, finding_id, printed, multiplier, derived, verdict in rows
    ]


def kind(statement: Statement) -> str:
    """Level or share, change or growth, as the name of the formula says."""
    for ending in ("share_change", "change", "growth", "share"):
        if statement.formula_id.endswith(ending):
            return ending.replace("_", " ")
    return "other"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both counts by kind; 1 where a statement does not agree by interval."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("built", nargs="?", type=Path, default=paths.published_file())
    statements = read_statements(parser.parse_args(arguments).built)
    agreeing = Counter(kind(each) for each in statements if each.verdict == "consistent")
    wrong = Counter(kind(each) for each in statements if not each.is_plainly_equal)
    for name, number in Counter(map(kind, statements)).most_common():
        typer.echo(
            f"{name}: {number} statements, {agreeing[name]} agree by interval,"
            f" {wrong[name]} wrong by plain comparison"
        )
    typer.echo(
        f"all: {len(statements)} statements, {agreeing.total()} agree by interval,"
        f" {wrong.total()} wrong by plain comparison"
    )
    return 0 if agreeing.total() == len(statements) else 1


if __name__ == "__main__":
    raise SystemExit(main())
