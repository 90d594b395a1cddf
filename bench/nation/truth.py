"""The nation's true values.

What formulas know stands in one row per region and year, one column per indicator and sector. What
fills the nation up stands in one row per value, made year by year: however many copies there are,
they are a few statements of the same length.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bench.nation.catalogue import COUNT, SHARE, Indicator

if TYPE_CHECKING:
    import duckdb

FIRST_YEAR: Final = 2004
YEARS: Final = 20
# From the parts upwards.
LEVELS: Final = ("city", "province", "nation")

# Two rounds of a multiplicative hash: the same numbers on every machine and version.
MACROS: Final = """
create or replace macro mixed(x) as (((x % 2147483648) * 2654435761) % 4294967296);
create or replace macro u(x) as
    ((xor(mixed(x), mixed(x) // 65536) % 2147483648) * 2246822519) % 4294967296 / 4294967296.0;
create or replace macro three(x) as
    case when x < 1000 then lpad(cast(x as varchar), 3, '0') else cast(x as varchar) end;
"""

# Regions in force at the end of each year, with their parts; a zone inside counties is no part.
PLACES: Final = f"""
create or replace table places as
with years as (select unnest(range({FIRST_YEAR}, {FIRST_YEAR + YEARS})) as year),
in_force as (
    select region_code, name_zh, region_level, parent_region_code, year, valid_to,
        row_number() over (order by region_code, valid_from) as place_number
    from read_csv($regions, all_varchar = true) cross join years
    where region_level <> 'functional_zone'
        and valid_from <= year || '-12-31' and coalesce(valid_to, '9999-12-31') >= year || '-12-31'
),
numbered as (
    select in_force.*, dense_rank() over (order by region_code) as region_number from in_force
),
-- A part of the nation is whole cities: all of their counties or none.
cities as (
    select distinct region_code from numbered
    where region_level = 'city' and u(region_number * 31 + $seed) < $share
),
chosen as (
    select * from numbered
    where $share >= 1
        or region_code in (from cities)
        or (region_level = 'county' and parent_region_code in (from cities))
),
above as (
    select * from numbered
    where $share < 1 and (
        region_level = 'nation'
        or region_code in (
            select left(region_code, 2) || '0000' from chosen
        )
    )
),
kept as (from chosen union all from above)
select kept.*, region_code not in (
        select parts.parent_region_code from kept as parts
        where parts.year = kept.year and parts.parent_region_code is not null
    ) as is_leaf
from kept
"""  # noqa: S608 - numbers of our own


def make_truth(
    connection: "duckdb.DuckDBPyConnection",
    indicators: Sequence[Indicator],
    regions: str,
    seed: int,
    scale: float,
) -> None:
    """Make the tables places and truth, of the indicators that are no filling."""
    connection.execute(MACROS)
    connection.execute(PLACES, {"regions": regions, "seed": seed, "share": scale})
    named = [each for each in indicators if not each.is_filler]
    leaves = [each for each in named if each.made == "leaf"]
    columns = ", ".join(_leaf(each, seed) for each in leaves)
    connection.execute(
        "create or replace table sums as select region_code, year, region_number, region_level,"  # noqa: S608
        " parent_region_code, name_zh, is_leaf,"
        f" floor(power(10, 3.4 + 1.1 * {_u('region_number', '7', seed)})"
        f" * (0.8 + 0.02 * (year - {FIRST_YEAR}))) as size, {columns}"
        " from places where is_leaf"
    )
    totals = ", ".join(f"sum(sums.{each.column}) as {each.column}" for each in leaves)
    for level in LEVELS:
        connection.execute(
            "insert into sums by name select places.region_code, places.year,"  # noqa: S608
            " any_value(places.region_number) as region_number,"
            " any_value(places.region_level) as region_level,"
            " any_value(places.parent_region_code) as parent_region_code,"
            " any_value(places.name_zh) as name_zh, false as is_leaf, sum(size) as size,"
            f" {totals}"
            " from places inner join sums on places.region_code = sums.parent_region_code"
            " and places.year = sums.year"
            f" where places.region_level = '{level}' and not places.is_leaf"
            " group by places.region_code, places.year"
        )
    rows = ", ".join(_row(each, seed) for each in named if each.made == "row")
    connection.execute(f"create or replace table rows_made as select *, {rows} from sums")  # noqa: S608
    spans = ", ".join(
        f"{each.expression.replace('before.', 'before_')} as {each.column}"
        for each in named
        if each.made == "span"
    )
    earlier = ", ".join(f"before.{each.column} as before_{each.column}"
                        for each in named if each.made != "span")  # fmt: skip
    connection.execute(
        f"create or replace table truth as select rows_made.*, {spans} from rows_made"  # noqa: S608
        f" left join (select before.region_code, before.year + 1 as year, {earlier}"
        " from rows_made as before) as befores using (region_code, year)"
    )
    connection.execute("drop table rows_made; drop table sums")


# Shares are drawn for all regions, counts for those without parts; then they are added up.
_DRAWN: Final = """
create or replace temp table filling as
with drawn as (
    select truth.region_code, truth.parent_region_code, made.number, made.made,
        cast(truth.size as double) as size, {u} as u
    from truth cross join made
    where truth.year = {year} and made.is_filler and (made.made = 'row' or truth.is_leaf)
)
select * exclude (size, u),
    case when made = 'row' then {share} else floor({count}) end as value
from drawn
"""
_ADDED_UP: Final = """
insert into filling by name
select truth.region_code, any_value(truth.parent_region_code) as parent_region_code,
    filling.number, any_value(filling.made) as made, sum(filling.value) as value
from truth inner join filling on truth.region_code = filling.parent_region_code
where truth.year = {year} and truth.region_level = '{level}' and not truth.is_leaf
    and filling.made = 'leaf'
group by truth.region_code, filling.number
"""


def make_filling(connection: "duckdb.DuckDBPyConnection", year: int, seed: int) -> None:
    """Make the table filling: the values of a year by region and number of the indicator."""
    drawn = _lasting_and_passing("made.number", seed)
    values = {"share": SHARE.replace("{u}", "u"), "count": COUNT.replace("{u}", "u")}
    connection.execute(_DRAWN.format(u=drawn, year=year, **values))
    for level in LEVELS:
        connection.execute(_ADDED_UP.format(year=year, level=level))


def _leaf(each: Indicator, seed: int) -> str:
    return f"cast(floor({_drawn(each, seed)}) as bigint) as {each.column}"


def _row(each: Indicator, seed: int) -> str:
    return f"{_drawn(each, seed)} as {each.column}"


def _drawn(each: Indicator, seed: int) -> str:
    return each.expression.replace("{u}", _lasting_and_passing(str(each.number), seed))


def _lasting_and_passing(number: str, seed: int) -> str:
    """A number between 0 and 1; a region keeps most of what it is like from year to year."""
    lasting = _u("region_number", number, seed)
    passing = _u("(region_number * 64 + year)", f"({number} + 5000)", seed)
    return f"(0.9 * {lasting} + 0.1 * {passing})"


def _u(number: str, salt: str, seed: int) -> str:
    return f"u({number} * 7919 + {salt} * 104729 + {seed * 1299709})"
