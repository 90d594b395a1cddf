"""What a chart and the table under it show: categories x series of a mart, for one region."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain

from report.addresses import explained_row
from report.keys import Key
from report.knowledge import DISTRICT_LEVELS, Knowledge
from report.numbers import Quantity
from report.observations import Observation, quantity_of
from report.periods import period_words
from report.topics import ChartPlan
from report.warehouse import Row
from report.words import Words, has_text, name_of_code, text

PERIOD_COLUMNS = ("period", "year", "valid_from")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a panel, with its observation or the page that explains it."""

    quantity: Quantity
    source: Key | str | None
    period: str


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars: a cell per category, None where nothing is known."""

    name: Words
    code: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """What a bar stands for, or a place on the time axis."""

    name: Words
    code: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart for one region."""

    plan: ChartPlan
    region_code: str
    categories: tuple[Category, ...]
    series: tuple[Series, ...]

    @property
    def cells(self) -> list[Cell]:
        """Every known number."""
        return [cell for series in self.series for cell in series.cells if cell is not None]

    @property
    def periods(self) -> list[str]:
        """The periods of its numbers, in order."""
        return sorted({cell.period for cell in self.cells})

    @property
    def unit_codes(self) -> list[str]:
        """The units of its numbers."""
        return list(dict.fromkeys(cell.quantity.unit_code for cell in self.cells))


@dataclass(frozen=True)
class Panels:
    """Makes panels of the marts."""

    knowledge: Knowledge

    def of_plan(self, plan: ChartPlan) -> Mapping[str, Panel]:
        """The chart's panels by region, the nation first; put together once."""
        if plan.id not in self._made:
            column = "parent_region_code" if plan.category == "district" else "region_code"
            rows_by_region: dict[str, list[Row]] = {}
            for row in self.knowledge.warehouse.rows(plan.mart):
                if self._belongs(plan, row):
                    rows_by_region.setdefault(str(row.get(column) or ""), []).append(row)
            over_time = plan.form in ("lines", "columns", "steps")
            make = self._over_time if over_time else self._side_by_side
            made = {code: make(plan, code, rows) for code, rows in sorted(rows_by_region.items())}
            self._made[plan.id] = {code: panel for code, panel in made.items() if panel}
        return self._made[plan.id]

    def _belongs(self, plan: ChartPlan, row: Row) -> bool:
        """Whether a chart shows a row; one of districts shows none of cities and provinces."""
        if plan.category == "district":
            level = self.knowledge.regions.get(row["region_code"], {}).get("region_level")
            if level not in DISTRICT_LEVELS:
                return False
        return all(row.get(name) == value for name, value in plan.where.items())

    @cached_property
    def _made(self) -> dict[str, dict[str, Panel]]:
        return {}

    def _over_time(self, plan: ChartPlan, region_code: str, rows: list[Row]) -> Panel | None:
        periods = sorted({period_of(row) for row in rows})
        if plan.category in ("sector", "scenario"):
            lines = [
                (plan.columns[0], code, name, [row for row in rows if row[plan.category] == code])
                for code, name in self._kinds(plan, rows)
            ]
        else:
            lines = [
                (column, column, self.column_name(plan, column), rows) for column in plan.columns
            ]
        series = []
        for column, code, name, own in lines:
            by_period = {period_of(row): self.cell(plan.mart, column, row) for row in own}
            cells = tuple(by_period.get(period) for period in periods)
            if any(cells):
                series.append(Series(name, code, cells))
        used = [n for n in range(len(periods)) if any(line.cells[n] for line in series)]
        if len(used) < plan.least_periods or not series:
            return None
        return Panel(
            plan,
            region_code,
            tuple(Category(period_words(periods[n]), periods[n]) for n in used),
            tuple(Series(s.name, s.code, tuple(s.cells[n] for n in used)) for s in series),
        )

    def _side_by_side(self, plan: ChartPlan, region_code: str, rows: list[Row]) -> Panel | None:
        needed = [plan.needs] if plan.needs else list(plan.columns)
        telling = [row for row in rows if any(self.cell(plan.mart, name, row) for name in needed)]
        if not telling:
            return None
        newest = max(period_of(row) for row in telling)
        pairs = self._pairs(plan, [row for row in telling if period_of(row) == newest])
        if not any(cell for _, cell in pairs):
            return None
        name = self.column_name(plan, plan.columns[0])
        cells = tuple(cell for _, cell in pairs)
        return Panel(
            plan, region_code, tuple(c for c, _ in pairs), (Series(name, plan.columns[0], cells),)
        )

    def _pairs(self, plan: ChartPlan, rows: list[Row]) -> list[tuple[Category, Cell | None]]:
        """Each category with its number."""
        if plan.category == "column":
            pairs = [
                (Category(self.column_name(plan, name), name), self.cell(plan.mart, name, rows[0]))
                for name in plan.columns
            ]
            return [pair for pair in pairs if pair[1] is not None]
        column = plan.columns[0]
        by_code = {
            self._category_code(plan, row): self.cell(plan.mart, column, row) for row in rows
        }
        if plan.category == "sector":
            return [
                (Category(name, code), by_code[code])
                for code, name in self._sectors()
                if by_code.get(code)
            ]
        if plan.category == "district":
            # A district without a number is shown as missing, not left out.
            parent = str(rows[0]["parent_region_code"])
            counties = [
                code
                for code in self.knowledge.districts.get(parent, [])
                if self.knowledge.regions[code]["region_level"] == "county"
            ]
            codes = sorted({*by_code, *counties})
            pairs = [(Category(self.knowledge.region_name(c), c), by_code.get(c)) for c in codes]
            return pairs if plan.form == "tiles" else sorted(pairs, key=_greatest_first)
        return [
            (Category(name_of_code("scope", code), code), cell)
            for code, cell in sorted(by_code.items())
        ]

    def _category_code(self, plan: ChartPlan, row: Row) -> str:
        columns = {"sector": "sector", "district": "region_code", "scope": "region_scope"}
        return str(row[columns[plan.category]])

    def _kinds(self, plan: ChartPlan, rows: list[Row]) -> list[tuple[str, Words]]:
        """The lines of a chart that has one per class of ownership or per scenario."""
        if plan.category == "sector":
            return self._sectors()
        codes = dict.fromkeys(str(row["scenario"]) for row in rows)
        return [(code, name_of_code("scenario", code)) for code in sorted(codes, reverse=True)]

    def _sectors(self) -> list[tuple[str, Words]]:
        return [(code, self.knowledge.sector_name(code)) for code in self.knowledge.sectors]

    def column_name(self, plan: ChartPlan, column: str) -> Words:
        """The short name of a column where the report has one, else its description."""
        if has_text(f"series.{column}"):
            return text(f"series.{column}")
        return self.knowledge.warehouse.table(plan.mart).columns.get(column, Words(column, column))

    def cell(self, mart: str, column: str, row: Row) -> Cell | None:
        """A number of a mart's row, with the observation behind it; None where it is empty."""
        meaning = self.knowledge.column_meanings.get((mart, column))
        indicator = str(meaning["indicator"]) if meaning and meaning["indicator"] else ""
        known = self.knowledge.indicators.get(indicator, {})
        unit = known.get("unit_code") or unit_of(column)
        quantity = quantity_of(row, column, unit)
        if quantity.is_missing:
            return None
        if meaning is None or not indicator:
            return Cell(quantity, self._explained_row(mart, row), period_of(row))
        found = self._observation(meaning, row, quantity)
        if found is None:
            return Cell(quantity, None, period_of(row))
        source, observation = found
        # A mart rounds its bounds outwards, and some of its columns have none at all.
        quantity = Quantity(quantity.value, source.low, source.high, unit)
        return Cell(quantity, observation.key, observation.key.period)

    def _explained_row(self, mart: str, row: Row) -> str | None:
        """The page that explains a row whose numbers are projections of several others."""
        key = self.knowledge.row_key(mart, row)
        return explained_row(mart, row["region_code"], key) if key else None

    def _observation(
        self, meaning: Row, row: Row, shown: Quantity
    ) -> tuple[Quantity, Observation] | None:
        """The observation that a mart's cell shows: of the row's period or newest of its year."""
        scope = row.get("region_scope") or "self"
        period, year = period_of(row), row.get("year")
        sector = meaning["sector"] or row.get("sector")
        # A mart that neither names nor shows a class of ownership has one value for all.
        sectors = [sector] if sector else list(self.knowledge.sectors)
        place = (meaning["indicator"], row["region_code"], scope)
        found = (self.knowledge.by_value.get((*place, one), ()) for one in sectors)
        for observation in chain.from_iterable(found):
            is_derived = str(meaning["measure"] or "").startswith("derived")
            source = observation.derived if is_derived else observation.quantity
            is_of_period = observation.key.period == period or (
                observation.is_newest_of_year and str(observation.year) in (period, str(year))
            )
            # A cap holds from its period's first day, so only its value tells which it is.
            is_span = "valid_from" in row and period.startswith(str(observation.key.period)[:4])
            if (is_of_period or is_span) and _same(shown, source):
                return source, observation
        return None


def _greatest_first(pair: tuple[Category, Cell | None]) -> Decimal:
    middle = pair[1].quantity.middle if pair[1] else None
    return Decimal("Infinity") if middle is None else -middle


def period_of(row: Row) -> str:
    """The period of a mart's row, whichever column holds it."""
    for column in PERIOD_COLUMNS:
        if row.get(column) is not None:
            return str(row[column])
    return ""


def unit_of(column: str) -> str:
    """The unit that a column's name ends in; one that ends in none counts persons or places."""
    endings = {"_pct": "%", "_points": "百分点", "_yuan": "元"}
    return next((unit for ending, unit in endings.items() if column.endswith(ending)), "人")


def _same(shown: Quantity, source: Quantity) -> bool:
    """Whether a mart's rounded number is this observation's."""
    first, second = shown.middle, source.middle
    if first is None or second is None:
        return first is second
    return abs(first - second) <= Decimal(1).scaleb(int(first.as_tuple().exponent))
