"""Values of the warehouse, printed or derived, as the pages use them."""

from dataclasses import dataclass
from decimal import Decimal

from report.keys import Key
from report.numbers import Quantity
from report.warehouse import Row


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of the warehouse, printed or derived, with where it comes from."""

    key: Key
    quantity: Quantity
    origin: str
    document_id: str | None
    year: int
    is_newest_of_year: bool
    derived: Quantity


def place(row: Row) -> tuple[str, str, str, str]:
    """What a derived value or a finding speaks of: indicator, region, sector and period."""
    return row["indicator"], row["region_code"], row["sector"], row["period"]


def quantity_of(row: Row, column: str, unit_code: str) -> Quantity:
    """The quantity in a row's column with its `_low` and `_high`; exact where it has neither."""
    value = _decimal(row.get(column))
    if f"{column}_low" not in row:
        return Quantity(value, value, value, unit_code)
    low, high = _decimal(row.get(f"{column}_low")), _decimal(row.get(f"{column}_high"))
    return Quantity(value, low, high, unit_code)


def _decimal(number: int | float | Decimal | None) -> Decimal | None:
    return number if number is None or isinstance(number, Decimal) else Decimal(str(number))


def observation_of(row: Row) -> Observation:
    """A row of reconciled_observations."""
    unit = row["unit_code"]
    return Observation(
        Key(*(row[name] for name in Key._fields)),
        quantity_of(row, "value", unit),
        row["origin"],
        row["document_id"],
        row["year"],
        row["is_newest_of_year"],
        quantity_of(row, "derived", unit),
    )
